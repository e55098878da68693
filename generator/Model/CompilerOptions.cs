namespace GeneratedNetworks.Generator.Model;

/// <summary>What the consumer's compilation offers, as data, so that no <c>Compilation</c> travels through the pipeline.</summary>
/// <param name="LanguageVersion">The effective C# version × 100: 703, 900, 1200, 1400.</param>
/// <param name="HasSpan"><c>System.Span&lt;T&gt;</c> and <c>System.MemoryExtensions</c> can be used.</param>
/// <param name="HasVector512">.NET 8 or newer: <c>Vector512</c>, <c>Unsafe</c> and pinned allocation can be used.</param>
/// <param name="SkipsLocalsInit">The project allows unsafe code, which <c>[SkipLocalsInit]</c> needs, and .NET has the attribute.</param>
/// <param name="HasInterfaces">The runtime package's <c>INetwork&lt;T&gt;</c> can be used.</param>
internal sealed record CompilerOptions(
    int LanguageVersion,
    bool HasSpan,
    bool HasVector512,
    bool SkipsLocalsInit,
    bool HasInterfaces)
{
    /// <summary>The name of the assembly that is compiled.</summary>
    public string Assembly { get; init; } = "";

    /// <summary>The core library is nanoFramework's: an assembly holds few constants there.</summary>
    public bool IsNano { get; init; }
}
