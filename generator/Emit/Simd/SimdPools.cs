using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Simd;

/// <summary>Pools.</summary>
internal static class SimdPools
{
    /// <returns>Whether it is such an operation.</returns>
    public static bool Write(CSharpWriter writer, SimdCalls calls, Operation operation)
    {
        switch (operation)
        {
            case MaxPool pool when pool.Window.IsPairs:
                calls.Call(writer, PairPoolUnits.Max(pool.Window), calls.TypesOf(pool.Channels), [calls.At(pool.Input), Number("fromStride", pool.Input.Stride),
                    calls.At(pool.Output), Number("toStride", pool.Output.Stride), .. InnerExtents(pool.Window, pool.Channels), "rows"]);
                return true;
            case MaxPoolBackward pool when pool.Window.IsPairs:
                string types = calls.TypesOf(pool.Channels), single = calls.Types.Scalar, ends = calls.Use.Unit(pool.Function == Activation.Identity
                    ? ElementUnits.Ends(hasBias: false, Activation.Identity) : ElementUnits.SlopeEnds(pool.Function));
                calls.Call(writer, PairPoolUnits.MaxBackward(pool.Window), $"{types}, {ends}<{types}>, {single}, {ends}<{single}>", [calls.At(pool.Input), Number("fromStride", pool.Input.Stride),
                    calls.At(pool.Output), calls.At(pool.OutputGradient), Number("toStride", pool.Output.Stride),
                    calls.At(pool.InputGradient), Number("dxStride", pool.InputGradient.Stride), .. InnerExtents(pool.Window, pool.Channels), "rows"]);
                return true;
            case MaxPool pool:
                calls.Call(writer, PoolUnits.Max, calls.TypesOf(pool.Channels), [calls.At(pool.Input), Number("fromStride", pool.Input.Stride),
                    calls.At(pool.Output), Number("toStride", pool.Output.Stride), .. Extents(pool.Window, pool.Channels), "rows"]);
                return true;
            case MaxPoolBackward pool:
                calls.Call(writer, PoolUnits.MaxBackward, calls.TypesOf(pool.Channels), [calls.At(pool.Input), Number("fromStride", pool.Input.Stride),
                    calls.At(pool.Output), calls.At(pool.OutputGradient), Number("toStride", pool.Output.Stride),
                    calls.At(pool.InputGradient), Number("dxStride", pool.InputGradient.Stride), .. Extents(pool.Window, pool.Channels), "rows"]);
                return true;
            case AveragePool pool:
                calls.Call(writer, PoolUnits.Average, calls.TypesOf(pool.Channels), [calls.At(pool.Input), Number("fromStride", pool.Input.Stride),
                    calls.At(pool.Output), Number("toStride", pool.Output.Stride), .. Extents(pool.Window, pool.Channels), .. Counted(pool.Window, pool.CountPadding), "rows"]);
                return true;
            case AveragePoolBackward pool:
                calls.Call(writer, PoolUnits.AverageBackward, calls.TypesOf(pool.Channels), [calls.At(pool.OutputGradient), Number("toStride", pool.OutputGradient.Stride),
                    calls.At(pool.InputGradient), Number("dxStride", pool.InputGradient.Stride), .. Extents(pool.Window, pool.Channels), .. Counted(pool.Window, pool.CountPadding), "rows"]);
                return true;
            default:
                return false;
        }
    }

    private static string[] Extents(Window window, int channels) =>
    [
        Number("channels", channels), Number("inRows", window.Rows.Input), Number("inColumns", window.Columns.Input),
        Number("outRows", window.Rows.Output), Number("outColumns", window.Columns.Output),
        Number("kernelRows", window.Rows.Kernel), Number("kernelColumns", window.Columns.Kernel),
        Number("stepRows", window.Rows.Stride), Number("stepColumns", window.Columns.Stride), Number("top", window.Rows.Before), Number("left", window.Columns.Before),
    ];

    /// <summary>What is left to say of windows side by side inside the value.</summary>
    private static string[] InnerExtents(Window window, int channels) =>
    [
        Number("channels", channels), Number("inColumns", window.Columns.Input), Number("outRows", window.Rows.Output), Number("outColumns", window.Columns.Output),
    ];

    private static string[] Counted(Window window, bool withPadding)
    {
        (int firstRow, int endRow) = AveragePool.Counted(window.Rows, withPadding);
        (int firstColumn, int endColumn) = AveragePool.Counted(window.Columns, withPadding);
        return [Number("firstRow", firstRow), Number("endRow", endRow), Number("firstColumn", firstColumn), Number("endColumn", endColumn)];
    }

    private static string Number(string name, int value) => $"{name}: {SimdCalls.Text(value)}";
}
