using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Simd;

/// <summary>Products of windows with what they see.</summary>
internal static class SimdPatches
{
    /// <returns>Whether it is such an operation.</returns>
    public static bool Write(CSharpWriter writer, SimdCalls calls, Operation operation)
    {
        switch (operation)
        {
            case Frame frame:
                WriteFrame(writer, calls, frame);
                return true;
            case Convolve product:
                WriteForward(writer, calls, product);
                return true;
            case ConvolveTransposed product:
                WriteTransposed(writer, calls, product);
                return true;
            case ConvolveGradient gradient:
                WriteGradient(writer, calls, gradient);
                return true;
            case Deconvolve product:
                WriteDeconvolve(writer, calls, product);
                return true;
            case DeconvolveBackward product:
                DenseWeights weights = calls.Plan.Parameters.PatchesOf(product.Weight);
                string w = $"ref Unsafe.Add(ref transposed, {Emit.Places.Transposed(weights)})";
                WriteProduct(writer, calls, PatchWalk.Of(product, weights), weights.InputPanel, ElementUnits.Ends(false, Activation.Identity), calls.At(product.OutputGradient), w, w,
                    calls.At(product.InputGradient), product.OutputGradient.Stride, product.InputGradient.Stride);
                WriteTail(writer, calls, product.InputGradient);
                return true;
            case DeconvolveGradient gradient:
                WriteTapGradients(writer, calls, gradient);
                return true;
            case ChannelSums sums:
                WriteBias(writer, calls, sums.Bias, sums.OutputGradient);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Packs a layer's weights for the gradient of its input.</summary>
    public static void WriteTranspose(CSharpWriter writer, SimdCalls calls, DenseWeights weights) => calls.Call(
        writer, PatchUnits.Transpose, null, SimdCalls.Parameter(Emit.Places.Weight(weights)), "taps: " + Text(weights.Taps), "inputs: " + Text(weights.Inputs / weights.Taps),
        "outputs: " + Text(weights.Outputs / weights.Groups), "groups: " + Text(weights.Groups), "panel: " + Text(weights.Panel),
        $"ref Unsafe.Add(ref transposed, {Emit.Places.Transposed(weights)})", "toPanel: " + Text(weights.InputPanel));

    private static void WriteForward(CSharpWriter writer, SimdCalls calls, Convolve product)
    {
        DenseWeights weights = calls.Plan.Parameters.PatchesOf(product.Weight);
        if (weights.IsColumn)
        {
            WriteColumn(writer, calls, product, weights);
            return;
        }

        PatchWalk walk = PatchWalk.Of(product, weights);
        string w = SimdCalls.Parameter(Emit.Places.Weight(weights)), bias = product.Bias is null ? w : SimdCalls.Parameter(Emit.Places.Of(product.Bias));
        if (product.Border is { } border)
            WriteBorder(writer, calls, product, border);
        WriteProduct(writer, calls, walk, weights.IsDepthwise ? 0 : weights.Panel, ElementUnits.Ends(product.Bias is not null, product.Function), calls.At(product.Input), w, bias, calls.At(product.Output), product.Input.Stride, product.Output.Stride);
    }

    /// <summary>One output at every position: positions are rows of dot products.</summary>
    private static void WriteColumn(CSharpWriter writer, SimdCalls calls, Convolve product, DenseWeights weights)
    {
        string w = SimdCalls.Parameter(Emit.Places.Weight(weights)), bias = product.Bias is null ? w : SimdCalls.Parameter(Emit.Places.Of(product.Bias));
        string types = calls.Types.Of(KernelSelector.DotPanel(calls.Plan.Layout, weights.Inputs)), x = calls.At(product.Input), y = calls.At(product.Output);
        int positions = product.Output.Width;
        bool isOne = positions == 1, isEndToEnd = product.Input.Stride == product.Input.Width && product.Output.Stride == product.Output.Width;
        string rows = isOne ? "rows" : isEndToEnd ? $"{Text(positions)} * rows" : Text(positions);
        if (!isOne && !isEndToEnd)
        {
            writer.Line("for (int n = 0; n < rows; n++)");
            x = $"ref Unsafe.Add({x}, n * {Text(product.Input.Stride)})";
            y = $"ref Unsafe.Add({y}, n * {Text(product.Output.Stride)})";
        }

        writer.Line((isOne || isEndToEnd ? "" : "    ") + calls.Invocation("DotColumn", types, x, "aStride: " + Text(isOne ? product.Input.Stride : weights.Inputs), "inputs: " + Text(weights.Inputs), w, bias,
            "hasStart: " + (product.Bias is null ? "false" : "true"), y, "cStride: " + Text(isOne ? product.Output.Stride : 1), rows));

        // The caller's rows have no padding that a vector may reach into.
        if (product.Function != Activation.Identity)
            calls.Call(writer, ElementUnits.Map(product.Function), product.Output.IsScratch ? "W, V" : calls.Types.Scalar, calls.At(product.Output), calls.At(product.Output), SimdCalls.Elements(product.Output));
    }

    private static void WriteTransposed(CSharpWriter writer, SimdCalls calls, ConvolveTransposed product)
    {
        DenseWeights weights = calls.Plan.Parameters.PatchesOf(product.Weight);
        string w = weights.IsDepthwise ? SimdCalls.Parameter(Emit.Places.Weight(weights)) : $"ref Unsafe.Add(ref transposed, {Emit.Places.Transposed(weights)})";
        foreach (PatchWalk walk in PatchWalk.Transposed(product, weights))
        {
            WriteProduct(writer, calls, walk, weights.IsDepthwise ? 0 : weights.InputPanel, ElementUnits.Ends(false, Activation.Identity), calls.At(product.OutputGradient), w, w,
                calls.At(product.InputGradient), product.OutputGradient.Stride, product.InputGradient.Stride);
        }

        WriteTail(writer, calls, product.InputGradient);
    }

    private static void WriteDeconvolve(CSharpWriter writer, SimdCalls calls, Deconvolve product)
    {
        DenseWeights weights = calls.Plan.Parameters.PatchesOf(product.Weight);
        string w = SimdCalls.Parameter(Emit.Places.Weight(weights)), bias = product.Bias is null ? w : SimdCalls.Parameter(Emit.Places.Of(product.Bias));
        foreach (PatchWalk walk in PatchWalk.Of(product, weights))
        {
            WriteProduct(writer, calls, walk, weights.Panel, ElementUnits.Ends(product.Bias is not null, product.Function), calls.At(product.Input), w, bias, calls.At(product.Output),
                product.Input.Stride, product.Output.Stride);
        }

        if (product.Output.IsScratch)
            WriteTail(writer, calls, product.Output);
    }

    /// <summary>Tap by tap: each multiplies the input with what it sees of the gradient.</summary>
    private static void WriteTapGradients(CSharpWriter writer, SimdCalls calls, DeconvolveGradient gradient)
    {
        DenseWeights weights = calls.Plan.Parameters.PatchesOf(gradient.Weight);
        Window window = gradient.Window;
        (_, int columns, int outputs) = gradient.OutputGradient.Shape.Plane;
        PatchWalk walk = PatchWalk.Of(gradient, weights);
        using (writer.Open($"for (int k = 0; k < {Text(window.Taps)}; k++)"))
        {
            string row = $"k / {Text(window.Columns.Kernel)} * {Text(window.Rows.Dilation * columns * outputs)}", column = $"k % {Text(window.Columns.Kernel)} * {Text(window.Columns.Dilation * outputs)}";
            calls.Call(writer, PatchUnits.Gradients, calls.Types.Of(weights.Panel), calls.At(gradient.Input), $"ref Unsafe.Add({calls.At(gradient.OutputGradient)}, {row} + {column})",
                $"ref Unsafe.Add({SimdCalls.Gradient(Emit.Places.Weight(weights))}, k * {Text(walk.Weights.Row)})", Patch(walk, gradient.Input.Stride, gradient.OutputGradient.Stride), "rows", "scale", "add");
        }
    }

    private static void WriteTail(CSharpWriter writer, SimdCalls calls, Tensor rows)
    {
        if (rows.Stride > rows.Width)
            calls.Call(writer, PartUnits.ClearTails, null, calls.At(rows), "stride: " + Text(rows.Stride), "width: " + Text(rows.Width), "rows");
    }

    private static void WriteBias(CSharpWriter writer, SimdCalls calls, ParameterBlock bias, Tensor gradient) => calls.Call(
        writer, PatchUnits.Bias, calls.TypesOf(gradient.Shape.Columns), calls.At(gradient), "stride: " + Text(gradient.Stride), "channels: " + Text(gradient.Shape.Columns), "width: " + Text(gradient.Width),
        SimdCalls.Gradient(Emit.Places.Of(bias)), "rows", "scale", "add");

    /// <param name="lanes">The most elements of a vector; 0 where channels fill the lanes.</param>
    private static void WriteProduct(
        CSharpWriter writer, SimdCalls calls, PatchWalk walk, int lanes, string ends, string x, string b, string start, string c, int xStride, int cStride)
    {
        calls.Use.Unit(ends);
        if (lanes == 0)
        {
            string channels = calls.TypesOf(walk.Groups), single = calls.Types.Scalar;
            PatchWalk forward = walk.AlongTaps();
            int stride = DepthwiseSquareUnits.StrideOf(forward);
            string kernel = calls.Use.Unit(stride > 0 ? DepthwiseSquareUnits.Products(stride) : PatchUnits.Channels);
            writer.Line($"{kernel}<{channels}, {ends}<{channels}>, {single}, {ends}<{single}>>({x}, {b}, {start}, {c}, {c}, {Patch(stride > 0 ? forward : walk, xStride, cStride)}, rows);");
            return;
        }

        string types = calls.Types.Of(lanes), kind = $"{ends}<{types}>";
        if (walk.Panel.Columns % lanes != 0)
            kind = $"{calls.Use.Unit(TileUnits.Part)}<{types.Substring(types.IndexOf(' ') + 1)}, {kind}>";
        if (PlaneUnits.Fits(walk))
        {
            string wide = calls.Types.Of(2 * lanes);
            calls.Use.Unit(PlaneUnits.Products);
            writer.Line($"{PlaneUnits.Products}<{types}, {kind}, {wide}, {ends}<{wide}>>({x}, {b}, {start}, {c}, {c}, {Patch(walk, xStride, cStride)}, rows);");
            return;
        }

        calls.Use.Unit(PatchUnits.Products);
        writer.Line($"{PatchUnits.Products}<{types}, {kind}>({x}, {b}, {start}, {c}, {c}, {Patch(walk, xStride, cStride)}, rows);");
    }

    private static void WriteGradient(CSharpWriter writer, SimdCalls calls, ConvolveGradient gradient)
    {
        DenseWeights weights = calls.Plan.Parameters.PatchesOf(gradient.Weight);
        PatchWalk walk = PatchWalk.Of(gradient, weights);
        string c = calls.At(gradient.OutputGradient);
        if (!weights.IsDepthwise && PlaneUnits.HasGradient(walk, calls.Plan.Graph.IsReproducible))
        {
            string place = SimdCalls.Gradient(Emit.Places.Weight(weights)), bias = gradient.Bias is null ? place : SimdCalls.Gradient(Emit.Places.Of(gradient.Bias));
            calls.Call(writer, PlaneUnits.Gradients, $"{calls.Types.Of(weights.Panel)}, {calls.Types.Of(2 * weights.Panel)}", calls.At(gradient.Input), c, place, bias,
                "hasBias: " + (gradient.Bias is null ? "false" : "true"), Patch(walk, gradient.Input.Stride, gradient.OutputGradient.Stride), "rows", "scale", gradient.Adds ? "true" : "add");
            return;
        }

        int stride = weights.IsDepthwise ? DepthwiseSquareUnits.StrideOf(walk) : 0;
        string kernel = !weights.IsDepthwise ? PatchUnits.Gradients : stride > 0 ? DepthwiseSquareUnits.Gradients(stride) : PatchUnits.ChannelGradients;
        string types = weights.IsDepthwise ? $"{calls.TypesOf(walk.Groups)}, {calls.Types.Scalar}" : calls.Types.Of(weights.Panel);
        calls.Call(writer, kernel, types, calls.At(gradient.Input), c, SimdCalls.Gradient(Emit.Places.Weight(weights)),
            Patch(walk, gradient.Input.Stride, gradient.OutputGradient.Stride), "rows", "scale", gradient.Adds ? "true" : "add");
        if (gradient.Bias is not null)
            WriteBias(writer, calls, gradient.Bias, gradient.OutputGradient);
    }

    private static void WriteBorder(CSharpWriter writer, SimdCalls calls, Convolve product, (int Top, int Left) border)
    {
        (_, int columns, int channels) = product.Output.Shape.Plane;
        calls.Call(writer, PatchUnits.Border, null, calls.At(product.Output), "toStride: " + Text(product.Output.Stride), "toWidth: " + Text(columns * channels),
            "top: " + Text(border.Top), "left: " + Text(border.Left * channels), "insideRows: " + Text(product.Window.Rows.Output),
            "insideWidth: " + Text(product.Window.Columns.Output * channels), "rows");
    }

    private static void WriteFrame(CSharpWriter writer, SimdCalls calls, Frame frame)
    {
        (int fromRows, int fromColumns, int channels) = frame.Input.Shape.Plane;
        (int toRows, int toColumns, _) = frame.Output.Shape.Plane;
        calls.Call(writer, PatchUnits.Frame, null, calls.At(frame.Input), "fromStride: " + Text(frame.Input.Stride), "fromRows: " + Text(fromRows), "fromWidth: " + Text(fromColumns * channels),
            calls.At(frame.Output), "toStride: " + Text(frame.Output.Stride), "toRows: " + Text(toRows), "toWidth: " + Text(toColumns * channels), "top: " + Text(frame.Top),
            "left: " + Text(frame.Left * channels), "rows");
    }

    /// <summary>What is not zero.</summary>
    private static string Patch(PatchWalk walk, int xStride, int cStride)
    {
        (string Name, int Value)[] fields =
        [
            ("Rows", walk.Rows), ("Columns", walk.Columns), ("X", walk.Read.Start), ("XRow", walk.Read.Row), ("XColumn", walk.Read.Column),
            ("C", walk.Write.Start), ("CRow", walk.Write.Row), ("CColumn", walk.Write.Column),
            ("TapRows", walk.Taps.Rows), ("TapColumns", walk.Taps.Columns), ("Run", walk.Taps.Run), ("XTapRow", walk.TapStep.Row), ("XTapColumn", walk.TapStep.Column),
            ("B", walk.Weights.Start), ("BTapRow", walk.Weights.Row), ("BTapColumn", walk.Weights.Column),
            ("Panel", walk.Panel.Width), ("PanelLength", walk.Panel.Length), ("Width", walk.Panel.Columns),
            ("Groups", walk.Groups), ("XGroup", walk.GroupStep.Read), ("CGroup", walk.GroupStep.Write), ("BGroup", walk.GroupStep.Weights),
            ("XStride", xStride), ("CStride", cStride),
        ];
        IEnumerable<string> set = fields.Where(field => field.Value != 0).Select(field => $"{field.Name} = {Text(field.Value)}");
        return $"new Patch {{ {string.Join(", ", set)} }}";
    }

    private static string Text(int value) => SimdCalls.Text(value);
}
