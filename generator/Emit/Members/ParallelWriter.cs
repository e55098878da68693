using System;
using GeneratedNetworks.Generator.Emit.Kernels;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary><c>IParallelTrainer</c>: gradients by shards of a batch, their sum, and the update, so that several threads share a step.</summary>
internal static class ParallelWriter
{
    /// <summary>Threads take the parameters in blocks of this many elements: enough to hide a block's own cost, few enough to stay in L1.</summary>
    private const int Block = 1024;

    private const string Gn = EmitContext.Inner;

    public static string Interface(string element) => $"global::GeneratedNetworks.IParallelTrainer<{element}>";

    public static void Write(CSharpWriter writer, EmitContext context)
    {
        string parallel = Interface(context.Element);
        string memory = context.IsSimd ? $"{Gn}.Memory" : context.Element + "[]";
        writer.Line("// Steps that several threads share. The trainer and its forks are the workers: each computes some shards of a batch, the gradients of the");
        writer.Line("// first in the place of its own, those of the others in memory apart. They are added up shard by shard, whoever computed them.");
        writer.Line($"private {memory}[] _shardGradients = new {(context.IsSimd ? $"{memory}[0]" : $"{context.Element}[0][]")};");
        writer.Line("private double[] _shardLosses = new double[0];");
        writer.Line("private int _shards;");
        writer.Line("private double _lossScale;");
        writer.Line("private Trainer _root;");
        writer.Line();
        writer.Line($"{parallel} {parallel}.Fork() => new Trainer(_network, _seed) {{ _root = _root }};");
        writer.Line();
        WriteBackward(writer, context, parallel);
        WriteShards(writer, context, memory);
        WriteReduce(writer, context, parallel);
        UpdateWriter.WritePart(writer, context, parallel);
        using (writer.Open("private static int Cut(int length, int part, int parts)"))
        {
            writer.Line("// Whole blocks: which of them are whose does not change what is computed.");
            writer.Line($"long blocks = length / {Block} + (length % {Block} > 0 ? 1 : 0);");
            writer.Line($"return (int)global::System.Math.Min(length, blocks * part / parts * {Block});");
        }

        writer.Line();
    }

    private static void WriteBackward(CSharpWriter writer, EmitContext context, string parallel)
    {
        Surface surface = context.Surface;
        Dialect host = context.Host;
        using (writer.Open($"void {parallel}.BackwardShards({surface.In("inputs")}, {surface.In("targets")}, int firstSample, int batchSize, int shardSize)"))
        {
            writer.Line($"int samples = inputs.IsEmpty && targets.IsEmpty ? 0 : {Gn}.CheckBatch(inputs.Length, targets.Length, \"targets\");");
            writer.Line("if (firstSample < 0 || batchSize < 1 || samples > batchSize - firstSample)");
            writer.Line("    throw new global::System.ArgumentOutOfRangeException(\"firstSample\", firstSample, \"The samples must lie in a batch.\");");
            writer.Line("if (shardSize < 1)");
            writer.Line("    throw new global::System.ArgumentOutOfRangeException(\"shardSize\", shardSize, \"A shard must have a sample.\");");
            TrainerSteps.WriteEnter(writer);
            writer.Line("// The masks are those of the trainer's step.");
            writer.Line("_seed = _root._seed;");
            writer.Line("_step = _root._step;");
            writer.Line("_hasGradients = false;");
            writer.Line($"_lossScale = {TrainerSteps.LossScale(context, "batchSize")};");
            writer.Line("_shards = samples / shardSize + (samples % shardSize > 0 ? 1 : 0);");
            writer.Line("if (_shards > _shardLosses.Length)");
            writer.Line("    GrowShards();");
            Pointer memory = TrainerSteps.WritePointers(writer, context, out Pointer parameters);
            Pointer x = surface.Start(writer, "x", "inputs");
            Pointer t = surface.Start(writer, "t", "targets");
            using (writer.Open("for (int shard = 0; shard < _shards; shard++)"))
            {
                writer.Line("int start = shard * shardSize;");
                writer.Line("int count = samples - start < shardSize ? samples - start : shardSize;");
                Pointer gradients = ShardStart(writer, surface, "gradients", "shard");
                string dx = context.ToInputs ? host.Argument(memory, Gn + ".Activations") + ", " : string.Empty;
                writer.Line($"_shardLosses[shard] = {Gn}.Accumulate({host.Argument(parameters)}, {host.Argument(memory)}, {host.Argument(gradients)}, {host.Argument(x, "start * InputSize")}, {host.Argument(t, "start * OutputSize")}, "
                    + $"{dx}count, ({context.Element})_lossScale, false, 1, false{(context.NeedsTransposed ? ", shard == 0" : string.Empty)}{(context.HasMasks ? ", firstSample + start, StepKey(), true" : string.Empty)}{(context.ToInputs ? ", false" : string.Empty)});");
            }

            writer.Line(TrainerSteps.Leave);
        }

        writer.Line();
    }

    private static void WriteShards(CSharpWriter writer, EmitContext context, string memory)
    {
        Surface surface = context.Surface;
        string length = CSharpLiteral.Of(context.Plan.Parameters.TrainedLength);
        using (writer.Open("private void GrowShards()"))
        {
            writer.Line("int first = _shardGradients.Length;");
            writer.Line("global::System.Array.Resize(ref _shardGradients, _shards - 1);");
            writer.Line("for (int i = first; i < _shardGradients.Length; i++)");
            writer.Line($"    _shardGradients[i] = new {(context.IsSimd ? $"{memory}({length})" : $"{context.Element}[{length}]")};");
            writer.Line("global::System.Array.Resize(ref _shardLosses, _shards);");
        }

        writer.Line();
        if (context.IsSimd)
        {
            writer.Line($"private ref {context.Element} ShardGradients(int shard) => ref shard == 0 ? ref Unsafe.Add(ref _memory.First, {Gn}.Gradients) : ref _shardGradients[shard - 1].First;");
        }
        else
        {
            writer.Line($"private global::System.Span<{context.Element}> ShardGradients(int shard) => shard > 0");
            writer.Line("    ? _shardGradients[shard - 1]");
            writer.Line($"    : new global::System.Span<{surface.Element}>(_memory, {Gn}.Gradients, {length});");
        }

        writer.Line();
    }

    private static Pointer ShardStart(CSharpWriter writer, Surface surface, string local, string shard, string owner = "")
    {
        writer.Line(surface.Profile == Model.EmitProfile.Simd
            ? $"ref {surface.Element} {local} = ref {owner}ShardGradients({shard});"
            : $"global::System.Span<{surface.Element}> {local} = {owner}ShardGradients({shard});");
        return new Pointer(local);
    }

    private static void WriteReduce(CSharpWriter writer, EmitContext context, string parallel)
    {
        Dialect host = context.Host;
        string workers = $"global::System.ReadOnlySpan<{parallel}> workers";
        using (writer.Open($"{context.Element} {parallel}.Reduce({workers}, int part, int parts)"))
        {
            writer.Line("if (workers.IsEmpty || workers[0] != this || _shards == 0)");
            writer.Line("    throw new global::System.ArgumentException(\"The first worker must be the trainer itself, and have computed a shard.\", \"workers\");");
            writer.Line("if (part == 0)");
            writer.Line("    _step++;");
            writer.Line("// Only the norm needs all sums before the first update.");
            using (writer.Open("if (ClipNorm > 0)"))
            {
                foreach (UpdateStretch stretch in UpdateStretch.Of(context.Plan.Parameters, merge: true))
                {
                    using (OpenBlocks(writer, stretch))
                        writer.Line("AddShards(workers, at, count);");
                }
            }

            writer.Line("double loss = 0;");
            using (writer.Open($"foreach ({parallel} other in workers)"))
            {
                writer.Line("Trainer worker = (Trainer)other;");
                writer.Line("for (int shard = 0; shard < worker._shards; shard++)");
                writer.Line("    loss += worker._shardLosses[shard];");
            }

            writer.Line($"return ({context.Element})(loss * _lossScale);");
        }

        writer.Line();
        writer.Line("// Adds to some gradients of the batch's first shard those of the others.");
        using (writer.Open($"private void AddShards({workers}, int at, int count)"))
        {
            Pointer sums = ShardStart(writer, context.Surface, "sums", "0");
            using (writer.Open($"foreach ({parallel} other in workers)"))
            {
                writer.Line("Trainer worker = (Trainer)other;");
                using (writer.Open("for (int shard = worker == this ? 1 : 0; shard < worker._shards; shard++)"))
                {
                    Pointer shardStart = ShardStart(writer, context.Surface, "gradients", "shard", "worker.");
                    string add = context.IsSimd ? "AddTo" : context.Kernels.Require(new AddKernel("Add", "g += h.", context.Plan.Layout.Line));
                    writer.Line($"{Gn}.{add}({host.Argument(sums, "at")}, {host.Argument(shardStart, "at")}, count);");
                }
            }
        }

        writer.Line();
    }

    /// <summary>A loop over the blocks of a stretch that belong to a part: <c>count</c> parameters from <c>at</c> on.</summary>
    public static IDisposable OpenBlocks(CSharpWriter writer, UpdateStretch stretch)
    {
        string start = stretch.Start == 0 ? string.Empty : CSharpLiteral.Of(stretch.Start) + " + ";
        string length = CSharpLiteral.Of(stretch.Length);
        IDisposable loop = writer.Open($"for (int at = {start}Cut({length}, part, parts), end = {start}Cut({length}, part + 1, parts); at < end; at += {Block})");
        writer.Line($"int count = end - at < {Block} ? end - at : {Block};");
        return loop;
    }
}
