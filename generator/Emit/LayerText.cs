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
        string input = "input " + string.Join(" ", model.InputShape.Select(CSharpLiteral.Of));
        return string.Join("\n", new[] { input }.Concat(model.Layers.Select(layer => "layer " + ArgumentText.Of(layer))));
    }
}
