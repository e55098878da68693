using System.Globalization;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Output;
using Microsoft.CodeAnalysis.CSharp;

namespace GeneratedNetworks.Tool.Networks;

/// <summary>The user's half of a class: with attributes for a project that runs the generator, bare beside a file that <c>emit</c> wrote.</summary>
/// <remarks>In words that C# 7.3 knows, since Unity and nanoFramework compile no more than C# 9.</remarks>
internal static class DeclarationText
{
    /// <summary>The class that the generator makes the model of.</summary>
    /// <param name="model">With layers.</param>
    /// <param name="summary">The same, summed up.</param>
    /// <param name="source">The model's file.</param>
    /// <param name="declaration">The class.</param>
    /// <param name="weights">The file with its parameters, or null where it has none.</param>
    public static string WithAttributes(ImportedModel model, NetworkSummary summary, string source, Declaration declaration, string? weights)
    {
        string precision = declaration.Precision == Precision.Single ? "" : $", Precision = Precision.{declaration.Precision}";
        List<string> lines = ["[GeneratedNetwork(" + string.Join(", ", model.InputShape!.Select(Literal)) + precision + ")]"];
        lines.AddRange(model.Layers.Select((layer, i) => $"[{layer.Attribute}{Arguments(layer, DefaultName(model, i))}]"));
        if (weights is not null)
            lines.Add($"[Weights({Literal(weights)})]");
        if (declaration.Training is { } training)
            lines.Add($"[Training(Loss.{training.Loss}{(training.Optimizer == default ? "" : $", Optimizer.{training.Optimizer}")})]");
        string sizes = $"{Numbers.Shape(summary.Input)} → {Numbers.Shape(summary.Output)}, {Numbers.Count(summary.Parameters)} parameters";
        return "using GeneratedNetworks;\n\n" + Class(declaration, $"From {source} ({model.Format}): {sizes}.", lines);
    }

    /// <summary>The half that makes an emitted class public.</summary>
    public static string Bare(Declaration declaration, string source) =>
        Class(declaration, $"The network of {source}. The other half is in {declaration.Name}.g.cs.", []);

    private static string Class(Declaration declaration, string comment, IReadOnlyList<string> attributes)
    {
        string[] lines = ["// " + Printable.Line(comment), .. attributes, $"{declaration.Modifiers} {declaration.Name}", "{", "}"];
        return declaration.Namespace.Length == 0
            ? string.Concat(lines.Select(line => line + "\n"))
            : $"namespace {declaration.Namespace}\n{{\n{string.Concat(lines.Select(line => $"    {line}\n"))}}}\n";
    }

    /// <summary>Parameters of an attribute's constructor are in lower case and written by place, properties in upper case and by name.</summary>
    private static string Arguments(ImportedLayer layer, string defaultName)
    {
        string[] arguments =
        [
            .. layer.Arguments
                .Where(argument => !IsDefault(layer, argument, defaultName))
                .OrderBy(argument => char.IsUpper(argument.Key[0]))
                .Select(argument => (char.IsUpper(argument.Key[0]) ? argument.Key + " = " : "") + Literal(argument.Value)),
        ];
        return arguments.Length == 0 ? "" : $"({string.Join(", ", arguments)})";
    }

    private static bool IsDefault(ImportedLayer layer, KeyValuePair<string, object> argument, string defaultName)
    {
        if (argument.Key == LayerRegistration.NameArgument.Name)
            return argument.Value is string name && name == defaultName;
        return LayerRegistry.Find(layer.Attribute)?.Find(argument.Key)?.Default is { } usual
            && Convert.ToString(usual, CultureInfo.InvariantCulture) == Convert.ToString(argument.Value, CultureInfo.InvariantCulture);
    }

    /// <summary>What the layer is called where it has no name: its kind and its number among them.</summary>
    private static string DefaultName(ImportedModel model, int index)
    {
        string word = Word(model.Layers[index]);
        return word + Literal(model.Layers.Take(index + 1).Count(layer => Word(layer) == word));

        static string Word(ImportedLayer layer) => LayerRegistry.Find(layer.Attribute)?.NameWithoutNumber ?? layer.Attribute;
    }

    private static string Literal(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Literal(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        Enum name => $"{name.GetType().Name}.{name}",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{value.GetType()} is no argument of a layer.", nameof(value)),
    };
}
