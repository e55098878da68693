using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Parsing;
using GeneratedNetworks.Generator.Planning;
using Microsoft.CodeAnalysis;

namespace GeneratedNetworks.Generator;

/// <summary>Reports the errors that stop emission, from the branch of the pipeline that knows places.</summary>
internal static class ErrorReport
{
    public static void Report(SourceProductionContext context, ParsedNetwork network, EquatableArray<NameClash> clashes)
    {
        foreach (LocatedIssue located in network.Errors)
            context.ReportDiagnostic(located.ToDiagnostic());

        if (network.Declaration is not { } declaration)
            return;

        string key = NameClashes.Key(declaration.Model.Type);
        foreach (NameClash clash in clashes.Where(clash => clash.Key == key))
        {
            Issue issue = Issue.Create(IssueIds.NamesDifferInCase, -1, clash.Name, clash.Other);
            context.ReportDiagnostic(new LocatedIssue(issue, network.NamePlace).ToDiagnostic());
        }

        if (declaration.HasErrors)
            return;

        List<Issue> issues = [];
        NetworkGraph? graph = ShapeInference.Infer(declaration.Model, issues, context.CancellationToken);

        if (graph is not null)
            issues.AddRange(PlanRules.ErrorsOf(graph, context.CancellationToken));
        foreach (Issue issue in issues)
            context.ReportDiagnostic(new LocatedIssue(issue, network.PlaceOf(issue)).ToDiagnostic());
    }

    public static void ReportOrphan(SourceProductionContext context, ParsedNetwork network)
    {
        foreach (LocatedIssue error in network.Errors)
            context.ReportDiagnostic(error.ToDiagnostic());
        if (network.Declaration is { } declaration)
            EmittedOutcome.AddSurface(context, declaration.Model);
    }
}
