using System;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Simd;

/// <summary>
/// The type arguments of shared kernels: W of at most 512 bits, H of at most 256 and Q of at most 128 with their vectors, or the single number. A row that is
/// padded to fewer elements than a vector has takes a narrower one.
/// </summary>
internal sealed class SimdTypes(Layout layout, string element)
{
    /// <summary>The parameters of a class that is written once for all widths.</summary>
    public const string Parameters = "W, V, H, HV, Q, QV";

    public const string Constraints =
        "where W : struct, IWidth<V> where V : struct where H : struct, IWidth<HV> where HV : struct where Q : struct, IWidth<QV> where QV : struct";

    /// <summary>"W, V" for the widest vector of no more than so many elements.</summary>
    public string Of(int maximumLanes) =>
        maximumLanes >= layout.Line ? "W, V"
        : maximumLanes >= layout.Line / 2 ? "H, HV"
        : maximumLanes >= layout.Line / 4 ? "Q, QV"
        : Scalar;

    public string Scalar => "W1, " + element;

    /// <summary>The arguments where the processor has vectors of so many bits; 0 for none.</summary>
    public string Arguments(int bits)
    {
        string[] pairs = [Pair(bits), Pair(Math.Min(bits, 256)), Pair(Math.Min(bits, 128))];
        return string.Join(", ", pairs);
    }

    private string Pair(int bits) => bits == 0 ? Scalar : $"W{CSharpLiteral.Of(bits)}, Vector{CSharpLiteral.Of(bits)}<{element}>";
}
