using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Functions;

/// <summary>The kind of number that a piece of generated code computes with: an element type, alone or as lanes of a vector.</summary>
/// <param name="VectorBits">512, 256, 128, 0 for one scalar, or <see cref="AnyWidth"/>.</param>
/// <param name="IsBasic">C# 7.3 on a library without <c>System.Math</c>.</param>
/// <remarks>Vector text names <c>Vector256</c> and its like shortly: the file needs <c>using global::System.Runtime.Intrinsics;</c>.</remarks>
internal readonly record struct NumericTarget(Precision Precision, int VectorBits, bool IsBasic)
{
    /// <summary>Text that is written once for vectors of all widths and single numbers: V is computed with by members of W.</summary>
    public const int AnyWidth = -1;

    /// <summary>The same bits on every target: one form of each function, in arithmetic of the element type, and no product fused into a sum.</summary>
    public bool IsReproducible { get; init; }

    public bool IsAnyWidth => VectorBits == AnyWidth;

    public bool IsVector => VectorBits != 0;

    public bool IsSingle => Precision == Precision.Single;

    public string ElementName => IsSingle ? "float" : "double";

    /// <summary>The static class with the operations: "Vector256".</summary>
    public string ClassName => "Vector" + CSharpLiteral.Of(VectorBits);

    public string TypeName => IsAnyWidth ? "V" : IsVector ? ClassName + "<" + ElementName + ">" : ElementName;

    public int Lanes => IsVector ? VectorBits / (IsSingle ? 32 : 64) : 1;

    /// <summary>The scalar of the same profile in double, where scalar functions are computed.</summary>
    public NumericTarget ScalarDouble => this with { Precision = Precision.Double, VectorBits = 0 };
}
