using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Parsing;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What a registration says of an attribute's arguments is what the attribute takes, and what a model text says of them comes back.</summary>
public sealed class LayerSchemaTests
{
    public static TheoryData<string> Layers => [.. LayerRegistry.Layers.Select(layer => layer.Attribute)];

    [Theory]
    [MemberData(nameof(Layers))]
    public void TheSchemaIsTheAttributes(string layer)
    {
        LayerRegistration registration = LayerRegistry.Find(layer)!;
        Type type = typeof(LayerAttribute).Assembly.GetType($"GeneratedNetworks.{layer}Attribute", throwOnError: true)!;

        // A size for all axes, or one for each, is a constructor of its own.
        bool hasExtents = registration.Arguments.Any(argument => argument.Kind == ArgumentKind.Extents);
        ConstructorInfo[] constructors = type.GetConstructors();
        Assert.Equal(hasExtents ? 2 : 1, constructors.Length);
        ConstructorInfo constructor = constructors.First(candidate => !hasExtents || candidate.GetParameters().All(parameter => !parameter.ParameterType.IsArray));
        ParameterInfo[] parameters = constructor.GetParameters();
        Assert.All(constructors, other => Assert.Equal(parameters.Select(Described), other.GetParameters().Select(Described)));
        Assert.Equal(
            parameters.Select(parameter => $"{parameter.Name} {NameOf(parameter.ParameterType)} {(parameter.HasDefaultValue ? Text(parameter) : "")}"),
            registration.Arguments.Where(argument => argument.IsPositional)
                .Select(argument => $"{argument.Name} {(argument.Kind == ArgumentKind.Extents ? "Int" : NameOf(argument))} {argument.DefaultText}"));

        object instance = constructor.Invoke([.. parameters.Select(parameter => parameter.HasDefaultValue
            ? parameter.ParameterType.IsEnum ? Enum.ToObject(parameter.ParameterType, parameter.DefaultValue!) : parameter.DefaultValue
            : parameter.ParameterType.IsArray ? Array.CreateInstance(parameter.ParameterType.GetElementType()!, 0) : Activator.CreateInstance(parameter.ParameterType))]);
        Assert.Equal(registration.IsUnary, type.GetProperty("From") is { CanWrite: true });
        PropertyInfo[] properties = [.. type.GetProperties().Where(property => property.CanWrite && property.Name is not ("Name" or "From"))];
        Assert.Equal(
            properties.Select(property => $"{property.Name} {NameOf(property.PropertyType)} {Text(property.GetValue(instance))}").Order(),
            registration.Arguments.Where(argument => !argument.IsPositional).Select(argument => $"{argument.Name} {NameOf(argument)} {argument.DefaultText}").Order());

        // Positional ones first, as the constructor has them.
        Assert.Equal(registration.Arguments.OrderByDescending(argument => argument.IsPositional), registration.Arguments);
    }

    [Theory]
    [InlineData("Dense units=32 activation=Relu UseBias=false Initializer=HeNormal Frozen=true Name=\"fc\"")]
    [InlineData("Dropout rate=0.25")]
    [InlineData("Dropout rate=0")]
    [InlineData("Activation activation=Softmax")]
    [InlineData("Flatten")]
    [InlineData("Clip minimum=-1 maximum=3")]
    [InlineData("Clip maximum=0.1")]
    [InlineData("Clip maximum=0.30000000000000004")]
    [InlineData("Clip minimum=-Infinity maximum=3")]
    [InlineData("Normalize Clip=5 Name=\"observation\"")]
    [InlineData("Dense units=3 From=\"x\"")]
    [InlineData("Add from=\"a\",\"b\" Activation=Relu")]
    [InlineData("Reshape shape=4,2")]
    [InlineData("MaxPool2D size=2 Stride=1 Padding=Same")]
    [InlineData("AveragePool2D size=3,2 Strides=2,1 Pads=1,1,0,1 CeilMode=true CountPadding=true")]
    [InlineData("LayerNorm Epsilon=0.001 LastAxes=2 UseScale=false")]
    [InlineData("PRelu Shared=true")]
    [InlineData("Dense units=3 PerStep=true")]
    public void TextComesBack(string text)
    {
        ModelTextLine words = new(text);
        LayerRegistration layer = LayerRegistry.Find(words.Word())!;
        Assert.Equal(text, ArgumentText.Of(new LayerModel(layer.Attribute, new(words.Arguments(layer)), 0)));
    }

    [Fact]
    public void ListsComeBack()
    {
        ArgumentSchema sizes = new("kernel", ArgumentKind.Ints), names = ArgumentSchema.Names("from");
        Assert.Equal(new EquatableArray<int>(3, -5), ArgumentText.Read(sizes, "3,-5"));
        Assert.Equal(new EquatableArray<string>("a", "b,c"), ArgumentText.Read(names, ["a", "b,c"]));
        Assert.Throws<FormatException>(() => ArgumentText.Read(sizes, "3,x"));
        Assert.Throws<FormatException>(() => ArgumentText.Read(names, "a"));
    }

    /// <summary>Its own file, the registry, and the diagnostics about it: nothing else of the generator has to know a layer by name.</summary>
    [Fact]
    public void ALayerIsNamedInFewFiles() => Assert.Equal(
        ["DiagnosticDescriptors.cs", "DropoutLayer.cs", "IssueIds.cs", "LayerRegistry.cs"],
        Directory.EnumerateFiles(Repository.PathOf("generator"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("Dropout", StringComparison.Ordinal))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static string NameOf(Type type) => type.IsEnum ? type.Name : type.Name switch
    {
        "Int32" => "Int",
        "Boolean" => "Bool",
        "Int32[]" => "Ints",
        "String[]" => "Strings",
        var name => name,
    };

    private static string NameOf(ArgumentSchema schema) => schema.EnumType?.Name ?? schema.Kind.ToString();

    private static string Text(ParameterInfo parameter) =>
        Text(parameter.ParameterType.IsEnum ? Enum.ToObject(parameter.ParameterType, parameter.DefaultValue!) : parameter.DefaultValue!);

    private static string Described(ParameterInfo parameter) => $"{parameter.Name} {(parameter.HasDefaultValue ? Text(parameter) : "")}";

    private static string Text(object? value) => value is bool flag ? flag ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
