using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Layers;
using Microsoft.CodeAnalysis;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>
/// Which attributes are ours. They are known by full name and never by assembly: on nanoFramework they come from the user's own source.
/// </summary>
internal static class AttributeNames
{
    public const string Namespace = "GeneratedNetworks";
    public const string Network = "GeneratedNetworkAttribute";
    public const string Training = "TrainingAttribute";
    public const string Weights = "WeightsAttribute";
    public const string Budget = "BudgetAttribute";
    public const string Input = "InputAttribute";
    public const string Output = "OutputAttribute";
    public const string NetworkMetadataName = $"{Namespace}.{Network}";

    private const string Layer = "LayerAttribute";
    private const string Suffix = "Attribute";

    /// <summary>The attributes that mean nothing without <c>[GeneratedNetwork]</c>.</summary>
    public static IEnumerable<string> DependentMetadataNames =>
        LayerRegistry.Layers.Select(layer => layer.Attribute + Suffix).Concat([Training, Weights, Budget, Input, Output]).Select(name => $"{Namespace}.{name}");

    public static bool Is(INamedTypeSymbol? type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name;

    public static bool IsLayer(INamedTypeSymbol? type)
    {
        for (INamedTypeSymbol? ancestor = type?.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (Is(ancestor, Layer))
                return true;
        }

        return false;
    }

    public static bool IsOurs(INamedTypeSymbol? type) => Is(type, Network) || Is(type, Training) || Is(type, Weights) || Is(type, Budget) || Is(type, Input) || Is(type, Output) || IsLayer(type);

    /// <summary>"Dense" for <c>DenseAttribute</c>.</summary>
    public static string ShortName(INamedTypeSymbol type) =>
        type.Name.EndsWith(Suffix, System.StringComparison.Ordinal) ? type.Name.Substring(0, type.Name.Length - Suffix.Length) : type.Name;
}
