using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Inputs that are numbers of a table's rows: checked before anything is written, and given as ints where all inputs are such.</summary>
internal static class IdMembers
{
    private const string Own = "IdsAsNumbers";

    /// <summary>Whether every input is numbers of rows.</summary>
    public static bool AreAll(EmitContext context) => context.Plan.Graph.Inputs.All(input => TableOf(context.Plan.Graph, input) is not null);

    /// <summary>Statements that refuse a number of no row.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The network.</param>
    /// <param name="parameter">What holds them.</param>
    /// <param name="ofFrames">Whether each row is a frame.</param>
    public static void WriteCheck(CSharpWriter writer, EmitContext context, string parameter = "inputs", bool ofFrames = false)
    {
        NetworkGraph graph = ofFrames ? context.Plan.Graph.Frame! : context.Plan.Graph;
        foreach (GraphInput input in graph.Inputs)
        {
            if (TableOf(graph, input) is { } table)
                writer.Line($"{CheckWriter.Name(context)}.Ids({parameter}, {(ofFrames ? "FrameSize" : "InputSize")}, {CSharpLiteral.Of(input.Offset)}, {CSharpLiteral.Of(input.Value.Shape.Count)}, {CSharpLiteral.Of(table.Vocabulary)}, \"{parameter}\");");
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
    }

    /// <summary><c>ForwardIds</c>.</summary>
    public static void WriteNetwork(CSharpWriter writer, EmitContext context)
    {
        if (!AreAll(context))
            return;
        Surface surface = context.Surface;
        writer.Line("/// <summary>As Forward, of row numbers as whole numbers.</summary>");
        writer.Line("/// <param name=\"ids\">n·<see cref=\"InputSize\"/> numbers, sample after sample.</param>");
        writer.Line("/// <param name=\"outputs\">Receives n·<see cref=\"OutputSize\"/> elements.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or a number is that of no row. Nothing has been written.</exception>");
        using (writer.Open($"{NetworkMembers.Attribute(context)}public {context.Static}void ForwardIds({surface.In("ids", "int")}, {surface.Out("outputs")})"))
        {
            if (surface.IsBasic)
            {
                writer.Line($"{context.Element}[] inputs = new {context.Element}[ids.Length];");
                writer.Line("for (int i = 0; i < ids.Length; i++)");
                writer.Line("    inputs[i] = ids[i];");
                writer.Line("Forward(inputs, outputs);");
            }
            else
            {
                writer.Line($"Forward({EmitContext.Inner}.{Own}(ids), outputs);");
            }
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
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or a number is that of no row. Nothing has been written.</exception>");
        using (writer.Open($"public {context.Element} StepIds({surface.In("ids", "int")}, {surface.In("targets")})"))
        {
            if (surface.IsBasic)
            {
                writer.Line($"{context.Element}[] inputs = new {context.Element}[ids.Length];");
                writer.Line("for (int i = 0; i < ids.Length; i++)");
                writer.Line("    inputs[i] = ids[i];");
                writer.Line("return Step(inputs, targets);");
            }
            else
            {
                writer.Line($"return Step({EmitContext.Inner}.{Own}(ids), targets);");
            }
        }

        writer.Line();
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
