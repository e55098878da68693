using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Layers;
using GeneratedNetworks.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>
/// Attributes on a network that the compiler does not know, where they are layers of other libraries or misspelled: beside its error, which asks for a using
/// directive, stands what to write.
/// </summary>
internal static class UnknownLayers
{
    private const string Suffix = "Attribute";
    private const string Unsupported = "there is no such layer here";

    private static readonly string[] Others = ["Training", "Weights", "Budget", "Input", "Output"];

    /// <summary>Layers as other libraries call them, in any case: the name here, or what to do.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Linear"] = Meant("Dense"),
        ["FullyConnected"] = Meant("Dense"),
        ["Convolution1D"] = Meant("Conv1D"),
        ["Convolution2D"] = Meant("Conv2D"),
        ["ConvTranspose1D"] = Meant("Conv1DTranspose"),
        ["ConvTranspose2D"] = Meant("Conv2DTranspose"),
        ["BatchNormalization"] = Meant("BatchNorm"),
        ["BatchNorm1D"] = Meant("BatchNorm"),
        ["BatchNorm2D"] = Meant("BatchNorm"),
        ["LayerNormalization"] = Meant("LayerNorm"),
        ["Normalization"] = Meant("Normalize"),
        ["MaxPooling1D"] = Meant("MaxPool1D"),
        ["MaxPooling2D"] = Meant("MaxPool2D"),
        ["AveragePooling1D"] = Meant("AveragePool1D"),
        ["AveragePooling2D"] = Meant("AveragePool2D"),
        ["AvgPool1D"] = Meant("AveragePool1D"),
        ["AvgPool2D"] = Meant("AveragePool2D"),
        ["GlobalAveragePooling1D"] = Meant("GlobalAveragePool"),
        ["GlobalAveragePooling2D"] = Meant("GlobalAveragePool"),
        ["GlobalMaxPooling1D"] = Meant("GlobalMaxPool"),
        ["GlobalMaxPooling2D"] = Meant("GlobalMaxPool"),
        ["Concatenate"] = Meant("Concat"),
        ["Rnn"] = Meant("SimpleRnn"),
        ["TimeDistributed"] = "write PerStep = true in [Dense]",
        ["SeparableConv1D"] = "write [DepthwiseConv1D] and below it [Conv1D] with a kernel of 1, which compute the same",
        ["SeparableConv2D"] = "write [DepthwiseConv2D] and below it [Conv2D] with a kernel of 1, which compute the same",
        ["Bidirectional"] = "bidirectional layers are not supported",
        ["Conv3D"] = $"{Unsupported}, and windows have one axis or two",
        ["Attention"] = Unsupported,
        ["MultiHeadAttention"] = Unsupported,
        ["GroupNorm"] = $"{Unsupported}; [BatchNorm] and [LayerNorm] are",
        ["InstanceNorm2D"] = $"{Unsupported}; [BatchNorm] and [LayerNorm] are",
    };

    public static IEnumerable<LocatedIssue> Of(TypeDeclarationSyntax declaration, Compilation compilation, CancellationToken cancellation)
    {
        SemanticModel? semantics = null;
        foreach (AttributeSyntax attribute in declaration.AttributeLists.Where(list => list.Target is null).SelectMany(list => list.Attributes))
        {
            string name = (attribute.Name as SimpleNameSyntax ?? (attribute.Name as QualifiedNameSyntax)?.Right)?.Identifier.ValueText ?? "";
            if (name.EndsWith(Suffix, StringComparison.Ordinal))
                name = name.Substring(0, name.Length - Suffix.Length);
            if (Remedy(name) is not { } remedy)
                continue;
            semantics ??= compilation.GetSemanticModel(declaration.SyntaxTree);
            if (semantics.GetTypeInfo(attribute, cancellation).Type is null or { TypeKind: TypeKind.Error })
                yield return new(Issue.Create(IssueIds.UnknownLayer, -1, name, remedy), SourceSpan.From(attribute.Name));
        }
    }

    /// <summary>What to write for a name that is none of ours; null for one that is, and where nothing is like it.</summary>
    private static string? Remedy(string name)
    {
        string[] known = [.. LayerRegistry.Layers.Select(layer => layer.Attribute), .. Others];
        if (known.Contains(name) || name is "GeneratedNetwork" or "")
            return null;
        if (known.FirstOrDefault(candidate => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase)) is { } same)
            return Meant(same);
        if (Elsewhere.TryGetValue(name, out string? remedy))
            return remedy;
        string[] activations = Enum.GetNames(typeof(Activation));
        if ((OtherNames.Find(nameof(Activation), name) ?? activations.FirstOrDefault(candidate => string.Equals(candidate, name, StringComparison.OrdinalIgnoreCase))) is { } activation)
            return $"write [Activation(Activation.{activation})], or Activation.{activation} in the layer above";
        return Spelling.Nearest(name, known) is { } near ? Meant(near) : null;
    }

    private static string Meant(string name) => $"did you mean [{name}]?";
}
