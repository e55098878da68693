using System;
using GeneratedNetworks.Generator.Emit.Profiles;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Loops over the rows of which one sample consists.</summary>
internal static class SampleRows
{
    /// <param name="writer">Where to.</param>
    /// <param name="columns">Elements of one row.</param>
    /// <param name="width">Elements of all of them.</param>
    /// <param name="body">Writes the statements for a row; its start is 0 or a variable.</param>
    public static void Write(CSharpWriter writer, int columns, int width, Action<string> body)
    {
        if (width == columns)
        {
            body("0");
            return;
        }

        using (writer.Open($"for (int at = 0; at < {CSharpLiteral.Of(width)}; at += {CSharpLiteral.Of(columns)})"))
            body("at");
    }

    /// <summary>Sets what follows the elements of a sample to zero.</summary>
    public static void WritePadding(CSharpWriter writer, Dialect dialect, Pointer row, int width, int stride)
    {
        if (stride == width)
            return;
        writer.Line($"for (int o = {CSharpLiteral.Of(width)}; o < {CSharpLiteral.Of(stride)}; o++)");
        writer.Line($"    {dialect.At(row, "o")} = 0;");
    }
}
