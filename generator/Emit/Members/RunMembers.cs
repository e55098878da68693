using System.Linq;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Emit.Simd;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Whole batches, chunk by chunk: the passes in loops. In the Simd profile they are written for any width, and one call picks the width.</summary>
internal static class RunMembers
{
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        if (context.IsSimd)
        {
            writer.Line("// Batches, chunk by chunk.");
            using (writer.Open($"internal abstract class Batches<{SimdTypes.Parameters}> : Passes<{SimdTypes.Parameters}> {SimdTypes.Constraints}"))
                WriteRuns(writer, context);
            writer.Line();
            WriteDispatch(writer, context);
        }
        else
        {
            WriteRuns(writer, context);
        }

        writer.Line();
    }

    private static void WriteRuns(CSharpWriter writer, EmitContext context)
    {
        WriteForward(writer, context);
        if (context.Streams)
        {
            writer.Line();
            StreamMembers.WriteRun(writer, context);
        }

        if (context.Plan.Training is null)
            return;
        writer.Line();
        WriteAccumulate(writer, context);
    }

    private static Run Forward(EmitContext context)
    {
        Dialect host = context.Host;
        string scratch = context.Surface.IsBasic ? ", " + host.Parameter("scratch", true) : string.Empty;
        return new("void", "ForwardBatch", $"{host.Parameter("parameters", false)}, {host.Parameter("x", false)}, {host.Parameter("y", true)}{scratch}, int samples{LengthMembers.Parameter(context)}", $"ref parameters, ref x, ref y, samples{(context.HasLengths ? ", ref lengths" : string.Empty)}");
    }

    /// <summary>Calls Accumulate for the loss alone: there is no place for gradients.</summary>
    public static string LossCall(EmitContext context, string parameters, string memory, string x, string t, string? past = null, string? lengths = null)
    {
        string none = context.IsSimd ? $"ref Unsafe.NullRef<{context.Element}>()" : context.Surface.IsBasic ? "null, 0" : "default";
        return $"Accumulate({parameters}, {memory}, {none}, {x}, {t}, {(context.ToInputs ? none + ", " : string.Empty)}samples, 1, false, 0, false"
            + $"{(context.NeedsTransposed ? ", false" : string.Empty)}{(context.HasMasks ? ", 0, 0, training: false" : string.Empty)}{(context.ToInputs ? ", false" : string.Empty)}{past ?? StreamMembers.NoPast(context)}{lengths ?? LengthMembers.None(context)});";
    }

    private static Run Accumulate(EmitContext context)
    {
        Dialect host = context.Host;
        string dx = context.ToInputs ? host.Parameter("dx", true) + ", " : string.Empty;
        string toInputs = context.ToInputs ? ", bool toInputs" : string.Empty;
        string dropout = context.HasMasks ? ", int firstSample, ulong key, bool training" : string.Empty;
        return new("double", "Accumulate",
            $"{host.Parameter("parameters", false)}, {host.Parameter("memory", true)}, {host.Parameter("gradients", true)}, {host.Parameter("x", false)}, {host.Parameter("t", false)}, {dx}int samples, {context.Element} lossScale, bool fromOutputs, {context.Element} scale, bool add{(context.NeedsTransposed ? ", bool pack" : string.Empty)}{dropout}{toInputs}{StreamMembers.Parameter(context)}{LengthMembers.Parameter(context)}{(context.HasLengths ? ", double stepScale" : string.Empty)}",
            $"ref parameters, ref memory, ref gradients, ref x, ref t, {(context.ToInputs ? "ref dx, " : string.Empty)}samples, lossScale, fromOutputs, scale, add{(context.NeedsTransposed ? ", pack" : string.Empty)}{(context.HasMasks ? ", firstSample, key, training" : string.Empty)}{(context.ToInputs ? ", toInputs" : string.Empty)}{(context.Streams ? ", ref past" : string.Empty)}{(context.HasLengths ? ", ref lengths, stepScale" : string.Empty)}");
    }

    private static void WriteForward(CSharpWriter writer, EmitContext context)
    {
        Dialect host = context.Host;
        Run run = Forward(context);
        if (!ScratchWriter.IsPerThread(context))
            ScratchWriter.WriteNotCleared(writer, context);
        using (writer.Open($"internal static {run.Returns} {run.Name}({run.Parameters})"))
        {
            Pointer scratch = ScratchWriter.WriteBatchScratch(writer, context);
            string rows = CSharpLiteral.Of(context.Plan.Inference.ChunkRows);
            using (writer.Open("for (int first = 0, rows; first < samples; first += rows)"))
            {
                writer.Line($"rows = samples - first < {rows} ? samples - first : {rows};");
                writer.Line($"ForwardChunk({host.Argument(host.Received("parameters"))}, {host.Argument(host.Received("x"), "first * InputSize")}, "
                    + $"{host.Argument(host.Received("y"), "first * OutputSize")}, {host.Argument(scratch)}, rows{LengthMembers.OfChunk(context)});");
            }
        }
    }

    private static void WriteAccumulate(CSharpWriter writer, EmitContext context)
    {
        Dialect host = context.Host;
        Run run = Accumulate(context);
        string rows = CSharpLiteral.Of(context.Plan.Training!.ChunkRows);
        string scratch = host.Argument(host.Received("memory"), "Activations");
        string transposed = context.NeedsTransposed ? host.Argument(host.Received("memory"), "Transposed") + ", " : string.Empty;
        string parameters = host.Argument(host.Received("parameters")), xAt = host.Argument(host.Received("x"), "first * InputSize"), tAt = host.Argument(host.Received("t"), "first * OutputSize");
        string dropout = context.HasMasks ? ", firstSample + first, key, training" : string.Empty;
        if (context.Plan.Graph.IsReproducible)
        {
            writer.Line("// Forward, loss and backward; the targets are output gradients if fromOutputs is true. Gradients take the place of earlier ones unless add is true, and are");
            writer.Line("// then added sample by sample; scale is 1. With the parameters for gradients and the loss times -η this is a step of one chunk. Without a place for gradients, only the loss is computed.");
        }
        else
        {
            writer.Line("// Forward, loss and backward; the targets are output gradients if fromOutputs is true. Gradients are multiplied by scale, and take the place of earlier");
            writer.Line("// ones unless add is true. With the parameters for gradients and scale = -η this is a step of one chunk, for which no gradient need be kept. Without a place for gradients, only the loss is computed.");
        }

        using (writer.Open($"internal static {run.Returns} {run.Name}({run.Parameters})"))
        {
            if (context.NeedsTransposed)
            {
                writer.Line(context.AlwaysTransposes ? "if (pack)" : "if (pack && samples > 1)");
                writer.Line($"    TransposeWeights({parameters}, {host.Argument(host.Received("memory"), "Transposed")});");
            }

            writer.Line("double loss = 0;");
            WriteLosses(writer, context, "{0} = 0;");
            if (context.HasBatchNorm)
            {
                string none = context.IsSimd ? "!Unsafe.IsNullRef(ref gradients)" : context.Surface.IsBasic ? "gradients != null" : "!gradients.IsEmpty";
                writer.Line("// Statistics are those of nearly equal parts of the batch, and for the loss alone the moving averages.");
                writer.Line($"bool byBatch = {none};");
                writer.Line($"int parts = (samples + {CSharpLiteral.Of(context.Plan.Training!.ChunkRows - 1)}) / {rows};");
            }

            using (writer.Open(context.HasBatchNorm ? "for (int first = 0, part = 0, rows; first < samples; first += rows, part++)" : "for (int first = 0, rows; first < samples; first += rows)"))
            {
                writer.Line(context.HasBatchNorm ? "rows = samples / parts + (part < samples % parts ? 1 : 0);" : $"rows = samples - first < {rows} ? samples - first : {rows};");
                writer.Line($"TrainingForward({parameters}, {xAt}, {scratch}, rows{dropout}{(context.HasBatchNorm ? ", byBatch" : string.Empty)}{StreamMembers.PastOfChunk(context)}{LengthMembers.OfChunk(context)});");
                writer.Line("if (fromOutputs)");
                writer.Line($"    OutputGradients({tAt}, {scratch}, rows);");
                writer.Line("else");
                writer.Line($"    loss += Loss({tAt}, {scratch}, rows, lossScale{LengthMembers.OfChunk(context)}{(context.HasLengths ? ", stepScale" : string.Empty)});");
                writer.Line($"if ({(context.IsSimd ? "Unsafe.IsNullRef(ref gradients)" : context.Surface.IsBasic ? "gradients == null" : "gradients.IsEmpty")})");
                writer.Line("    continue;");
                string dx = !context.ToInputs ? string.Empty : InputGradients(context, host, scratch) + ", ";
                writer.Line($"BackwardChunk({parameters}, {transposed}{xAt}, {scratch}, {host.Argument(host.Received("gradients"))}, {dx}rows{dropout}, scale, add || first > 0{(context.ToInputs ? ", toInputs" : string.Empty)}{LengthMembers.OfChunk(context)});");
            }

            if (context.Plan.Graph.Training!.Reduction == Model.Reduction.Mean)
                WriteLosses(writer, context, "{0} /= samples;");
            writer.Line("return loss;");
        }
    }

    /// <summary>A statement for the loss of each output, where there are several.</summary>
    private static void WriteLosses(CSharpWriter writer, EmitContext context, string statement)
    {
        TrainerMemory memory = context.TrainerMemory!;
        for (int i = 0; i < memory.Losses; i++)
            writer.Line(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, context.Host.At(context.Host.Received("memory"), $"Activations + {CSharpLiteral.Of(memory.LossesInScratch + i)}")));
    }

    /// <summary>Where the caller wants none there is no such memory; the pass does not touch what it gets in its place.</summary>
    private static string InputGradients(EmitContext context, Dialect host, string scratch) => context.Surface.Profile == Model.EmitProfile.Scalar
        ? $"toInputs ? dx.Slice(first * InputSize) : {scratch}"
        : host.Argument(host.Received("dx"), "first * InputSize");

    private static void WriteDispatch(CSharpWriter writer, EmitContext context)
    {
        SimdTypes types = new(context.Plan.Layout, context.Element);
        writer.Line("// The widths. Which one runs is a constant for the just-in-time compiler, which keeps one branch of each method below.");
        foreach ((string name, int bits) in Widths)
            writer.Line($"private sealed class {name} : Batches<{types.Arguments(bits)}> {{ }}");
        writer.Line();
        WriteDispatcher(writer, Forward(context));
        if (context.Streams)
        {
            writer.Line();
            WriteDispatcher(writer, new("void", StreamMembers.Run, $"ref {context.Element} parameters, ref {context.Element} x, ref {context.Element} y, ref {context.Element} past, int frames, int streams", "ref parameters, ref x, ref y, ref past, frames, streams"));
        }

        if (context.Plan.Training is null)
            return;
        writer.Line();
        WriteDispatcher(writer, Accumulate(context));
        writer.Line();
        if (context.HasBatchNorm)
        {
            WriteDispatcher(writer, new("void", "MoveAverages", $"ref {context.Element} parameters, ref {context.Element} scratch", "ref parameters, ref scratch"));
            writer.Line();
        }

        Functions.OptimizerRule rule = Functions.OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer);
        string e = context.Element;
        string slots = string.Concat(rule.Slots.Select(slot => $"ref {e} {slot}, ")), slotArguments = string.Concat(rule.Slots.Select(slot => $"ref {slot}, "));
        string scalars = string.Concat(rule.Scalars.Select(scalar => $"{e} {scalar.Name}, ")), scalarArguments = string.Concat(rule.Scalars.Select(scalar => scalar.Name + ", "));
        WriteDispatcher(writer, new("void", "UpdateSome", $"ref {e} w, ref {e} g, {slots}int count, {scalars}{e} clip, {e} l1, {e} l2", $"ref w, ref g, {slotArguments}count, {scalarArguments}clip, l1, l2"));
    }

    public static readonly (string Name, int Bits)[] Widths = [("On512", 512), ("On256", 256), ("On128", 128), ("OnNone", 0)];

    private static void WriteDispatcher(CSharpWriter writer, Run run)
    {
        string result = run.Returns == "void" ? string.Empty : "return ";
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Open($"internal static {run.Returns} {run.Name}({run.Parameters})"))
        {
            string prefix = string.Empty;
            foreach ((string name, int bits) in Widths)
            {
                string condition = bits > 0 ? $"if ({WidthText.Condition(bits)}) " : string.Empty;
                writer.Line($"{prefix}{condition}{result}{name}.{run.Name}({run.Arguments});");
                prefix = "else ";
            }
        }
    }

    /// <summary>A method that exists for every width, and its arguments handed on.</summary>
    private sealed record Run(string Returns, string Name, string Parameters, string Arguments);
}
