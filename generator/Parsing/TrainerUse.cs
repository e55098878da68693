using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Issues;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GeneratedNetworks.Generator.Parsing;

/// <summary>
/// Finds the trainer of a network that has none. The compiler says only that there is no such type; what is missing is an attribute.
/// </summary>
internal static class TrainerUse
{
    private const string Trainer = "Trainer";

    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) =>
        node is QualifiedNameSyntax { Right: IdentifierNameSyntax { Identifier.ValueText: Trainer } };

    /// <returns>Null where the name is some type's, or its left part is no network without training.</returns>
    public static LocatedIssue? Find(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        QualifiedNameSyntax name = (QualifiedNameSyntax)context.Node;
        if (context.SemanticModel.GetSymbolInfo(name.Left, cancellation).Symbol is not INamedTypeSymbol type)
            return null;
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        if (!attributes.Any(attribute => AttributeNames.Is(attribute.AttributeClass, AttributeNames.Network))
            || attributes.Any(attribute => AttributeNames.Is(attribute.AttributeClass, AttributeNames.Training))
            || context.SemanticModel.GetSymbolInfo(name, cancellation).Symbol is not null)
            return null;
        string why = type.IsStatic
            ? "it is static, and its parameters cannot change: remove 'static' and write [Training(…)] on the class, with the loss to train by"
            : "it lacks [Training]: write it on the class, with the loss to train by, such as [Training(Loss.MeanSquaredError)]";
        return new(Issue.Create(IssueIds.NoTrainer, -1, type.Name, why), SourceSpan.From(name.Right));
    }

    /// <summary>Reports each network once, at its first use.</summary>
    public static void Report(SourceProductionContext context, ImmutableArray<LocatedIssue> uses)
    {
        foreach (IGrouping<Issue, LocatedIssue> network in uses.GroupBy(use => use.Issue))
            context.ReportDiagnostic(network.First().ToDiagnostic());
    }
}
