using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>
/// The checks of arguments: calls of the runtime package's <c>Check</c>, and for profiles without it a class of that name, of which the same is asked and
/// which says the same.
/// </summary>
internal static class CheckWriter
{
    private const string Own = "Check";

    /// <summary>The class as the network's members name it.</summary>
    public static string Name(EmitContext context) => context.HasInterfaces ? Runtime + "Check" : $"{EmitContext.Inner}.{Own}";

    /// <summary>Where the runtime package has what generated code alone calls.</summary>
    public const string Runtime = "global::GeneratedNetworks.CompilerServices.";

    /// <summary>An expression: takes the trainer for a call, and tells how many samples it has.</summary>
    public static string Enter(EmitContext context, string outputs) =>
        $"{Name(context)}.Enter(ref _isBusy, inputs.Length, InputSize, {outputs}.Length, OutputSize, \"{outputs}\")";

    /// <summary>A statement: takes the trainer for a call whose arguments were checked. A plain field, as an interlocked one costs more than a small step.</summary>
    public static string Enter(EmitContext context) => $"{Name(context)}.Enter(ref _isBusy);";

    /// <summary>An expression: how many samples a trainer's call has.</summary>
    public static string Batch(EmitContext context, string outputs) =>
        $"{Name(context)}.Batch(inputs.Length, InputSize, {outputs}.Length, OutputSize, \"{outputs}\")";

    /// <summary>An expression: how many samples a call of <c>Forward</c> has.</summary>
    public static string Samples(EmitContext context) => $"{Name(context)}.Samples(inputs.Length, InputSize, outputs.Length, OutputSize)";

    /// <summary>A statement that demands an exact length.</summary>
    public static string Length(EmitContext context, string parameter, string expected) => $"{Name(context)}.Length(\"{parameter}\", {expected}, {parameter}.Length);";

    /// <summary>A statement that demands a memory for each stream.</summary>
    public static string Memories(EmitContext context, string parameter, string streams) => $"{Name(context)}.Memories(\"{parameter}\", {streams}, MemorySize, {parameter}.Length);";

    /// <summary>A statement that demands a number for each of the network's parameters.</summary>
    public static string Parameters(EmitContext context, string parameter) => $"{Name(context)}.Parameters(\"{parameter}\", ParameterCount, {parameter}.Length);";

    /// <summary>A statement for a parameter that is written while another one is read.</summary>
    /// <param name="context">The network.</param>
    /// <param name="written">What is written.</param>
    /// <param name="read">What is read.</param>
    /// <param name="isWritten">Whether that is written too, so that no type can be inferred from it.</param>
    public static string NoOverlap(EmitContext context, string written, string read, bool isWritten = false) => $"{Name(context)}.NoOverlap{(isWritten && context.HasInterfaces ? $"<{context.Element}>" : string.Empty)}({written}, {read}, \"{written}\", \"{read}\");";

    /// <summary>The class, where the runtime package does not have it.</summary>
    public static void Write(CSharpWriter writer, EmitContext context)
    {
        if (context.HasInterfaces)
            return;
        writer.Line("// What is asked of arguments. What is said where it does not hold stands apart, so that the checks stay small enough to be inlined.");
        using (writer.Open($"internal static class {Own}"))
        {
            WriteLengths(writer, context);
            if (context.Plan.Training is null)
                return;
            writer.Line();
            WriteTrainer(writer);
            writer.Line();
            WriteSettings(writer, context);
        }
    }

    private static void WriteLengths(CSharpWriter writer, EmitContext context)
    {
        bool trains = context.Plan.Training is not null;
        using (writer.Open("internal static int Samples(int inputs, int inputSize, int outputs, int outputSize)"))
        {
            writer.Line("int samples = inputs / inputSize;");
            writer.Line("if (samples * inputSize != inputs || samples * (long)outputSize != outputs)");
            writer.Line("    ThrowSamples(inputs, inputSize, outputs, outputSize, \"outputs\", false);");
            writer.Line("return samples;");
        }

        writer.Line();
        IdMembers.WriteOwnCheck(writer, context);
        if (context.HasLengths)
            WriteSequences(writer, context);
        if (context.Streams)
        {
            using (writer.Open("internal static int Frames(int inputs, int frameSize, int outputs, int outputFrameSize)"))
            {
                writer.Line("int frames = inputs / frameSize;");
                writer.Line("if (frames * frameSize != inputs)");
                writer.Line("    ThrowLength(\"frames\", inputs, \": a frame has \" + Count(frameSize, \"element\") + \", and there are whole frames or none\");");
                writer.Line("if (frames * (long)outputFrameSize != outputs)");
                writer.Line("    ThrowLength(\"outputs\", outputs, \" instead of \" + frames * (long)outputFrameSize + \": 'frames' holds \" + Count(frames, \"frame\") + \", and a frame has \" + Count(outputFrameSize, \"output\"));");
                writer.Line("return frames;");
            }

            writer.Line();
            using (writer.Open("internal static void Memories(string parameter, int streams, int memorySize, int actual)"))
            {
                writer.Line("if (actual != streams * (long)memorySize)");
                writer.Line("    ThrowLength(parameter, actual, \" instead of \" + streams * (long)memorySize + \": MemorySize, which is \" + memorySize + \", for \" + (streams == 1 ? \"1 stream\" : \"each of \" + streams + \" streams\"));");
            }

            writer.Line();
        }

        using (writer.Open("internal static void Parameters(string parameter, int count, int actual)"))
        {
            writer.Line("if (actual != count)");
            writer.Line("    ThrowLength(parameter, actual, \", and the network has \" + Count(count, \"parameter\") + \" (ParameterCount)\");");
        }

        writer.Line();
        using (writer.Open($"internal static void NoOverlap({context.Surface.In("written")}, {context.Surface.In("read")}, string writtenName, string readName)"))
        {
            writer.Line(context.Surface.IsBasic ? "if (written == read && read.Length > 0)" : $"if (global::System.MemoryExtensions.Overlaps<{context.Element}>(read, written))");
            writer.Line("    throw new global::System.ArgumentException(\"The \" + writtenName + \" overlap the \" + readName + \", which are still read while they are written: copy the \" + readName + \" first.\", writtenName);");
        }

        writer.Line();
        using (writer.Open("private static void ThrowSamples(int inputs, int inputSize, int outputs, int outputSize, string parameter, bool needsOne)"))
        {
            writer.Line("int samples = inputs / inputSize;");
            writer.Line("if (samples * inputSize != inputs)");
            writer.Line("    ThrowLength(\"inputs\", inputs, \": the network takes \" + inputSize + \" inputs a sample, so \" + inputSize + \" numbers, or \" + 2L * inputSize + \", \" + 3L * inputSize + \" and so on for several samples\");");
            writer.Line("if (needsOne && samples == 0)");
            writer.Line("    ThrowLength(\"inputs\", inputs, \": at least one sample, of \" + Count(inputSize, \"input\") + \", is needed\");");
            writer.Line("bool isTarget = parameter == \"targets\";");
            writer.Line("string advice = isTarget && outputSize > 1 && outputs == samples ? \"; a class number becomes a target for each class, 1 at its place and 0 elsewhere\" : \"\";");
            writer.Line("ThrowLength(parameter, outputs, \" instead of \" + samples * (long)outputSize + \": 'inputs' holds \" + Count(samples, \"sample\") + \", and a sample has \" + Count(outputSize, isTarget ? \"target\" : \"output\") + advice);");
        }

        writer.Line();
        using (writer.Open("private static string Count(int count, string unit)"))
            writer.Line("return count + \" \" + unit + (count == 1 ? \"\" : \"s\");");

        writer.Line();
        using (writer.Open("private static void ThrowLength(string parameter, int actual, string fault)"))
            writer.Line("throw new global::System.ArgumentException(\"'\" + parameter + \"' has length \" + actual + fault + \".\", parameter);");
        if (trains)
        {
            writer.Line();
            using (writer.Open("internal static void Length(string parameter, int expected, int actual)"))
            {
                writer.Line("if (actual != expected)");
                writer.Line("    ThrowLength(parameter, actual, \" instead of \" + expected);");
            }
        }

        if (!trains)
            return;

        writer.Line();
        using (writer.Open("internal static int Batch(int inputs, int inputSize, int outputs, int outputSize, string parameter)"))
        {
            writer.Line("int samples = inputs / inputSize;");
            writer.Line("if (samples == 0 || samples * inputSize != inputs || samples * (long)outputSize != outputs)");
            writer.Line("    ThrowSamples(inputs, inputSize, outputs, outputSize, parameter, true);");
            writer.Line("return samples;");
        }
    }

    private static void WriteSequences(CSharpWriter writer, EmitContext context)
    {
        string lengths = context.Surface.In("lengths", "int"), exist = context.Surface.IsBasic ? "lengths != null" : "!lengths.IsEmpty";
        using (writer.Open($"internal static void Lengths({lengths}, int samples, int steps)"))
        {
            writer.Line("if (lengths.Length != samples)");
            writer.Line("    ThrowLength(\"lengths\", lengths.Length, \": there \" + (samples == 1 ? \"is 1 sequence\" : \"are \" + samples + \" sequences\"));");
            using (writer.Open("for (int i = 0; i < lengths.Length; i++)"))
            {
                writer.Line("if (lengths[i] < 1 || lengths[i] > steps)");
                writer.Line("    throw new global::System.ArgumentException(\"Length \" + lengths[i] + \" of sequence \" + i + \" is not from 1 to \" + steps + \".\", \"lengths\");");
            }
        }

        writer.Line();
        if (context.Plan.Training is null)
            return;
        using (writer.Open($"internal static double StepScale({lengths}, int samples, int steps)"))
        {
            writer.Line("long sum = 0;");
            writer.Line($"for (int i = 0; {exist} && i < lengths.Length; i++)");
            writer.Line("    sum += lengths[i];");
            writer.Line("return sum == 0 ? 1 : samples * (double)steps / sum;");
        }

        writer.Line();
    }

    private static void WriteTrainer(CSharpWriter writer)
    {
        using (writer.Open("internal static int Enter(ref bool isBusy, int inputs, int inputSize, int outputs, int outputSize, string parameter)"))
        {
            writer.Line("int samples = Batch(inputs, inputSize, outputs, outputSize, parameter);");
            writer.Line("Enter(ref isBusy);");
            writer.Line("return samples;");
        }

        writer.Line();
        writer.Line("// A plain field, as an interlocked one costs more than a small step.");
        using (writer.Open("internal static void Enter(ref bool isBusy)"))
        {
            writer.Line("if (isBusy)");
            writer.Line("    ThrowBusy();");
            writer.Line("isBusy = true;");
        }

        writer.Line();
        using (writer.Open("private static void ThrowBusy()"))
        {
            writer.Line("throw new global::System.InvalidOperationException(\"The trainer is used by two threads at once, which would mix their results: give each thread its own trainer and network. \"");
            writer.Line("    + \"If an exception broke off an earlier call, Reset makes the trainer usable again.\");");
        }

        writer.Line();
        using (writer.Open("internal static void Gradients(bool exist)"))
        {
            writer.Line("if (!exist)");
            writer.Line("    throw new global::System.InvalidOperationException(\"There are no gradients: call Backward, BackwardFrom or SetGradients first. Step does not keep them.\");");
        }
    }

    private static void WriteSettings(CSharpWriter writer, EmitContext context)
    {
        string element = context.Element;
        Write("Setting", $"value <= {element}.MaxValue", "finite and not negative");
        if (!OptimizerRule.Of(context.Plan.Graph.Training!.Optimizer).Settings.Any(TrainerWriter.IsShare))
            return;
        writer.Line();
        Write("Share", "value < 1", "at least 0 and less than 1");

        void Write(string name, string bound, string range)
        {
            string text = context.Surface.IsBasic ? "value" : "value.ToString(global::System.Globalization.CultureInfo.InvariantCulture)";
            using (writer.Open($"internal static {element} {name}(string setting, {element} value)"))
            {
                writer.Line($"if (!(value >= 0 && {bound}))");
                writer.Line($"    throw new global::System.ArgumentException(setting + \" must be {range}, not \" + {text} + \".\", \"value\");");
                writer.Line("return value;");
            }
        }
    }
}
