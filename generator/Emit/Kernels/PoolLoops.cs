using System;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Kernels;

/// <summary>Loops over the positions of a window and over what each sees, with the shape's numbers: no axis of one position has a loop, and none is clipped that need not be.</summary>
/// <param name="window">How it slides.</param>
/// <param name="channels">The length of the last axis.</param>
internal sealed class PoolLoops(Window window, int channels)
{
    /// <summary>The place of the position and channel in the result.</summary>
    public string Position => (window.Rows.Output, window.Columns.Output) switch
    {
        (1, 1) => "c",
        (1, _) => $"q * {Text(channels)} + c",
        (_, 1) => $"n * {Text(channels)} + c",
        (_, var columns) => $"(n * {Text(columns)} + q) * {Text(channels)} + c",
    };

    /// <summary>The place of what is seen in the value, inside <see cref="WriteTaps"/>.</summary>
    public string Tap => Place("i", "j");

    /// <summary>The place of the first that is seen.</summary>
    public string First => Place(Start("firstRow", window.Rows), Start("firstColumn", window.Columns));

    /// <summary>For every position and channel.</summary>
    public void Write(CSharpWriter writer, Action body) => Axis(writer, window.Rows, "n", "top", "Row", () => Axis(writer, window.Columns, "q", "left", "Column", () =>
    {
        using (writer.Open($"for (int c = 0; c < {Text(channels)}; c++)"))
            body();
    }));

    /// <summary>For all that the position sees of the channel, row by row.</summary>
    public void WriteTaps(CSharpWriter writer, Action body)
    {
        using (writer.Open($"for (int i = {Start("firstRow", window.Rows)}; i < {End("endRow", window.Rows)}; i++)"))
        using (writer.Open($"for (int j = {Start("firstColumn", window.Columns)}; j < {End("endColumn", window.Columns)}; j++)"))
            body();
    }

    /// <summary>How many elements the position counts.</summary>
    public string Count(bool withPadding) => (Count(window.Rows, withPadding, "top", "Row"), Count(window.Columns, withPadding, "left", "Column")) switch
    {
        ("1", var columns) => columns,
        (var rows, "1") => rows,
        var (rows, columns) => $"{rows} * {columns}",
    };

    private static string Count(Axis axis, bool withPadding, string start, string name)
    {
        if (axis.Output == 1 && !Clips(axis))
            return Text(axis.Kernel);
        if (!withPadding)
            return Clips(axis) ? $"(end{name} - first{name})" : Text(axis.Kernel);
        int end = axis.Input + axis.After;
        bool goesBeyond = ((axis.Output - 1) * axis.Stride) - axis.Before + axis.Kernel > end;
        return goesBeyond ? $"({start} > {Text(end - axis.Kernel)} ? {Text(end)} - {start} : {Text(axis.Kernel)})" : Text(axis.Kernel);
    }

    /// <summary>Whether some position sees less than the kernel.</summary>
    private static bool Clips(Axis axis) => axis.Before > 0 || ((axis.Output - 1) * axis.Stride) - axis.Before + axis.Kernel > axis.Input;

    private static bool HasStart(Axis axis) => axis.Output > 1 || Clips(axis);

    private static string Start(string name, Axis axis) => HasStart(axis) ? name : "0";

    private static string End(string name, Axis axis) => HasStart(axis) ? name : Text(axis.Kernel);

    private static void Axis(CSharpWriter writer, Axis axis, string number, string start, string name, Action body)
    {
        if (!HasStart(axis))
        {
            body();
            return;
        }

        using (writer.Open($"for (int {number} = 0; {number} < {Text(axis.Output)}; {number}++)"))
        {
            string step = axis.Stride == 1 ? number : $"{number} * {Text(axis.Stride)}";
            if (Clips(axis))
            {
                writer.Line($"int {start} = {step}{(axis.Before == 0 ? "" : $" - {Text(axis.Before)}")};");
                writer.Line($"int first{name} = {start} < 0 ? 0 : {start}, end{name} = {start} > {Text(axis.Input - axis.Kernel)} ? {Text(axis.Input)} : {start} + {Text(axis.Kernel)};");
            }
            else
            {
                writer.Line($"int first{name} = {step}, end{name} = first{name} + {Text(axis.Kernel)};");
            }

            body();
        }
    }

    private string Place(string row, string column)
    {
        string rowStart = window.Rows.Input == 1 || row == "0" ? "" : $"{row} * {Text(window.Columns.Input)} + ";
        string at = rowStart + column;
        return at == "0" ? "c" : rowStart.Length == 0 ? $"{at} * {Text(channels)} + c" : $"({at}) * {Text(channels)} + c";
    }

    private static string Text(int value) => CSharpLiteral.Of(value);
}
