using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Import;
using ModelFile = GeneratedNetworks.Generator.Model.ModelFile;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>One layer as it is declared.</summary>
/// <param name="Name">"dense1".</param>
/// <param name="Kind">The attribute: "Dense".</param>
/// <param name="Detail">What it does beside that: "Relu", "rate 0.25"; or null.</param>
/// <param name="Reads">The values that it reads, in order, each called as the layer or input that gives it.</param>
/// <param name="Output">The shape behind it.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="MultiplyAdds">For one sample.</param>
internal sealed record LayerSummary(
    string Name, string Kind, string? Detail, IReadOnlyList<NamedShape> Reads, IReadOnlyList<int> Output, long Parameters, long MultiplyAdds);

/// <summary>A value: an input, an output, or what a layer reads.</summary>
internal sealed record NamedShape(string Name, IReadOnlyList<int> Shape);

/// <summary>A network as far as its layers tell.</summary>
/// <param name="Inputs">What it reads, one value after another in a row.</param>
/// <param name="Layers">In the order in which they are declared, up to the first that cannot read what it is given.</param>
/// <param name="Outputs">What it gives, called as the layers that give it; none where the last layer could not be reached.</param>
/// <param name="Problem">Why the generator would not take it, or null.</param>
internal sealed record NetworkSummary(IReadOnlyList<NamedShape> Inputs, IReadOnlyList<LayerSummary> Layers, IReadOnlyList<NamedShape> Outputs, string? Problem)
{
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>The shape of one sample; of several inputs, of their row.</summary>
    public IReadOnlyList<int> Input => Row(Inputs);

    /// <summary>The same for the output.</summary>
    public IReadOnlyList<int> Output => Outputs.Count == 0 ? Layers.Count == 0 ? Input : Layers[^1].Output : Row(Outputs);

    public static NetworkSummary Of(ImportedModel model) => Of(GeneratorModels.ReadLayers(model));

    public static NetworkSummary Of(ModelFile file)
    {
        NetworkModel model = GeneratorModels.Plain(file);
        List<Issue> issues = [];
        ShapeInference.Infer(model, issues, CancellationToken.None);
        NamedShape[] inputs = GraphInputs.Of(model, []) is var (_, parts) ? [.. parts.Select(part => Named(part.Value))] : [new("x", [.. file.InputShape])];
        List<LayerSummary> layers = [.. LayerWalk.Of(model).GroupBy(step => step.Declared).Select(steps => Layer(model.Layers[steps.Key], [.. steps]))];
        NamedShape[] ends = [.. layers.Select(layer => new NamedShape(layer.Name, layer.Output))];
        NamedShape[] outputs = model.Outputs.Count == 0
            ? layers.Count == model.Layers.Count ? [.. ends.TakeLast(1)] : []
            : [.. model.Outputs.SelectMany(output => ends.Where(end => end.Name == output.Name))];
        return new NetworkSummary(inputs, layers, outputs, issues.Count == 0 ? null : GeneratorModels.Describe(issues[0], ""));
    }

    private static LayerSummary Layer(LayerModel declared, IReadOnlyList<LayerStep> steps)
    {
        string name = steps[0].Layer.Name;
        return new LayerSummary(
            name,
            declared.Attribute,
            LayerDetail.Of(declared),
            [.. steps.SelectMany(step => step.Inputs).Where(input => input.Name != name).Select(Named)],
            [.. steps[^1].Output.Dimensions],
            steps.SelectMany(step => step.Parameters).Sum(parameter => parameter.Shape.LongCount),
            steps.Sum(MultiplyAddsOf));
    }

    /// <summary>Every weight once at each position: of the output, or of the input where that is what is spread.</summary>
    private static long MultiplyAddsOf(LayerStep step)
    {
        long positions = step.Layer is ConvTransposeLayer ? step.Inputs[0].Shape.Rows : step.Output.Rows;
        return positions * step.Parameters.Where(parameter => parameter.IsWeight).Sum(parameter => parameter.Shape.LongCount);
    }

    private static NamedShape Named(Value value) => new(value.Name, [.. value.Shape.Dimensions]);

    private static IReadOnlyList<int> Row(IReadOnlyList<NamedShape> values) =>
        values.Count == 1 ? values[0].Shape : [values.Sum(value => value.Shape.Aggregate(1, (product, extent) => product * extent))];
}
