using System.Linq;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>
/// <c>IParallelTrainer</c>: gradients by shards of a batch, their sum, and the update, so that several threads share a step. What is not the network's own
/// is in the runtime package's <c>Shards</c> and <c>UpdateShare</c>.
/// </summary>
internal static class ParallelWriter
{
    private const string Gn = EmitContext.Inner;

    public static string Interface(string element) => $"global::GeneratedNetworks.IParallelTrainer<{element}>";

    /// <summary>What trainers show to each other.</summary>
    public static string WorkerInterface(EmitContext context) => $"{CheckWriter.Runtime}IShardWorker<{context.Element}>";

    /// <summary>Which parameters a call updates.</summary>
    public static string Share(EmitContext context) => $"{CheckWriter.Runtime}UpdateShare<{context.Element}>";

    public static void Write(CSharpWriter writer, EmitContext context)
    {
        string parallel = Interface(context.Element), worker = WorkerInterface(context), shards = $"{CheckWriter.Runtime}Shards<{context.Element}>";
        string workers = $"global::System.ReadOnlySpan<{parallel}> workers";
        string length = CSharpLiteral.Of(context.Plan.Parameters.TrainedLength);
        string stretches = string.Concat(UpdateStretch.Of(context.Plan.Parameters, merge: true).Select(stretch => $", {CSharpLiteral.Of(stretch.Start)}, {CSharpLiteral.Of(stretch.Length)}"));
        writer.Line("// Steps that several threads share, each with a worker: the trainer, which is the root of its forks, or one of these.");
        writer.Line($"private {shards}? _shards;");
        writer.Line("private Trainer? _root;");
        writer.Line();
        writer.Line($"{shards} {worker}.Shards => _shards ??= new {shards}(this, {length}{stretches});");
        writer.Line($"global::System.Span<{context.Element}> {worker}.Gradients => {(context.IsSimd
            ? $"global::System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _memory.First, {Gn}.Gradients), {length})"
            : $"new global::System.Span<{context.Element}>(_memory, {Gn}.Gradients, {length})")};");
        writer.Line($"{parallel} {parallel}.Fork() => new Trainer(_network, _seed) {{ _root = _root ?? this }};");
        writer.Line();
        WriteBackward(writer, context, parallel, worker, shards);
        writer.Line();
        using (writer.Open($"{context.Element} {parallel}.Reduce({workers}, int part, int parts)"))
        {
            writer.Line($"double loss = (({worker})this).Shards.Reduce(workers, part, parts, sumsGradients: ClipNorm > 0); // only the norm needs all sums before the first update");
            writer.Line("if (part == 0)");
            writer.Line("    _step++;");
            writer.Line($"return ({context.Element})loss;");
        }

        writer.Line();
        writer.Line($"void {parallel}.UpdatePart({workers}, int part, int parts) => UpdateBlocks((({worker})this).Shards.Part(workers, part, parts, isSummed: ClipNorm > 0));");
    }

    private static void WriteBackward(CSharpWriter writer, EmitContext context, string parallel, string worker, string shards)
    {
        Surface surface = context.Surface;
        Dialect host = context.Host;
        using (writer.Open($"void {parallel}.BackwardShards({surface.In("inputs")}, {surface.In("targets")}, int firstSample, int batchSize, int shardSize)"))
        {
            IdMembers.WriteCheck(writer, context);
            writer.Line($"{shards} shards = (({worker})this).Shards;");
            writer.Line($"shards.Begin(ref _isBusy, inputs.Length, InputSize, targets.Length, OutputSize, firstSample, batchSize, shardSize, {TrainerSteps.LossScale(context, "batchSize")});");
            writer.Line("// The masks are those of the trainer's step.");
            writer.Line("Trainer root = _root ?? this;");
            writer.Line("_seed = root._seed;");
            writer.Line("_step = root._step;");
            writer.Line("_hasGradients = false;");
            Pointer memory = TrainerSteps.WritePointers(writer, context, out Pointer parameters);
            Pointer x = surface.Start(writer, "x", "inputs");
            Pointer t = surface.Start(writer, "t", "targets");
            string gradients = context.IsSimd ? "ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(shards.Gradients)" : "shards.Gradients";
            string dx = context.ToInputs ? host.Argument(memory, Gn + ".Activations") + ", " : string.Empty;
            writer.Line("while (shards.Next(out int start, out int count))");
            writer.Line($"    shards.Keep({Gn}.Accumulate({host.Argument(parameters)}, {host.Argument(memory)}, {gradients}, {host.Argument(x, "start * InputSize")}, {host.Argument(t, "start * OutputSize")}, "
                + $"{dx}count, ({context.Element})shards.Scale, false, 1, false{(context.NeedsTransposed ? ", start == 0" : string.Empty)}{(context.HasMasks ? ", firstSample + start, StepKey(), true" : string.Empty)}{(context.ToInputs ? ", false" : string.Empty)}{StreamMembers.NoPast(context)}{LengthMembers.None(context)}));");
            writer.Line(TrainerSteps.Leave);
        }
    }
}
