using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Output;
using ModelFile = GeneratedNetworks.Generator.Model.ModelFile;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>One layer as it is declared.</summary>
/// <param name="Name">"dense1".</param>
/// <param name="Kind">The attribute: "Dense".</param>
/// <param name="Detail">What it does beside that: "Relu", "rate 0.25"; or null.</param>
/// <param name="Output">The shape behind it.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="MultiplyAdds">For one sample.</param>
internal sealed record LayerSummary(string Name, string Kind, string? Detail, IReadOnlyList<int> Output, long Parameters, long MultiplyAdds);

/// <summary>A network as far as its layers tell.</summary>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Layers">In the order in which they run.</param>
/// <param name="Problem">Why the generator would not take it, or null.</param>
internal sealed record NetworkSummary(IReadOnlyList<int> Input, IReadOnlyList<LayerSummary> Layers, string? Problem)
{
    // Any would do: no layer's size depends on it.
    private const GeneratedNetworks.EmitProfile Profile = GeneratedNetworks.EmitProfile.Scalar;

    public long Parameters => Layers.Sum(layer => layer.Parameters);

    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    public IReadOnlyList<int> Output => Layers.Count == 0 ? Input : Layers[^1].Output;

    public static NetworkSummary Of(ImportedModel model) => Of(GeneratorModels.ReadLayers(model));

    public static NetworkSummary Of(ModelFile file)
    {
        Declaration any = new("Net", "", default, null, false);
        NetworkModel model = GeneratorModels.Of(file, any, Profile, ProfileOptions.Of(Profile));
        model = model with { Architecture = null, Layers = new(file.Layers.Select((layer, i) => layer with { AttributeIndex = i })) };
        List<Issue> issues = [];
        ShapeInference.Infer(model, issues, CancellationToken.None);

        List<LayerSummary> layers = [];
        foreach (IGrouping<int, LayerStep> declared in LayerWalk.Of(file).GroupBy(step => step.Declared))
        {
            (long Count, bool IsWeight)[] parameters =
            [
                .. declared.SelectMany(step => step.Parameters)
                    .Select(parameter => (parameter.Shape.Dimensions.Aggregate(1L, (product, extent) => product * extent), parameter.IsWeight)),
            ];
            LayerModel layer = model.Layers[declared.Key];
            layers.Add(new LayerSummary(
                declared.First().Layer.Name,
                layer.Attribute,
                Limits(layer) ?? Detail(layer),
                [.. declared.Last().Output.Dimensions],
                parameters.Sum(parameter => parameter.Count),
                parameters.Sum(parameter => parameter.IsWeight ? parameter.Count : 0)));
        }

        return new NetworkSummary([.. file.InputShape], layers, issues.Count == 0 ? null : GeneratorModels.Describe(issues[0], ""));
    }

    /// <summary>Between which numbers a layer keeps its values, or null.</summary>
    private static string? Limits(LayerModel layer)
    {
        return layer.Attribute switch
        {
            "Clip" => $"{Text("minimum") ?? "-Infinity"} to {Text("maximum") ?? "Infinity"}",
            "Normalize" when Text("Clip") is { } limit => $"clip {limit}",
            _ => null,
        };

        string? Text(string name) =>
            layer.Arguments.FirstOrDefault(argument => argument.Name == name)?.Value is double value ? Numbers.Short(value) : null;
    }

    /// <summary>What the attribute is given besides sizes, which the shape tells: "Relu", "rate 0.25".</summary>
    private static string? Detail(LayerModel layer)
    {
        IEnumerable<string> words =
            from schema in LayerRegistry.Find(layer.Attribute)!.Arguments
            where schema.IsPositional
            let value = layer.Arguments.LastOrDefault(argument => argument.Name == schema.Name)?.Value
            where value is not null
            let word = schema.Kind switch
            {
                ArgumentKind.Enum => Enum.GetName(schema.EnumType!, value) is { } choice && choice != schema.DefaultText ? choice : null,
                ArgumentKind.Double => FormattableString.Invariant($"{schema.Name} {value}"),
                _ => null,
            }
            where word is not null
            select word;
        return string.Join(", ", words) is { Length: > 0 } detail ? detail : null;
    }
}
