using GeneratedNetworks.Generator.Model;

namespace GeneratedNetworks.Generator.Graph;

internal sealed record NetworkGraph(NetworkModel Model);
