using System;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Loops over the elements of one row: whole vectors, then what is left one by one. Padding is not touched.</summary>
internal static class RowLoop
{
    /// <summary>The most lanes that a row of <paramref name="width"/> elements fills, no more than a panel.</summary>
    public static int Lanes(int width, int panel)
    {
        int lanes = panel;
        while (lanes > width && lanes > 1)
            lanes /= 2;
        return lanes;
    }

    /// <param name="writer">Where to.</param>
    /// <param name="dialect">Gives the number of lanes.</param>
    /// <param name="width">Elements of the row.</param>
    /// <param name="vectors">Writes the statements for Lanes elements from an offset on; the offset is a number or the variable "o".</param>
    /// <param name="single">Writes the statements for one element.</param>
    public static void Write(CSharpWriter writer, Dialect dialect, int width, Action<string> vectors, Action<string> single)
    {
        int whole = dialect.Lanes == 1 ? 0 : width / dialect.Lanes * dialect.Lanes;
        Loop(writer, 0, whole, dialect.Lanes, vectors);
        Loop(writer, whole, width, 1, single);
    }

    private static void Loop(CSharpWriter writer, int start, int end, int step, Action<string> body)
    {
        int turns = (end - start) / step;
        if (turns == 1)
        {
            body(CSharpLiteral.Of(start));
        }
        else if (turns > 1)
        {
            using (writer.Open($"for (int o = {CSharpLiteral.Of(start)}; o < {CSharpLiteral.Of(end)}; o += {CSharpLiteral.Of(step)})"))
                body("o");
        }
    }
}
