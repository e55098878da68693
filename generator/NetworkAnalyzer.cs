using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Parsing;
using GeneratedNetworks.Generator.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GeneratedNetworks.Generator;

/// <summary>Reports warnings and infos. It has no rule of its own: it runs the generator's stages and says what the planner noted.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        DiagnosticDescriptors.All.Where(descriptor => descriptor.DefaultSeverity != DiagnosticSeverity.Error && descriptor.Id != IssueIds.OtherPrecision).ToImmutableArray();

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            // Read once a compilation, and only where a network asks for one. Notes need no numbers.
            ImmutableArray<AdditionalText> texts = start.Options.AdditionalFiles;
            CancellationToken cancellation = start.CancellationToken;
            Lazy<ImmutableArray<ModelFile>> files = new(() => texts
                .Select(text => ModelFiles.Read(text, withElements: false, cancellation))
                .Where(file => file is not null)
                .Select(file => file!)
                .ToImmutableArray());
            ConcurrentBag<NanoNetwork> nano = [];
            start.RegisterSymbolAction(context => Analyze(context, files, nano), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(context => ReportTogether(context, nano));
        });
    }

    private static void Analyze(SymbolAnalysisContext context, Lazy<ImmutableArray<ModelFile>> files, ConcurrentBag<NanoNetwork> nano)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        AttributeData? attribute = type.GetAttributes()
            .FirstOrDefault(candidate => AttributeNames.Is(candidate.AttributeClass, AttributeNames.Network));
        if (attribute?.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).Parent?.Parent is not TypeDeclarationSyntax declaration)
            return;

        // Without the check for taken members: here the generated half is among them.
        ParsedNetwork? parsed = NetworkParser.Parse(type, declaration, context.Compilation, checkMembers: false, context.CancellationToken);
        if (parsed?.Declaration is { Model.IsEmbedded: true })
            parsed = ModelFiles.Resolve(parsed, files.Value);
        if (parsed?.Declaration is not { HasErrors: false } network)
            return;
        NetworkGraph? graph = ShapeInference.Infer(network.Model, [], context.CancellationToken);
        if (graph is null)
            return;
        NetworkPlan plan = Planner.Plan(graph, context.CancellationToken);
        foreach (Issue note in plan.Notes)
            context.ReportDiagnostic(DiagnosticDescriptors.Create(note, parsed.PlaceOf(note).ToLocation(declaration.SyntaxTree)));
        if (NanoLimits.Concerns(graph))
            nano.Add(new(type.Name, NanoLimits.BytesOf(plan), parsed.PlaceOf(NanoLimits.AttributeOf(network.Model)).ToLocation(declaration.SyntaxTree)));
    }

    /// <summary>At the largest, which is the first to be moved.</summary>
    private static void ReportTogether(CompilationAnalysisContext context, IEnumerable<NanoNetwork> networks)
    {
        NanoNetwork[] sorted = [.. networks.OrderByDescending(network => network.Bytes).ThenBy(network => network.Name, StringComparer.Ordinal)];
        if (NanoLimits.WarningOf([.. sorted.Select(network => (network.Name, network.Bytes))]) is { } warning)
            context.ReportDiagnostic(DiagnosticDescriptors.Create(warning, sorted[0].Place));
    }

    private sealed record NanoNetwork(string Name, long Bytes, Location Place);
}
