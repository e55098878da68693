using GeneratedNetworks.Generator.Diagnostics;
using GeneratedNetworks.Generator.Graph;
using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Planning;

/// <param name="Notes">Infos for the analyzer: what was not unrolled, and why.</param>
internal sealed record NetworkPlan(NetworkGraph Graph, EquatableArray<Issue> Notes);
