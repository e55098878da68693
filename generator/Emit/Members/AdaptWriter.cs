using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>
/// <c>Adapt</c>, of networks with a layer that normalizes: what lies before such a layer runs as plain loops in double, once for each sample, and the
/// runtime library takes means and deviations.
/// </summary>
internal static class AdaptWriter
{
    private const string Adaptation = "global::GeneratedNetworks.CompilerServices.Adaptation";

    public static bool IsNeeded(EmitContext context) => context.HasInterfaces && !context.IsStatic && Layers(context.Plan.Graph).Any();

    public static void Write(CSharpWriter writer, EmitContext context)
    {
        if (!IsNeeded(context))
            return;
        NetworkGraph graph = context.Plan.Graph;
        Node[] layers = [.. Layers(graph)];
        string names = string.Join(", ", layers.Select(node => $"\"{node.Layer.Name}\""));
        string before = string.Join(", ", layers.Select((node, index) => ReadsTheRow(graph, node) ? "null" : $"{EmitContext.Inner}.Before{index}"));
        writer.Line("/// <summary>Sets mean and deviation of every layer that normalizes from data, run through the layers before it: of each feature the mean, and the root");
        writer.Line("/// of the mean squared distance from it. A feature that is the same everywhere gets the deviation 1. Targets are not looked at.</summary>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">There is no sample, its size does not fit, or a value is not finite. Nothing has changed.</exception>");
        using (writer.Open($"{NetworkMembers.Attribute(context)}public void Adapt(global::GeneratedNetworks.Dataset<{context.Element}> data)"))
        {
            writer.Line($"{Adaptation}.Run<{context.Element}>(this, data, new[] {{ {names} }}, new global::System.Func<double[], double[], double[]>[] {{ {before} }});");
        }

        writer.Line();
    }

    /// <summary>The layers before each that normalizes, as loops from its input on.</summary>
    public static void WriteInner(CSharpWriter writer, EmitContext context)
    {
        if (!IsNeeded(context))
            return;
        NetworkGraph graph = context.Plan.Graph;
        PlainLoops loops = new(context);
        int index = 0;
        foreach (Node node in Layers(graph))
        {
            if (!ReadsTheRow(graph, node))
                Write(writer, loops, graph, node, index);
            index++;
        }
    }

    private static void Write(CSharpWriter writer, PlainLoops loops, NetworkGraph graph, Node layer, int index)
    {
        // Averages of batches are what they are: nothing is trained here.
        List<Operation> operations = [.. Before(graph, layer).SelectMany(node => loops.OperationsOf(node, isTraining: false))];
        bool isOne = graph.Inputs.Count == 1;
        writer.Line($"// What {layer.Layer.Name} reads, for one sample and parameters in canonical order, in double.");
        using (writer.Open($"internal static double[] Before{CSharpLiteral.Of(index)}(double[] p, double[] {(isOne ? PlainLoops.Value(graph.Input.Name) : "inputs")})"))
        {
            writer.Line("ulong pieces = 0;");
            HashSet<string> read = [layer.Input.Name, .. operations.SelectMany(operation => operation.Reads).Select(tensor => tensor.Name)];
            foreach (GraphInput input in graph.Inputs.Where(input => !isOne && read.Contains(input.Value.Name)))
            {
                string name = PlainLoops.Value(input.Value.Name), count = CSharpLiteral.Of(input.Value.Shape.Count);
                writer.Line($"double[] {name} = new double[{count}];");
                writer.Line($"global::System.Array.Copy(inputs, {CSharpLiteral.Of(input.Offset)}, {name}, 0, {count});");
            }

            foreach (Tensor own in PlainLoops.Own(operations))
                writer.Line($"double[] {PlainLoops.Value(own.Name)} = new double[{CSharpLiteral.Of(own.Width)}];");
            foreach (Operation operation in operations)
            {
                writer.Line($"double[] {PlainLoops.Value(operation.Writes!.Name)} = new double[{CSharpLiteral.Of(operation.Writes.Width)}];");
                loops.WriteForward(writer, operation);
            }

            writer.Line($"return {PlainLoops.Value(layer.Input.Name)};");
        }

        writer.Line();
    }

    private static IEnumerable<Node> Layers(NetworkGraph graph) => graph.Nodes.Where(node => node.Layer is NormalizeLayer);

    /// <summary>Whether a layer reads what the caller passes in, all of it and as it is.</summary>
    private static bool ReadsTheRow(NetworkGraph graph, Node layer) => graph.Inputs.Count == 1 && layer.Input.Name == graph.Input.Name;

    /// <summary>The layers that compute what a layer reads, in order; others above it are of no concern.</summary>
    private static List<Node> Before(NetworkGraph graph, Node layer)
    {
        HashSet<string> wanted = [layer.Input.Name];
        List<Node> before = [];
        foreach (Node node in graph.Operations.TakeWhile(node => node != layer).Reverse())
        {
            if (!node.Outputs.Any(output => wanted.Contains(output.Name)))
                continue;
            before.Insert(0, node);
            wanted.UnionWith(node.Inputs.Select(input => input.Name));
        }

        return before;
    }
}
