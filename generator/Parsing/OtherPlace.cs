using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>Where what other libraries take as an argument of a layer or of a model is written here: in the trainer, in the options of Fit, or as a layer.</summary>
internal static class OtherPlace
{
    private static readonly string[] OfEveryTrainer = ["L1", "L2", "ClipNorm"];

    /// <returns>What to write, for a message; <see langword="null"/> where no other place is known.</returns>
    public static string? Of(string name, AttributeArgumentSyntax argument, SemanticModel semantics, CancellationToken cancellation)
    {
        string wanted = Same(name, "Lr") ? "LearningRate" : name;
        string value = argument.Expression.ToString();
        IEnumerable<string> settings = OptimizerRule.All.SelectMany(rule => rule.Settings.Select(setting => setting.Name)).Concat(OfEveryTrainer);
        if (settings.FirstOrDefault(setting => Same(setting, wanted)) is { } found)
        {
            string suffix = semantics.GetConstantValue(argument.Expression, cancellation).Value is double && !value.EndsWith("d", StringComparison.OrdinalIgnoreCase)
                && !IsDouble(argument, semantics, cancellation) ? "f" : "";
            return $"it is a property of the trainer{With(found)}: new(network) {{ {found} = {value}{suffix} }}";
        }

        ITypeSymbol? options = semantics.Compilation.GetTypeByMetadataName($"{AttributeNames.Namespace}.FitOptions");
        if (options?.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property => property.SetMethod is not null && Same(property.Name, wanted)) is { } option)
            return $"it is a property of the options of Fit: new FitOptions {{ {option.Name} = {value} }}";
        if (LayerRegistry.Layers.FirstOrDefault(layer => Same(layer.Attribute, wanted)) is not { } layer)
            return null;

        // A single number is the same there; of more than that, only the form can be told.
        string written = value == "true" ? $"[{layer.Attribute}]"
            : layer.Arguments.Count == 1 && layer.Arguments[0].IsRequired ? $"[{layer.Attribute}({value})]"
            : $"it, as in {layer.Example},";
        return $"{layer.Attribute} is a layer of its own: write {written} on the next line";
    }

    /// <summary>Where a layer without an activation of its own gets one, as what is said of its attribute.</summary>
    public static string? OfActivation(INamedTypeSymbol attribute, AttributeArgumentSyntax argument, SemanticModel semantics, CancellationToken cancellation)
    {
        if (Of(nameof(Activation), argument, semantics, cancellation) is not { } place)
            return null;
        string[] positional = [.. argument.Parent!.ChildNodes().OfType<AttributeArgumentSyntax>().Where(other => other != argument && other.NameEquals is null).Select(other => other.Expression.ToString())];
        return attribute.BaseType?.Name == "RecurrentAttribute"
            ? $"has no activation to choose, its functions are sigmoid and tanh: [SimpleRnn({string.Join(", ", positional.Append(argument.Expression.ToString()))})] takes one, or, for what it gives, {place}"
            : $"takes no activation: {place}";
    }

    /// <summary>The optimizers whose trainers have a setting that others lack.</summary>
    private static string With(string setting)
    {
        string[] owners = [.. OptimizerRule.All.Where(rule => rule.Settings.Any(own => own.Name == setting)).Select(rule => $"Optimizer.{rule.Name}")];
        return owners.Length == 0 || owners.Length == OptimizerRule.All.Count ? "" : $" with {string.Join(" or ", owners)}";
    }

    private static bool IsDouble(AttributeArgumentSyntax argument, SemanticModel semantics, CancellationToken cancellation) =>
        argument.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
        && semantics.GetDeclaredSymbol(declaration, cancellation)?.GetAttributes().FirstOrDefault(attribute => AttributeNames.Is(attribute.AttributeClass, AttributeNames.Network)) is { } network
        && new AttributeReader(network).Int("Precision") == (int)Precision.Double;

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
