using System.Collections.Generic;

namespace GeneratedNetworks.Generator.Functions.Helpers;

/// <summary>Vector operations that .NET 8 lacks by name. .NET 9 and scalar text say the same in place.</summary>
internal static class ArithmeticHelpers
{
    private const string X86 = "global::System.Runtime.Intrinsics.X86.";
    private const string Arm = "global::System.Runtime.Intrinsics.Arm.";

    public static IEnumerable<Helper> All { get; } =
    [
        new("Max", ["bound", "x"], "max(bound, x); NaN where x is NaN", t => $"return {Native(t, "Max")};"),
        new("Min", ["bound", "x"], "min(bound, x); NaN where x is NaN", t => $"return {Native(t, "Min")};"),
        new("MultiplyAdd", ["a", "b", "c"], "a * b + c, rounded once where the hardware can", MultiplyAdd),
    ];

    // Vector256.Max of .NET 8 is the instruction on Arm but not everywhere on x86; the instruction returns its second operand for a NaN.
    private static string Native(NumericText t, string name)
    {
        if (!t.Target.IsVector)
            return name == "Max" ? t.Max("bound", "x") : t.Min("bound", "x");
        string x86 = t.Target.VectorBits switch { 512 => "Avx512F", 256 => "Avx", _ => t.IsSingle ? "Sse" : "Sse2" };
        return $"{X86}{x86}.IsSupported ? {X86}{x86}.{name}(bound, x) : {t.Target.ClassName}.{name}(bound, x)";
    }

    private static string MultiplyAdd(NumericText t)
    {
        if (!t.Target.IsVector)
            return $"return {t.MultiplyAdd("a", "b", "c")};";
        if (t.Target.VectorBits == 512)
            return $"return {X86}Avx512F.IsSupported ? {X86}Avx512F.FusedMultiplyAdd(a, b, c) : a * b + c;";
        string x86 = $"return {X86}Fma.IsSupported ? {X86}Fma.MultiplyAdd(a, b, c)";
        if (t.Target.VectorBits == 256)
            return $"{x86} : a * b + c;";
        string arm = t.IsSingle ? "AdvSimd" : "AdvSimd.Arm64";
        return $"{x86}\n    : {Arm}{arm}.IsSupported ? {Arm}{arm}.FusedMultiplyAdd(c, a, b) : a * b + c;";
    }
}
