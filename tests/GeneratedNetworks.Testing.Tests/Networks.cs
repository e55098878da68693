namespace GeneratedNetworks.Testing.Tests;

[GeneratedNetwork(2)]
[Dense(3, Activation.Relu)]
internal sealed partial class Outer;

internal static partial class Container
{
    [GeneratedNetwork(1)]
    [Dense(1)]
    internal sealed partial class Inner;
}
