using System.Collections.Generic;

namespace GeneratedNetworks.Benchmarks.Networks;

/// <summary>The shapes of the tables, smallest first.</summary>
internal static class NetworkCases
{
    public static IReadOnlyList<NetworkCase> All { get; } =
        [Nets3x4x1.Case(), Nets2x16x16x2.Case(), Nets8x32x32x4.Case(), Nets64x32x10.Case(), Nets784x128x10.Case()];

    public static NetworkCase Wide => All[^1];

    public static NetworkCase Narrow => All[^2];
}
