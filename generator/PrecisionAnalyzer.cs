using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GeneratedNetworks.Generator;

/// <summary>
/// Says why a call of a network does not compile where numbers have another precision than the network. The compiler speaks of spans that cannot be
/// converted, or of type arguments that cannot be inferred.
/// </summary>
/// <remarks>Only calls that the compiler rejects are looked at, and only those of the names that take numbers are bound to find that out.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PrecisionAnalyzer : DiagnosticAnalyzer
{
    private const int LongestText = 40;

    private static readonly HashSet<string> TakeNumbers =
    [
        "Forward", "Predict", "SetParameters", "GetParameters", "CopyFrom", "Step", "Loss", "Backward", "BackwardFrom", "SetGradients", "GetGradients",
        "CheckGradients", "Fit", "Adapt",
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(DiagnosticDescriptors.OtherPrecision);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.InvocationExpression);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        InvocationExpressionSyntax call = (InvocationExpressionSyntax)context.Node;
        if (call.Expression is not MemberAccessExpressionSyntax access || !TakeNumbers.Contains(access.Name.Identifier.ValueText)
            || context.SemanticModel.GetSymbolInfo(call, context.CancellationToken).Symbol is not null
            || Network(access.Expression, context) is not { } network)
        {
            return;
        }

        AttributeData attribute = network.GetAttributes().First(candidate => AttributeNames.Is(candidate.AttributeClass, AttributeNames.Network));
        bool isDouble = new AttributeReader(attribute).Int("Precision") == (int)Precision.Double;
        SpecialType other = isDouble ? SpecialType.System_Single : SpecialType.System_Double;
        ExpressionSyntax? argument = call.ArgumentList.Arguments
            .Select(candidate => candidate.Expression)
            .FirstOrDefault(candidate => IsOf(candidate, other, context.SemanticModel, context.CancellationToken));
        if (argument is null)
            return;
        (string mine, string found) = isDouble ? ("double", "float") : ("float", "double");
        string remedy = isDouble
            ? "write double in place of float, or remove Precision = Precision.Double from [GeneratedNetwork]"
            : "write float in place of double and an f behind numbers, as in 0.5f, or write Precision = Precision.Double in [GeneratedNetwork]";
        string text = argument.ToString();
        text = text.Length > LongestText ? text.Substring(0, LongestText) + "…" : text;
        Issue issue = Issue.Create(IssueIds.OtherPrecision, -1, network.Name, mine, text, found, remedy);
        context.ReportDiagnostic(DiagnosticDescriptors.Create(issue, argument.GetLocation()));
    }

    /// <summary>The network whose member an expression offers: its class, an object of it, or of its trainer.</summary>
    private static INamedTypeSymbol? Network(ExpressionSyntax receiver, SyntaxNodeAnalysisContext context)
    {
        ITypeSymbol? type = context.SemanticModel.GetSymbolInfo(receiver, context.CancellationToken).Symbol as ITypeSymbol
            ?? context.SemanticModel.GetTypeInfo(receiver, context.CancellationToken).Type;
        for (INamedTypeSymbol? candidate = type as INamedTypeSymbol; candidate is not null; candidate = candidate.ContainingType)
        {
            if (candidate.GetAttributes().Any(attribute => AttributeNames.Is(attribute.AttributeClass, AttributeNames.Network)))
                return candidate;
        }

        return null;
    }

    /// <summary>Whether an argument is an array, a span or another collection of such numbers, or a list in brackets with one of them.</summary>
    private static bool IsOf(ExpressionSyntax argument, SpecialType number, SemanticModel model, CancellationToken cancellation) =>
        model.GetTypeInfo(argument, cancellation).Type switch
        {
            IArrayTypeSymbol array => array.ElementType.SpecialType == number,
            INamedTypeSymbol { TypeKind: not TypeKind.Error, TypeArguments: { Length: 1 } arguments } => arguments[0].SpecialType == number,

            // A list in brackets has no type of its own. A float in one for doubles is converted.
            null => number == SpecialType.System_Double && argument.DescendantNodes().OfType<ExpressionSyntax>()
                .Any(element => model.GetTypeInfo(element, cancellation).Type?.SpecialType == number),
            _ => false,
        };
}
