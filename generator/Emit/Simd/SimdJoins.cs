using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Simd;

/// <summary>What joins values and takes them apart.</summary>
internal static class SimdJoins
{
    /// <returns>Whether it is such an operation.</returns>
    public static bool Write(CSharpWriter writer, SimdCalls calls, Operation operation)
    {
        switch (operation)
        {
            case Multiply multiply:
                calls.Call(writer, PartUnits.Multiply, "W, V", calls.At(multiply.Left), calls.At(multiply.Right), calls.At(multiply.Output), SimdCalls.Elements(multiply.Output));
                return true;
            case Concatenate join:
                int at = 0;
                foreach (Tensor input in join.Inputs)
                {
                    if (input.Whole is null)
                        WritePart(writer, calls, input, 0, input.Shape.Columns, join.Output, at, join.Output.Shape.Columns, input.Shape.Columns);
                    at += input.Shape.Columns;
                }

                WriteTail(writer, calls, join.Output);
                return true;
            case Split split:
                foreach (SplitPart part in split.Parts)
                {
                    WritePart(writer, calls, split.OutputGradient, part.At, split.OutputGradient.Shape.Columns, part.Gradient, 0, part.Columns, part.Columns);
                    WriteTail(writer, calls, part.Gradient);
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>Some columns of every row of every sample.</summary>
    public static void WritePart(CSharpWriter writer, SimdCalls calls, Tensor from, int fromAt, int fromStep, Tensor to, int toAt, int toStep, int columns) =>
        calls.Call(writer, PartUnits.Copy, calls.TypesOf(columns), Offset(calls.At(from), fromAt), "fromStride: " + SimdCalls.Text(from.Stride), "fromStep: " + SimdCalls.Text(fromStep),
            Offset(calls.At(to), toAt), "toStride: " + SimdCalls.Text(to.Stride), "toStep: " + SimdCalls.Text(toStep), "columns: " + SimdCalls.Text(columns),
            "count: " + SimdCalls.Text(to.Width / toStep), "rows");

    private static void WriteTail(CSharpWriter writer, SimdCalls calls, Tensor rows)
    {
        if (rows.Stride > rows.Width)
            calls.Call(writer, PartUnits.ClearTails, null, calls.At(rows), "stride: " + SimdCalls.Text(rows.Stride), "width: " + SimdCalls.Text(rows.Width), "rows");
    }

    private static string Offset(string place, int offset) => offset == 0 ? place : $"ref Unsafe.Add({place}, {SimdCalls.Text(offset)})";
}
