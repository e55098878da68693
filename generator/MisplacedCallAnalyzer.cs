using System.Collections.Immutable;
using System.Linq;
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
        context.RegisterSyntaxNodeAction(AnalyzeSize, SyntaxKind.SimpleMemberAccessExpression);
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

        if (ReportKind(context, access.Expression, name))
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

    /// <summary>A constant of networks that stream.</summary>
    private static void AnalyzeSize(SyntaxNodeAnalysisContext context)
    {
        MemberAccessExpressionSyntax access = (MemberAccessExpressionSyntax)context.Node;
        if (access.Parent is not InvocationExpressionSyntax && access.Name is IdentifierNameSyntax name)
            ReportKind(context, access.Expression, name);
    }

    /// <summary>Says of a member that only networks of a kind have what makes a network one; whether it did.</summary>
    private static bool ReportKind(SyntaxNodeAnalysisContext context, ExpressionSyntax receiver, IdentifierNameSyntax name)
    {
        if (MembersOfKinds.Find(name.Identifier.ValueText) is not { } kind || context.SemanticModel.GetSymbolInfo(name, context.CancellationToken) is not { Symbol: null, CandidateSymbols.IsEmpty: true }
            || context.SemanticModel.GetTypeInfo(receiver, context.CancellationToken).Type is not INamedTypeSymbol type)
        {
            return false;
        }

        INamedTypeSymbol network = type.Name == Trainer && type.ContainingType is { } around ? around : type;
        if (!IsNetwork(network) || kind.MissingIn(network) is not { } missing)
            return false;
        Report(context, name, $"{name.Identifier.ValueText} {missing}");
        return true;
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
