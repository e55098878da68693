using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;

namespace GeneratedNetworks.Generator.Planning;

/// <summary>
/// How rows and weights are padded. Weights lie in panels: all inputs of <c>panel</c> neighbouring outputs together, so that a
/// kernel reads them in a straight line. A full panel is one 64-byte cache line wide, layers of few outputs take a half or a quarter.
/// </summary>
internal sealed record Layout(EmitProfile Profile, Precision Precision)
{
    /// <summary>A cache line, and the alignment of every block that vectors read.</summary>
    public const int LineBytes = 64;

    /// <summary>Of the network's values, parameters and gradients.</summary>
    public ElementType ElementType => Precision == Precision.Single ? ElementType.Single : ElementType.Double;

    public int ElementBytes => Precision == Precision.Single ? 4 : 8;

    /// <summary>Elements in a cache line.</summary>
    public int Line => LineBytes / ElementBytes;

    /// <summary>How many outputs one panel holds in a layer of <paramref name="outputs"/> outputs.</summary>
    public int PanelWidth(int outputs)
    {
        if (Profile != EmitProfile.Simd)
            return Machine.ScalarTileSums;
        if (outputs <= Line / 4)
            return Line / 4;
        return outputs <= Line / 2 ? Line / 2 : Line;
    }

    /// <summary>The padded length of a row of <paramref name="width"/> elements.</summary>
    public int Stride(int width) => Stride(width, PanelWidth(width));

    public int Stride(int width, int panel) => RoundUp(width, panel);

    /// <summary>The next offset at which a block may start. Without vectors, lines that are not full would only take memory.</summary>
    public int Align(int offset) => RoundUp(offset, Profile == EmitProfile.Simd ? Line : Machine.ScalarTileSums);

    private static int RoundUp(int value, int multiple) => checked((value + multiple - 1) / multiple * multiple);
}
