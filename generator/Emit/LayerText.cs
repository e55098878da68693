using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit;

/// <summary>
/// The layers of a network as one constant of the generated class, in the words of a model text: attributes leave no trace in an assembly, and a tool
/// that looks into one wants to know what it finds.
/// </summary>
internal static class LayerText
{
    public static string Of(NetworkModel model)
    {
        IEnumerable<string> inputs = model.Inputs.Count == 0
            ? ["input" + Sizes(model.InputShape)]
            : model.Inputs.Select(input => $"input{Sizes(input.Shape)} {Twice(input.Name)}");
        IEnumerable<string> outputs = model.Outputs.Select(output => $"output {Twice(output.Name)}");
        return string.Join("\n", [.. inputs, .. outputs, .. model.Layers.Select(layer => "layer " + ArgumentText.Of(layer))]);
    }

    private static string Sizes(EquatableArray<int> shape) => string.Concat(shape.Select(extent => " " + CSharpLiteral.Of(extent)));

    /// <summary>What a file calls it, and what layers call it: here both are one.</summary>
    private static string Twice(string name) => $"\"{name}\" \"{name}\"";
}
