using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Errors that only a plan tells. What was declared can be had, and is emitted beside them.</summary>
internal static class PlanRules
{
    /// <summary>Plans nothing where there is nothing to be held against a plan.</summary>
    public static IEnumerable<Issue> ErrorsOf(NetworkGraph graph, CancellationToken cancellation)
    {
        if (!NanoLimits.Concerns(graph) && graph.Model.Budget is null)
            return [];
        NetworkPlan plan = Planner.Plan(graph, cancellation);
        return new[] { NanoLimits.ErrorOf(plan), BudgetRule.ErrorOf(plan) }.OfType<Issue>();
    }
}
