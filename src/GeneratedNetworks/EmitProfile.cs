namespace GeneratedNetworks;

/// <summary>What the generated code may use.</summary>
public enum EmitProfile
{
    /// <summary>Chosen from the language version and the APIs of the project that is compiled.</summary>
    Auto,

    /// <summary>SIMD of the widest accelerated width, found at run time. Needs .NET 8 and C# 12.</summary>
    Simd,

    /// <summary>Scalar code over spans. Needs C# 9 and System.Memory or netstandard2.1: also Unity and Mono.</summary>
    Scalar,

    /// <summary>Arrays only, C# 7.3, nothing beyond a minimal core library: no interfaces, no parameter layout, no gradient check.</summary>
    /// <remarks>
    /// <para>What is written over the interfaces cannot be used: <c>Fit</c>, <c>Save</c>, <c>Load</c>, <c>Dataset</c> and the metrics. One thread at
    /// a time may call a network, <c>Forward</c> included, because its scratch memory is the network's own.</para>
    /// <para>Projects for .NET Standard 2.0 and .NET Framework are compiled as C# 7.3 until they set <c>&lt;LangVersion&gt;9&lt;/LangVersion&gt;</c>
    /// or newer, so <see cref="Auto"/> chooses this profile for them; with C# 9 and System.Memory they get <see cref="Scalar"/>.</para>
    /// </remarks>
    Basic,
}
