using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Issues;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>Whether an assembly of nanoFramework can hold the parameters that its networks embed.</summary>
internal static class NanoLimits
{
    /// <summary>Bytes that a network adds to the table, or 0 where it goes to another runtime.</summary>
    public static long BytesOf(NetworkPlan plan) => plan.Graph.Model.Options.IsNano ? Footprint.ConstantBytes(plan) : 0;

    /// <summary>Whether a graph need be planned to know that it keeps the limit.</summary>
    public static bool Concerns(NetworkGraph graph) => graph.Model.Options.IsNano && graph.Embedded is not null;

    /// <summary>An error for a network that no assembly can hold.</summary>
    public static Issue? ErrorOf(NetworkPlan plan) => BytesOf(plan) is > SizeLimits.NanoConstantBytes and var bytes
        ? Issue.Create(IssueIds.NanoConstants, AttributeOf(plan.Graph.Model), plan.Graph.Model.Type.Name, Text(bytes), Text(SizeLimits.NanoConstantBytes))
        : null;

    /// <summary>A warning where an assembly's networks, each small enough, are too large together.</summary>
    /// <param name="networks">Name and bytes of those that embed parameters.</param>
    public static Issue? WarningOf(IReadOnlyList<(string Name, long Bytes)> networks)
    {
        long sum = networks.Sum(network => network.Bytes);
        if (sum <= SizeLimits.NanoConstantBytes - SizeLimits.NanoSignatureBytes || networks.Any(network => network.Bytes > SizeLimits.NanoConstantBytes))
            return null;
        string list = string.Join(", ", networks.Select(network => $"{network.Name} {Text(network.Bytes)}"));
        return Issue.Create(IssueIds.NanoConstantsTogether, -1, Text(sum), list, Text(SizeLimits.NanoConstantBytes), Text(SizeLimits.NanoSignatureBytes));
    }

    /// <summary>Which of a declaration's attributes embeds parameters.</summary>
    public static int AttributeOf(NetworkModel model) => (model.Weights ?? model.Architecture)?.AttributeIndex ?? -1;

    private static string Text(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
