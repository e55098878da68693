using System.Threading;
using GeneratedNetworks.Generator.Graph;

namespace GeneratedNetworks.Generator.Planning;

internal static class Planner
{
    public static NetworkPlan Plan(NetworkGraph graph, CancellationToken cancellation) => new(graph, default);
}
