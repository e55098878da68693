using System.Globalization;
using System.Text.Json;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Import;
using GeneratedNetworks.Tool.Networks;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Tool.Tests.Support;

/// <summary>Imported models made of attributes as a user writes them, so that tests need no file.</summary>
internal static class Declared
{
    /// <summary>A model of one input, its parameters in canonical order.</summary>
    public static ImportedModel Model(int[] shape, string[] attributes, double[]? parameters = null) =>
        WithParameters(new("a test", shape, [.. attributes.Select(Layer)], []), parameters);

    /// <summary>The same model with these parameters; null: 1, 2, 3, … divided by 16.</summary>
    public static ImportedModel WithParameters(ImportedModel model, double[]? parameters)
    {
        List<ImportedTensor> tensors = [];
        int at = 0;
        foreach (LayerStep step in LayerWalk.Of(GeneratorModels.Plain(GeneratorModels.ReadLayers(model))))
        {
            foreach (Generator.Operations.ParameterBlock block in step.Parameters)
            {
                int count = block.Shape.Count;
                double[] values = parameters?[at..(at + count)] ?? [.. Enumerable.Range(at + 1, count).Select(i => i % 23 / 16.0)];
                tensors.Add(new(block.Name, [.. block.Shape.Dimensions], "F64", values));
                at += count;
            }
        }

        Assert.Equal(parameters?.Length ?? at, at);
        return model with { Tensors = tensors };
    }

    /// <summary>"[Conv2D(8, new[] { 3, 5 }, Padding = Padding.Same)]".</summary>
    public static ImportedLayer Layer(string text)
    {
        MemberDeclarationSyntax declaration = SyntaxFactory.ParseMemberDeclaration(text + " class C { }")!;
        AttributeSyntax attribute = declaration.AttributeLists.Single().Attributes.Single();
        LayerRegistration registration = LayerRegistry.Find(attribute.Name.ToString())!;
        ArgumentSchema[] placed = [.. registration.Arguments.Where(schema => schema.IsPositional)];
        List<KeyValuePair<string, object>> arguments = [];
        List<object> list = [];
        int at = 0;
        foreach (AttributeArgumentSyntax argument in attribute.ArgumentList?.Arguments ?? [])
        {
            if (argument.NameEquals?.Name.ToString() is { } name)
            {
                arguments.Add(new(name, Value(registration.Find(name)!, argument.Expression)));
            }
            else if (placed[at].Kind is ArgumentKind.Ints or ArgumentKind.Strings)
            {
                list.Add(Value(placed[at], argument.Expression));
            }
            else
            {
                arguments.Add(new(placed[at].Name, Value(placed[at], argument.Expression)));
                at++;
            }
        }

        if (list.Count > 0)
            arguments.Add(new(placed[at].Name, list[0] is string ? list.Cast<string>().ToArray() : list.Cast<int>().ToArray()));
        return new ImportedLayer(registration.Attribute, arguments);
    }

    private static object Value(ArgumentSchema schema, ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: { } value } when schema.Kind == ArgumentKind.Double => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        LiteralExpressionSyntax { Token.Value: { } value } => value,
        PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax literal } => -Convert.ToDouble(literal.Token.Value, CultureInfo.InvariantCulture),
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions.Select(element => (int)((LiteralExpressionSyntax)element).Token.Value!).ToArray(),
        MemberAccessExpressionSyntax member => Enum.Parse(typeof(Activation).Assembly.GetType("GeneratedNetworks." + member.Expression)!, member.Name.ToString()),
        _ => throw new ArgumentException(expression.ToString(), nameof(expression)),
    };
}

/// <summary>A small network and what PyTorch computes of it in float64; <c>tests/Golden/Torch</c> makes them.</summary>
internal sealed record TorchCase(string Name, int[] Shape, string[] Layers, double[] Parameters, double[] Inputs, double[] Outputs)
{
    public static IReadOnlyList<TorchCase> All { get; } =
        JsonSerializer.Deserialize<TorchCase[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Torch", "layers.json")), JsonSerializerOptions.Web)!;

    /// <summary>Those of sequences that have one input and one output.</summary>
    public static IReadOnlyList<TorchCase> Sequences { get; } = [.. Read().Where(network => !network.Layers.Any(layer => layer.StartsWith("[Input(", StringComparison.Ordinal) || layer.StartsWith("[Output(", StringComparison.Ordinal)))];

    public ImportedModel Model => Declared.Model(Shape, Layers, Parameters);

    public void AssertOutputs(double[] actual, double tolerance)
    {
        Assert.Equal(Outputs.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.True(Math.Abs(actual[i] - Outputs[i]) <= tolerance * Math.Max(1, Math.Abs(Outputs[i])), $"{Name}, output {i}: expected {Outputs[i]:R}, got {actual[i]:R}");
    }

    private static TorchCase[] Read()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Torch", "sequences.json")));
        return document.RootElement.GetProperty("networks").Deserialize<TorchCase[]>(JsonSerializerOptions.Web)!;
    }
}
