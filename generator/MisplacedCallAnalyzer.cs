using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GeneratedNetworks.Generator;

/// <summary>
/// Says where a member is that a network does not have itself: at its trainer, for a static class at the object that it offers, or in a network of another
/// kind. The compiler speaks of type arguments that cannot be inferred, of a receiver of another type, or of no definition.
/// </summary>
/// <remarks>
/// Only what the compiler rejects is looked at, and what there is elsewhere is looked up, so that there is no list of it here; what only some networks have is
/// listed in <see cref="MembersOfKinds"/>.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MisplacedCallAnalyzer : DiagnosticAnalyzer
{
    private const string Trainer = "Trainer";
    private const string Instance = "Instance";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(DiagnosticDescriptors.MisplacedCall);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(AnalyzeCall, SyntaxKind.InvocationExpression);
        context.RegisterSemanticModelAction(AnalyzeKinds);
        context.RegisterSyntaxNodeAction(AnalyzeCreation, SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression);
    }

    private static void AnalyzeCall(SyntaxNodeAnalysisContext context)
    {
        InvocationExpressionSyntax call = (InvocationExpressionSyntax)context.Node;
        if (call.Expression is not MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } access
            || context.SemanticModel.GetSymbolInfo(call, context.CancellationToken).Symbol is not null)
        {
            return;
        }

        if (FindKind(context.SemanticModel, access, context.CancellationToken) is not null)
            return;
        bool isType = context.SemanticModel.GetSymbolInfo(access.Expression, context.CancellationToken).Symbol is ITypeSymbol;
        if (context.SemanticModel.GetTypeInfo(access.Expression, context.CancellationToken).Type is not INamedTypeSymbol network
            || !IsNetwork(network) || network.IsStatic != isType || Has(network))
        {
            return;
        }

        string member = name.Identifier.ValueText;
        if (network.IsStatic && network.GetMembers(Instance).OfType<IPropertySymbol>().FirstOrDefault() is { } instance && Has(instance.Type))
        {
            Report(context, name, $"'{network.Name}' is static and {member} is for objects: write {access.Expression}.{Instance}.{member}(…)");
            return;
        }

        string written = $"new {network.Name}.{Trainer}({(access.Expression is IdentifierNameSyntax ? access.Expression.ToString() : "network")}).{member}(…)";
        if (!network.IsStatic && network.GetTypeMembers(Trainer).FirstOrDefault() is { } trainer)
        {
            if (Has(trainer))
                Report(context, name, $"{member} belongs to the trainer: write {written}");
        }
        else if (!network.IsStatic && member is "Fit" or "Step" or "StepStreams" or "StepLengths" or "StepIds")
        {
            Report(context, name, $"{member} belongs to a trainer, and '{network.Name}' has none: write [Training(…)] on the class, with the loss to train by, and then {written}");
        }

        bool Has(ITypeSymbol type) =>
            context.SemanticModel.LookupSymbols(call.SpanStart, type, name.Identifier.ValueText, includeReducedExtensionMethods: true).Length > 0;
    }

    /// <summary>Says once for a file and a network which members its kind lacks, at the first of them: it is one fault, of the class.</summary>
    private static void AnalyzeKinds(SemanticModelAnalysisContext context)
    {
        SyntaxNode root = context.SemanticModel.SyntaxTree.GetRoot(context.CancellationToken);
        foreach (IGrouping<(INamedTypeSymbol Network, MembersOfKinds Kind), SimpleNameSyntax> missing in root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Select(access => (access.Name, Found: FindKind(context.SemanticModel, access, context.CancellationToken)))
            .Where(use => use.Found is not null)
            .GroupBy(use => use.Found!.Value, use => use.Name))
        {
            string[] members = [.. missing.Select(name => name.Identifier.ValueText).Distinct()];
            string what = missing.Key.Kind.Say(missing.Key.Network, members);
            context.ReportDiagnostic(DiagnosticDescriptors.Create(Issue.Create(IssueIds.MisplacedCall, -1, what), missing.First().GetLocation()));
        }
    }

    /// <summary>The network, and the kind that it is not of, where a member is one that only networks of that kind have; otherwise null.</summary>
    private static (INamedTypeSymbol Network, MembersOfKinds Kind)? FindKind(SemanticModel semantics, MemberAccessExpressionSyntax access, CancellationToken cancellation)
    {
        if (access.Name is not IdentifierNameSyntax name || MembersOfKinds.Find(name.Identifier.ValueText) is not { } kind
            || semantics.GetSymbolInfo(name, cancellation) is not { Symbol: null, CandidateSymbols.IsEmpty: true }
            || semantics.GetTypeInfo(access.Expression, cancellation).Type is not INamedTypeSymbol type)
        {
            return null;
        }

        INamedTypeSymbol network = type.Name == Trainer && type.ContainingType is { } around ? around : type;
        return IsNetwork(network) && kind.LackedBy(network) ? (network, kind) : null;
    }

    private static void AnalyzeCreation(SyntaxNodeAnalysisContext context)
    {
        if (context.SemanticModel.GetTypeInfo(context.Node, context.CancellationToken).Type is not INamedTypeSymbol { IsStatic: true } network || !IsNetwork(network))
            return;
        string instance = network.GetMembers(Instance).IsEmpty ? "" : $", or {network.Name}.{Instance}, which is the class as an object";
        Report(context, context.Node, $"'{network.Name}' is static, so that there is nothing to create: write {network.Name}.Forward(inputs, outputs){instance}");
    }

    private static bool IsNetwork(INamedTypeSymbol type) =>
        type.GetAttributes().Any(attribute => AttributeNames.Is(attribute.AttributeClass, AttributeNames.Network));

    private static void Report(SyntaxNodeAnalysisContext context, SyntaxNode place, string what) =>
        context.ReportDiagnostic(DiagnosticDescriptors.Create(Issue.Create(IssueIds.MisplacedCall, -1, what), place.GetLocation()));
}
