using System;
using System.Globalization;
using System.Linq;
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
        return string.Join("\n", new[] { input }.Concat(model.Layers.Select(Line)));
    }

    private static string Line(LayerModel layer) => "layer " + layer.Attribute + string.Concat(layer.Arguments
        .Where(argument => argument.Value is not null)
        .Select(argument => $" {argument.Name}={Value(argument)}"));

    private static string Value(Argument argument) => argument.Value switch
    {
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        double number => number.ToString("G17", CultureInfo.InvariantCulture),
        int number when argument.Name == "activation" => ((Activation)number).ToString(),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        var other => other!.ToString(),
    };
}
