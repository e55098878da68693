using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Model;

/// <summary>The types that emitted code calls by their short names, by their namespace, because it calls them in almost every line.</summary>
internal static class ShortNames
{
    public static readonly IReadOnlyDictionary<string, string> Namespaces = new Dictionary<string, string>
    {
        ["InlineArray"] = "System.Runtime.CompilerServices",
        ["InlineArrayAttribute"] = "System.Runtime.CompilerServices",
        ["MethodImpl"] = "System.Runtime.CompilerServices",
        ["MethodImplAttribute"] = "System.Runtime.CompilerServices",
        ["MethodImplOptions"] = "System.Runtime.CompilerServices",
        ["Unsafe"] = "System.Runtime.CompilerServices",
        ["Vector64"] = "System.Runtime.Intrinsics",
        ["Vector128"] = "System.Runtime.Intrinsics",
        ["Vector256"] = "System.Runtime.Intrinsics",
        ["Vector512"] = "System.Runtime.Intrinsics",
        ["AdvSimd"] = "System.Runtime.Intrinsics.Arm",
        ["Avx"] = "System.Runtime.Intrinsics.X86",
        ["Avx2"] = "System.Runtime.Intrinsics.X86",
        ["Avx512F"] = "System.Runtime.Intrinsics.X86",
        ["Fma"] = "System.Runtime.Intrinsics.X86",
        ["Sse"] = "System.Runtime.Intrinsics.X86",
        ["Sse2"] = "System.Runtime.Intrinsics.X86",
        ["Sse3"] = "System.Runtime.Intrinsics.X86",
        ["Sse41"] = "System.Runtime.Intrinsics.X86",
    };
}
