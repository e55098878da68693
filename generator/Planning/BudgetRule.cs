using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Whether a network keeps within the limits that its declaration sets.</summary>
internal static class BudgetRule
{
    /// <summary>One error for all that is exceeded: by how much, and what takes it, the largest first.</summary>
    public static Issue? ErrorOf(NetworkPlan plan)
    {
        if (plan.Graph.Model.Budget is not { } budget)
            return null;
        Footprint footprint = new(plan);
        string[] excesses =
        [
            .. Excess(nameof(budget.Parameters), "", budget.Parameters, footprint.Parameters),
            .. Excess(nameof(budget.Bytes), " bytes", budget.Bytes, footprint.Constants),
            .. Excess(nameof(budget.ForwardBytes), " bytes", budget.ForwardBytes, footprint.Forward),
            .. Excess(nameof(budget.TrainingBytes), " bytes", budget.TrainingBytes, footprint.Training),
            .. Excess(nameof(budget.MultiplyAdds), "", budget.MultiplyAdds, footprint.MultiplyAdds),
        ];
        return excesses.Length == 0 ? null : Issue.Create(IssueIds.BudgetExceeded, budget.AttributeIndex, plan.Graph.Model.Type.Name, string.Join("; ", excesses));
    }

    private static IEnumerable<string> Excess(string name, string unit, long? limit, IReadOnlyList<Share> shares)
    {
        long total = Footprint.Total(shares);
        if (limit is not { } most || total <= most)
            yield break;
        IEnumerable<string> parts = shares.OrderByDescending(share => share.Amount)
            .Select(share => $"{share.Name} {Text(share.Amount)} ({(100.0 * share.Amount / total).ToString("0", CultureInfo.InvariantCulture)} %)");
        yield return $"{name} is {Text(total)}{unit}, {Text(total - most)} more than the {Text(most)} allowed: {string.Join(", ", parts)}";
    }

    private static string Text(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
