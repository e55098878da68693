using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Inputs that are numbers of a table's rows: checked before anything is written, and given as ints where all inputs are such.</summary>
internal static class IdMembers
{
    private const string Own = "IdsAsNumbers";

    private const string Throws = "/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or a number is that of no row. Nothing has been written.</exception>";

    /// <summary>Whether every input is numbers of rows.</summary>
    public static bool AreAll(EmitContext context) => context.Plan.Graph.Inputs.All(input => TableOf(context.Plan.Graph, input) is not null);

    /// <summary>Statements that refuse a number of no row.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The network.</param>
    /// <param name="parameter">What holds them.</param>
    /// <param name="ofFrames">Whether each row is a frame.</param>
    /// <param name="name">What the caller calls it, where that is another name.</param>
    public static void WriteCheck(CSharpWriter writer, EmitContext context, string parameter = "inputs", bool ofFrames = false, string? name = null)
    {
        NetworkGraph graph = ofFrames ? context.Plan.Graph.Frame! : context.Plan.Graph;
        foreach (GraphInput input in graph.Inputs)
        {
            if (TableOf(graph, input) is { } table)
                writer.Line($"{CheckWriter.Name(context)}.Ids({parameter}, {(ofFrames ? "FrameSize" : "InputSize")}, {CSharpLiteral.Of(input.Offset)}, {CSharpLiteral.Of(input.Value.Shape.Count)}, {CSharpLiteral.Of(table.Vocabulary)}, \"{name ?? parameter}\");");
        }
    }

    /// <summary>The check itself, where the runtime package does not have it.</summary>
    public static void WriteOwnCheck(CSharpWriter writer, EmitContext context)
    {
        if (!context.Plan.Graph.Inputs.Any(input => TableOf(context.Plan.Graph, input) is not null))
            return;
        using (writer.Open($"internal static void Ids({context.Surface.In("inputs")}, int rowLength, int offset, int steps, int vocabulary, string parameter)"))
        {
            using (writer.Open("for (int row = offset; row + rowLength - offset <= inputs.Length; row += rowLength)"))
            using (writer.Open("for (int t = 0; t < steps; t++)"))
            {
                writer.Line($"{context.Element} id = inputs[row + t];");
                writer.Line("if (!(id >= 0 && id < vocabulary && id == (int)id))");
                writer.Line("    throw new global::System.ArgumentException(\"Element \" + (row + t) + \" of '\" + parameter + \"' is no whole number from 0 to \" + (vocabulary - 1) + \".\", parameter);");
            }
        }

        writer.Line();
        if (!AreAll(context))
            return;
        using (writer.Open("internal static void IdRows(string row, int ids, int rowSize, int outputs, int outputSize, string parameter)"))
        {
            writer.Line("int rows = ids / rowSize;");
            writer.Line("bool isTarget = parameter == \"targets\";");
            writer.Line("if (rows * rowSize != ids || (isTarget && rows == 0))");
            writer.Line("    ThrowLength(\"ids\", ids, \": a \" + row + \" has \" + Count(rowSize, \"id\") + \", and there are whole \" + row + \"s\" + (isTarget ? \", one at least\" : \" or none\"));");
            writer.Line("string advice = isTarget && (outputs == rows || outputs == ids) ? \"; a class number becomes a target for each class, 1 at its place and 0 elsewhere\" : \"\";");
            writer.Line("if (rows * (long)outputSize != outputs)");
            writer.Line("    ThrowLength(parameter, outputs, \" instead of \" + rows * (long)outputSize + \": 'ids' holds \" + Count(rows, row) + \", and a \" + row + \" has \" + Count(outputSize, isTarget ? \"target\" : \"output\") + advice);");
        }

        writer.Line();
    }

    /// <summary><c>ForwardIds</c>, and <c>ForwardStreamIds</c> where the network streams.</summary>
    public static void WriteNetwork(CSharpWriter writer, EmitContext context)
    {
        if (!AreAll(context))
            return;
        Surface surface = context.Surface;
        string start = $"{NetworkMembers.Attribute(context)}public {context.Static}void";
        writer.Line("/// <summary>As Forward, of row numbers as whole numbers.</summary>");
        writer.Line("/// <param name=\"ids\">n·<see cref=\"InputSize\"/> numbers, sample after sample.</param>");
        writer.Line("/// <param name=\"outputs\">Receives n·<see cref=\"OutputSize\"/> elements.</param>");
        writer.Line(Throws);
        using (writer.Open($"{start} ForwardIds({surface.In("ids", "int")}, {surface.Out("outputs")})"))
        {
            WriteNumbers(writer, context, "outputs");
            writer.Line("Forward(inputs, outputs);");
        }

        writer.Line();
        if (!context.Streams)
            return;
        writer.Line("/// <summary>As ForwardStream, of row numbers as whole numbers.</summary>");
        writer.Line("/// <param name=\"ids\">n·<see cref=\"FrameSize\"/> numbers, frame after frame.</param>");
        writer.Line("/// <param name=\"outputs\">Receives n·<see cref=\"OutputFrameSize\"/> elements.</param>");
        writer.Line("/// <param name=\"memory\"><see cref=\"MemorySize\"/> elements, which are read, and left as they are after the frames; all 0 at the start of a stream.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, a number is that of no row, or the outputs overlap the memory. Nothing has been written.</exception>");
        using (writer.Open($"{start} ForwardStreamIds({surface.In("ids", "int")}, {surface.Out("outputs")}, {surface.Out("memory")})"))
        {
            WriteNumbers(writer, context, "outputs", ofFrames: true);
            writer.Line("ForwardStream(inputs, outputs, memory);");
        }

        writer.Line();
    }

    /// <summary><c>StepIds</c>.</summary>
    public static void WriteTrainer(CSharpWriter writer, EmitContext context)
    {
        if (!AreAll(context))
            return;
        Surface surface = context.Surface;
        writer.Line("/// <summary>As Step, of row numbers as whole numbers.</summary>");
        writer.Line("/// <returns>The training loss before the update.</returns>");
        writer.Line(Throws);
        using (writer.Open($"public {context.Element} StepIds({surface.In("ids", "int")}, {surface.In("targets")})"))
        {
            WriteNumbers(writer, context, "targets");
            writer.Line("return Step(inputs, targets);");
        }

        writer.Line();
    }

    /// <summary>Declares the inputs that ids are, once they are checked under their own name.</summary>
    private static void WriteNumbers(CSharpWriter writer, EmitContext context, string outputs, bool ofFrames = false)
    {
        string row = ofFrames ? "frame" : "sample";
        string sizes = ofFrames ? $"FrameSize, {outputs}.Length, OutputFrameSize" : $"InputSize, {outputs}.Length, OutputSize";
        writer.Line($"{CheckWriter.Name(context)}.IdRows(\"{row}\", ids.Length, {sizes}, \"{outputs}\");");
        if (context.Surface.IsBasic)
        {
            writer.Line($"{context.Element}[] inputs = new {context.Element}[ids.Length];");
            writer.Line("for (int i = 0; i < ids.Length; i++)");
            writer.Line("    inputs[i] = ids[i];");
        }
        else
        {
            writer.Line($"global::System.ReadOnlySpan<{context.Element}> inputs = {EmitContext.Inner}.{Own}(ids);");
        }

        WriteCheck(writer, context, "inputs", ofFrames, "ids");
    }

    /// <summary>Where ints become numbers of the network's type: in memory of the thread's own, which grows to the largest call.</summary>
    public static void WriteInner(CSharpWriter writer, EmitContext context)
    {
        if (!AreAll(context) || context.Surface.IsBasic)
            return;
        string element = context.Element;
        writer.Line("// Row numbers as numbers of the network's type, in memory that grows to the largest call of each thread.");
        writer.Line("[global::System.ThreadStatic]");
        writer.Line($"private static {element}[]? IdsOfThread;");
        writer.Line();
        using (writer.Open($"internal static global::System.ReadOnlySpan<{element}> {Own}(global::System.ReadOnlySpan<int> ids)"))
        {
            writer.Line($"{element}[]? numbers = IdsOfThread;");
            writer.Line("if (numbers == null || numbers.Length < ids.Length)");
            writer.Line($"    IdsOfThread = numbers = new {element}[ids.Length];");
            writer.Line("for (int i = 0; i < ids.Length; i++)");
            writer.Line("    numbers[i] = ids[i];");
            writer.Line($"return new global::System.ReadOnlySpan<{element}>(numbers, 0, ids.Length);");
        }

        writer.Line();
    }

    private static EmbeddingLayer? TableOf(NetworkGraph graph, GraphInput input) =>
        graph.Nodes.Where(node => node.Inputs.Any(read => read.Name == input.Value.Name)).Select(node => node.Layer).OfType<EmbeddingLayer>().OrderBy(layer => layer.Vocabulary).FirstOrDefault();
}
