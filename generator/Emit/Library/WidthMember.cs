using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions.Helpers;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Library;

/// <summary>Something that W can do in one expression. Text is written in <c>float</c> and becomes <c>double</c> by replacing that word.</summary>
/// <param name="Signature">Its declaration in the interface, over V.</param>
/// <param name="Vector">The expression for vectors of so many bits.</param>
/// <param name="Scalar">The expression for a single number.</param>
internal sealed record WidthMember(string Signature, Func<int, string> Vector, string Scalar)
{
    /// <summary>"Add" of "V Add(V a, V b)", "Zero" of "V Zero".</summary>
    public string Name => Signature.Split('(')[0].Split(' ')[1];

    public bool IsProperty => Signature.IndexOf('(') < 0;

    /// <summary>All of them, in the order in which they are written.</summary>
    /// <param name="precision">Of an element.</param>
    /// <param name="isReproducible">Whether they must give the same bits at every width.</param>
    public static IReadOnlyList<WidthMember> Of(Precision precision, bool isReproducible)
    {
        bool isSingle = precision == Precision.Single;
        int elementBits = isSingle ? 32 : 64;
        (string integer, string real, string shift) = isSingle ? ("AsInt32", "AsSingle", "23") : ("AsInt64", "AsDouble", "52");
        (string toBits, string fromBits) = isSingle ? ("SingleToInt32Bits", "Int32BitsToSingle") : ("DoubleToInt64Bits", "Int64BitsToDouble");
        string parameters = string.Join(", ", LaneText.Names(precision).Select(name => "V " + name)), arguments = string.Join(", ", LaneText.Names(precision));
        return
        [
            new("int Count", bits => CSharpLiteral.Of(bits / elementBits), "1"),
            new("V Zero", bits => $"Vector{bits}<float>.Zero", "0"),
            new("V Create(float x)", bits => $"Vector{bits}.Create(x)", "x"),
            new("V Pair(ref float at)", bits => Pair(bits, isSingle), "at"),
            new("V Load(ref float at)", bits => $"Vector{bits}.LoadUnsafe(ref at)", "at"),
            new("void Store(V a, ref float at)", _ => "a.StoreUnsafe(ref at)", "at = a"),
            new("V Add(V a, V b)", _ => "a + b", "a + b"),
            new("V Subtract(V a, V b)", _ => "a - b", "a - b"),
            new("V Multiply(V a, V b)", _ => "a * b", "a * b"),
            new("V Divide(V a, V b)", _ => "a / b", "a / b"),
            new("V MultiplyAdd(V a, V b, V c)", bits => isReproducible ? "a * b + c" : WidthText.FusedProduct(bits) is { } fused ? $"{fused}(a, b, c)" : MultiplyAdd(isSingle), "a * b + c"),
            new("V Negate(V a)", _ => "-a", "-a"),
            new("V Abs(V a)", bits => $"Vector{bits}.Abs(a)", "global::System.Math.Abs(a)"),
            new("V Sqrt(V a)", bits => $"Vector{bits}.Sqrt(a)", isSingle ? "global::System.MathF.Sqrt(a)" : "global::System.Math.Sqrt(a)"),
            new("V Max(V bound, V a)", bits => Extreme("Max", isReproducible ? "a, bound" : null, bits, isSingle), "a < bound ? bound : a"),
            new("V Min(V bound, V a)", bits => Extreme("Min", isReproducible ? "bound, a" : null, bits, isSingle), "a > bound ? bound : a"),
            new("V IfLess(V a, V b, V then, V otherwise)", bits => $"Vector{bits}.ConditionalSelect(Vector{bits}.LessThan(a, b), then, otherwise)", "a < b ? then : otherwise"),
            new("V LargerOrNaN(V a, V b)", bits => $"Vector{bits}.ConditionalSelect(Vector{bits}.LessThanOrEqual(b, a) | ~Vector{bits}.Equals(a, a), a, b)", "b <= a || float.IsNaN(a) ? a : b"),
            new("V WithSignOf(V sign, V a)", bits => $"a | (sign & Vector{bits}.Create(-0f))".Replace("-0f", isSingle ? "-0f" : "-0d"), "sign < 0 ? -a : sign > 0 ? a : sign"),
            new("V PowerOfTwo(V biased)", bits => $"Vector{bits}.{real}(Vector{bits}.{integer}(biased) << {shift})",
                $"global::System.BitConverter.{fromBits}(global::System.BitConverter.{toBits}(biased) << {shift})"),
            new($"V {PiecewiseTanh.Name}(V z)", bits => bits == 256
                ? $"Vector512.GetLower(W512.{PiecewiseTanh.Name}(Vector256.ToVector512Unsafe(z)))"
                : $"Vector256.GetLower(Vector512.GetLower(W512.{PiecewiseTanh.Name}(Vector256.ToVector512Unsafe(Vector128.ToVector256Unsafe(z)))))",
                $"Vector512.ToScalar(W512.{PiecewiseTanh.Name}(Vector512.CreateScalarUnsafe(z)))"),
            new("float Sum(V a)", bits => $"Vector{bits}.Sum(a)", "a"),
            new($"Vector128<float> Sums({parameters})", _ => throw new NotSupportedException("Sums are no single expression."), $"Vector128.Create({arguments})"),
        ];
    }

    // The instruction of x86 returns its second operand for a NaN and of two zeros. Where bits must be the same, others say so by a comparison.
    private static string Extreme(string name, string? less, int bits, bool isSingle)
    {
        string x86 = bits switch { 512 => "Avx512F", 256 => "Avx", _ => isSingle ? "Sse" : "Sse2" };
        string other = less is null ? $"Vector128.{name}(bound, a)" : $"Vector128.ConditionalSelect(Vector128.LessThan({less}), bound, a)";
        return bits > 128 ? $"{x86}.{name}(bound, a)" : $"{x86}.IsSupported ? {x86}.{name}(bound, a) : {other}";
    }

    // Each of two neighbors in half of the lanes. Loads are what kernels of pairs wait for: one takes both, where an instruction can spread them.
    private static string Pair(int bits, bool isSingle) => (bits, isSingle) switch
    {
        (512, true) => "Avx512F.IsSupported ? Avx512F.PermuteVar4x32(Vector512.AsSingle(Vector512.Create(Unsafe.As<float, double>(ref at))), Vector512.Create(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1)) : Vector512.Create(Vector256.Create(at), Vector256.Create(Unsafe.Add(ref at, 1)))",
        (128, true) => "Vector128.Create(at, at, Unsafe.Add(ref at, 1), Unsafe.Add(ref at, 1))",
        (128, false) => "Vector128.Create(at, Unsafe.Add(ref at, 1))",
        _ => $"Vector{bits}.Create(Vector{bits / 2}.Create(at), Vector{bits / 2}.Create(Unsafe.Add(ref at, 1)))",
    };

    // Rounded once where the hardware can. MultiplyAddEstimate would say the same, but .NET 8 lacks it, and on WebAssembly it is a call for each lane.
    private static string MultiplyAdd(bool isSingle)
    {
        string arm = isSingle ? "AdvSimd" : "AdvSimd.Arm64";
        return $"Fma.IsSupported ? Fma.MultiplyAdd(a, b, c) : {arm}.IsSupported ? {arm}.FusedMultiplyAdd(c, a, b) : a * b + c";
    }
}
