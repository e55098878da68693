using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Members;

/// <summary>Windows as plain loops over arrays of double, and their derivatives.</summary>
internal static class PlainWindows
{
    /// <returns>Whether it is such an operation.</returns>
    public static bool WriteForward(CSharpWriter writer, Operation operation)
    {
        switch (operation)
        {
            case Frame frame:
                WriteFrame(writer, frame, (from, to) => $"{PlainLoops.Value(frame.Output.Name)}[{to}] = {PlainLoops.Value(frame.Input.Name)}[{from}];");
                return true;
            case Convolve product:
                WriteConvolve(writer, product);
                return true;
            case Deconvolve product:
                writer.Line($"for (int i = 0; i < {N(product.Output.Width)}; i++)");
                writer.Line($"    {PlainLoops.Value(product.Output.Name)}[i] = {(product.Bias is null ? "0" : $"p[{N(product.Bias.Offset)} + i % {N(product.Output.Shape.Columns)}]")};");
                using (OpenSpread(writer, product))
                    writer.Line($"{PlainLoops.Value(product.Output.Name)}[to] += {PlainLoops.Value(product.Input.Name)}[from] * p[w];");
                return true;
            case NormalizeBatch norm:
                writer.Line($"for (int o = 0; o < {N(norm.Output.Width)}; o++)");
                writer.Line($"    {PlainLoops.Value(norm.Output.Name)}[o] = ({PlainLoops.Value(norm.Input.Name)}[o] - {Block(norm.Norm, norm.Norm.Mean)}) * {Slope(norm.Norm)}{(norm.Norm.Beta is { } beta ? " + " + Block(norm.Norm, beta) : "")};");
                return true;
            default:
                return false;
        }
    }

    /// <returns>Whether it is such an operation.</returns>
    public static bool WriteBackward(CSharpWriter writer, Operation operation)
    {
        switch (operation)
        {
            case Frame frame:
                WriteFrame(writer, frame, (from, to) => $"{PlainLoops.Gradient(frame.Input.Name)}[{from}] += {PlainLoops.Gradient(frame.Output.Name)}[{to}];");
                return true;
            case Convolve product:
                WriteConvolveBackward(writer, product);
                return true;
            case Deconvolve product:
                string dy = PlainLoops.Gradient(product.Output.Name);
                if (product.Bias is { Frozen: false } offset)
                {
                    writer.Line($"for (int i = 0; i < {N(product.Output.Width)}; i++)");
                    writer.Line($"    g[{N(offset.Offset)} + i % {N(product.Output.Shape.Columns)}] += {dy}[i];");
                }

                using (OpenSpread(writer, product))
                {
                    writer.Line($"{PlainLoops.Gradient(product.Input.Name)}[from] += {dy}[to] * p[w];");
                    if (!product.Weight.Frozen)
                        writer.Line($"g[w] += {PlainLoops.Value(product.Input.Name)}[from] * {dy}[to];");
                }

                return true;
            case NormalizeBatch norm:
                writer.Line($"for (int o = 0; o < {N(norm.Output.Width)}; o++)");
                writer.Line($"    {PlainLoops.Gradient(norm.Input.Name)}[o] += {PlainLoops.Gradient(norm.Output.Name)}[o] * {Slope(norm.Norm)};");
                return true;
            default:
                return false;
        }
    }

    /// <summary>A statement for each element that is in both; memory is zero as it comes.</summary>
    private static void WriteFrame(CSharpWriter writer, Frame frame, System.Func<string, string, string> statement)
    {
        (int fromRows, int fromColumns, int channels) = frame.Input.Shape.Plane;
        (int toRows, int toColumns, _) = frame.Output.Shape.Plane;
        int top = System.Math.Max(0, frame.Top), bottom = System.Math.Min(toRows, frame.Top + fromRows);
        int left = System.Math.Max(0, frame.Left) * channels, right = System.Math.Min(toColumns, frame.Left + fromColumns) * channels;
        writer.Line($"for (int r = {N(top)}; r < {N(bottom)}; r++)");
        writer.Line($"    for (int i = {N(left)}; i < {N(right)}; i++)");
        writer.Line("        " + statement($"(r - {Signed(frame.Top)}) * {N(fromColumns * channels)} + i - {Signed(frame.Left * channels)}", $"r * {N(toColumns * channels)} + i"));
    }

    private static void WriteConvolve(CSharpWriter writer, Convolve product)
    {
        string output = PlainLoops.Value(product.Output.Name);
        using (OpenPositions(writer, product))
        {
            writer.Line($"double sum = {(product.Bias is null ? "0" : $"p[{N(product.Bias.Offset)} + o]")};");
            using (OpenTaps(writer, product))
                writer.Line($"sum += {PlainLoops.Value(product.Input.Name)}[from] * p[w];");
            writer.Line($"{output}[y] = sum;");
        }
    }

    private static void WriteConvolveBackward(CSharpWriter writer, Convolve product)
    {
        string dy = PlainLoops.Gradient(product.Output.Name);
        using (OpenPositions(writer, product))
        {
            if (product.Bias is { Frozen: false } bias)
                writer.Line($"g[{N(bias.Offset)} + o] += {dy}[y];");
            using (OpenTaps(writer, product))
            {
                writer.Line($"{PlainLoops.Gradient(product.Input.Name)}[from] += {dy}[y] * p[w];");
                if (!product.Weight.Frozen)
                    writer.Line($"g[w] += {PlainLoops.Value(product.Input.Name)}[from] * {dy}[y];");
            }
        }
    }

    /// <summary>Every position and output: <c>y</c> is where it is written.</summary>
    private static System.IDisposable OpenPositions(CSharpWriter writer, Convolve product)
    {
        int filters = product.Output.Shape.Columns;
        writer.Line($"for (int py = 0; py < {N(product.Window.Rows.Output)}; py++)");
        writer.Line($"for (int px = 0; px < {N(product.Window.Columns.Output)}; px++)");
        System.IDisposable block = writer.Open($"for (int o = 0; o < {N(filters)}; o++)");
        writer.Line($"int y = (py * {N(product.Window.Columns.Output)} + px) * {N(filters)} + o;");
        return block;
    }

    /// <summary>Every element and channel that an output sees: <c>from</c> is where it is read, <c>w</c> where its weight is.</summary>
    private static System.IDisposable OpenTaps(CSharpWriter writer, Convolve product)
    {
        (_, int columns, int channels) = product.Input.Shape.Plane;
        Axis rows = product.Window.Rows, along = product.Window.Columns;
        int filters = product.Output.Shape.Columns, seen = channels / product.Groups;
        string group = product.Groups == 1 ? string.Empty : $" + o / {N(filters / product.Groups)} * {N(seen)}";
        writer.Line($"for (int ky = 0; ky < {N(rows.Kernel)}; ky++)");
        writer.Line($"for (int kx = 0; kx < {N(along.Kernel)}; kx++)");
        System.IDisposable block = writer.Open($"for (int c = 0; c < {N(seen)}; c++)");
        writer.Line($"int from = ((py * {N(rows.Stride)} + ky * {N(rows.Dilation)}) * {N(columns)} + px * {N(along.Stride)} + kx * {N(along.Dilation)}) * {N(channels)} + c{group};");
        writer.Line($"int w = {N(product.Weight.Offset)} + ((ky * {N(along.Kernel)} + kx) * {N(seen)} + c) * {N(filters)} + o;");
        return block;
    }

    /// <summary>Every position, element of its window and channel that is inside the output: <c>from</c>, <c>to</c>, and <c>w</c> between them.</summary>
    private static System.IDisposable OpenSpread(CSharpWriter writer, Deconvolve product)
    {
        Axis rows = product.Window.Rows, along = product.Window.Columns;
        (_, int framed, int inputs) = product.Input.Shape.Plane;
        (int outputRows, int outputColumns, int outputs) = product.Output.Shape.Plane;
        int top = ConvolveTransposed.Border(rows).Before, left = ConvolveTransposed.Border(along).Before;
        writer.Line($"for (int py = 0; py < {N(rows.Output)}; py++)");
        writer.Line($"for (int px = 0; px < {N(along.Output)}; px++)");
        writer.Line($"for (int ky = 0; ky < {N(rows.Kernel)}; ky++)");
        writer.Line($"for (int kx = 0; kx < {N(along.Kernel)}; kx++)");
        writer.Line($"for (int o = 0; o < {N(outputs)}; o++)");
        System.IDisposable block = writer.Open($"for (int c = 0; c < {N(inputs)}; c++)");
        writer.Line($"int row = py * {N(rows.Stride)} + ky * {N(rows.Dilation)} - {N(rows.Before)}, column = px * {N(along.Stride)} + kx * {N(along.Dilation)} - {N(along.Before)};");
        writer.Line($"if (row < 0 || row >= {N(outputRows)} || column < 0 || column >= {N(outputColumns)})");
        writer.Line("    continue;");
        writer.Line($"int from = ((py + {N(top)}) * {N(framed)} + px + {N(left)}) * {N(inputs)} + c, to = (row * {N(outputColumns)} + column) * {N(outputs)} + o, w = {N(product.Weight.Offset)} + ((ky * {N(along.Kernel)} + kx) * {N(outputs)} + o) * {N(inputs)} + c;");
        return block;
    }

    private static string Block(BatchNormBlocks norm, ParameterBlock block) => $"p[{N(block.Offset)} + o % {N(norm.Channels)}]";

    private static string Slope(BatchNormBlocks norm) =>
        $"{(norm.Gamma is { } gamma ? Block(norm, gamma) + " / " : "1 / ")}global::System.Math.Sqrt({Block(norm, norm.Variance)} + {CSharpLiteral.Of(norm.Epsilon)})";

    private static string Signed(int number) => number < 0 ? $"({N(number)})" : N(number);

    private static string N(int number) => CSharpLiteral.Of(number);
}
