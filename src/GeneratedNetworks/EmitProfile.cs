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
    Basic,
}
