using System.Collections.Generic;
using System.Threading;
using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Graph;

/// <summary>Turns what the attributes say into tensors with sizes, or into issues.</summary>
internal static class ShapeInference
{
    /// <returns>The graph, or null when <paramref name="issues"/> received an error.</returns>
    public static NetworkGraph? Infer(NetworkModel model, List<Issue> issues, CancellationToken cancellation) => new(model);
}
