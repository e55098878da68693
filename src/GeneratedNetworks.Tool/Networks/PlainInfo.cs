using System.Globalization;
using GeneratedNetworks.Generator.Emit;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Import;
using Precision = GeneratedNetworks.Precision;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>What an imported model says of itself without being generated: its layers in the generator's words, by which saved files name their functions.</summary>
internal static class PlainInfo
{
    public static NetworkInfo Of<T>(ImportedModel model, NetworkParameter[] layout)
        where T : struct
    {
        NetworkModel network = GeneratorModels.Plain(GeneratorModels.ReadLayers(model));
        string[] rows =
        [
            Row("x", "Input", new Shape(model.InputShape!.ToArray()), 0),
            .. LayerWalk.Of(network).Select(step => Row(step.Layer.Name, step.Layer.Kind, step.Output, step.Parameters.Sum(parameter => parameter.Shape.Count))),
        ];
        Precision precision = typeof(T) == typeof(float) ? Precision.Single : Precision.Double;
        return new NetworkInfo("Net", precision, LayerText.Of(network), string.Join("\n", rows), layout);
    }

    private static string Row(string name, string kind, Shape shape, int parameters) =>
        string.Join("\t", name, kind, shape, parameters.ToString(CultureInfo.InvariantCulture), "", "");
}
