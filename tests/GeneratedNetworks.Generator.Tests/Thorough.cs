using System;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>Whether sweeps take every case, as <c>.ci/run</c> has it, and not a part of them.</summary>
internal static class Thorough
{
    public static bool IsWanted { get; } = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("GENERATED_NETWORKS_THOROUGH"));
}
