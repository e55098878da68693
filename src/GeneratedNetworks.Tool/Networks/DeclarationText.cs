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
        string precision = declaration.Precision == Precision.Single ? "" : $"Precision = Precision.{declaration.Precision}";
        string shape = model.Inputs.Count == 0 ? Numerals(model.InputShape!) : "";
        List<string> lines = ["[GeneratedNetwork" + InBrackets([shape, precision]) + "]"];
        lines.AddRange(model.Inputs.Select(input => $"[Input({Literal(ImportedArguments.NameOfInput(input))}, {Numerals(input.Shape)})]"));
        lines.AddRange(model.Layers.Select((layer, i) => $"[{layer.Attribute}{Arguments(layer, ImportedArguments.DefaultName(model, i))}]"));
        lines.AddRange(model.Outputs.Select(output => $"[Output({Literal(ImportedArguments.NameOfOutput(output))})]"));
        if (weights is not null)
            lines.Add($"[Weights({Literal(weights)})]");
        if (declaration.Training is { } training)
            lines.Add($"[Training(Loss.{training.Loss}{(training.Optimizer == default ? "" : $", Optimizer.{training.Optimizer}")})]");
        string sizes = $"{Numbers.Shapes(summary.Inputs)} → {Numbers.Shapes(summary.Outputs)}, {Numbers.Count(summary.Parameters)} parameters";
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

    /// <summary>Parameters of an attribute's constructor are written by place, up to the last that is not what it would be anyway; properties by name.</summary>
    private static string Arguments(ImportedLayer layer, string defaultName)
    {
        LayerRegistration? registration = LayerRegistry.Find(layer.Attribute);
        List<string> placed = [];
        int needed = 0;
        foreach (ArgumentSchema schema in registration?.Arguments.Where(schema => schema.IsPositional) ?? [])
        {
            object? value = layer.Get<object?>(schema.Name, null);
            placed.Add(value is null ? Literal(schema.Default!) : Placed(schema, value));
            if (value is not null && !IsDefault(schema, value))
                needed = placed.Count;
        }

        IEnumerable<string> named =
            from argument in layer.Arguments
            where char.IsUpper(argument.Key[0])
            where argument.Key == LayerRegistration.NameArgument.Name ? !argument.Value.Equals(defaultName) : !IsDefault(registration?.Find(argument.Key), argument.Value)
            select $"{argument.Key} = {Literal(argument.Value)}";
        return InBrackets([.. placed.Take(needed), .. named]);
    }

    private static bool IsDefault(ArgumentSchema? schema, object value) => schema?.Default is { } usual
        && Convert.ToString(usual, CultureInfo.InvariantCulture) == Convert.ToString(value, CultureInfo.InvariantCulture);

    /// <summary>Of a parameter that takes any number of values, each is one of its own: no other list stands in a constructor but for a window's size.</summary>
    private static string Placed(ArgumentSchema schema, object value) => (schema.Kind, value) switch
    {
        (ArgumentKind.Ints, int[] numbers) => Numerals(numbers),
        (ArgumentKind.Strings, string[] names) => string.Join(", ", names.Select(Literal)),
        _ => Literal(value),
    };

    private static string InBrackets(IEnumerable<string> arguments) => string.Join(", ", arguments.Where(argument => argument.Length > 0)) is { Length: > 0 } all ? $"({all})" : "";

    private static string Numerals(IEnumerable<int> numbers) => string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static string Literal(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        Enum name => $"{name.GetType().Name}.{name}",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        int[] numbers => $"new[] {{ {Numerals(numbers)} }}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{value.GetType()} is no argument of a layer.", nameof(value)),
    };
}
