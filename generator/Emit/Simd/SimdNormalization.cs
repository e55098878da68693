using System.Collections.Generic;
using GeneratedNetworks.Generator.Emit.Library;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Text;

namespace GeneratedNetworks.Generator.Emit.Simd;

/// <summary>What normalizes channels by statistics.</summary>
internal static class SimdNormalization
{
    /// <returns>Whether it is such an operation.</returns>
    public static bool Write(CSharpWriter writer, SimdCalls calls, Operation operation)
    {
        switch (operation)
        {
            case NormalizeBatch norm:
                WriteByAverages(writer, calls, norm);
                return true;
            case NormalizeBatchBackward norm:
                calls.Call(writer, BatchNormUnits.Scale, Types(calls, norm.Norm), calls.At(norm.OutputGradient), calls.At(norm.InputGradient), "stride: " + Text(norm.InputGradient.Stride),
                    Channels(norm.Norm), "width: " + Text(norm.InputGradient.Width), "rows", SimdCalls.Parameter(Emit.Places.Of(norm.Norm.Variance)), Block(norm.Norm, norm.Norm.Gamma), Has("hasGamma", norm.Norm.Gamma), calls.Literal(norm.Norm.Epsilon));
                WriteTail(writer, calls, norm.InputGradient);
                return true;
            case BatchNorm norm:
                string statistics = calls.At(norm.Statistics);
                writer.Line("if (byBatch)");
                writer.Line("    " + calls.Invocation(BatchNormUnits.Statistics, Types(calls, norm.Norm), calls.At(norm.Input), "stride: " + Text(norm.Input.Stride), Channels(norm.Norm), "width: " + Text(norm.Input.Width), "rows", statistics,
                    $"ref Unsafe.Add(ref scratch, {Text(calls.Plan.AverageOf(norm.Norm.Mean.Layer))})", calls.Literal(norm.Norm.Epsilon), calls.Literal(norm.Momentum), norm.IsUnbiased ? "isUnbiased: true" : "isUnbiased: false"));
                writer.Line("else");
                writer.Line("    " + calls.Invocation(BatchNormUnits.Averages, null, SimdCalls.Parameter(Emit.Places.Of(norm.Norm.Mean)), SimdCalls.Parameter(Emit.Places.Of(norm.Norm.Variance)), Channels(norm.Norm), statistics, calls.Literal(norm.Norm.Epsilon)));
                WriteApply(writer, calls, norm.Norm, norm.Input, norm.Output, statistics, norm.IsRectified);
                return true;
            case BatchNormBackward norm:
                WriteBackward(writer, calls, norm);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The moving averages take what training passes left for them.</summary>
    public static void WriteMove(CSharpWriter writer, SimdCalls calls, BatchNormBlocks norm) => calls.Call(
        writer, BatchNormUnits.Move, null, SimdCalls.Parameter(Emit.Places.Of(norm.Mean)), SimdCalls.Parameter(Emit.Places.Of(norm.Variance)), Channels(norm),
        $"ref Unsafe.Add(ref scratch, {Text(calls.Plan.AverageOf(norm.Mean.Layer))})");

    private static void WriteByAverages(CSharpWriter writer, SimdCalls calls, NormalizeBatch operation)
    {
        BatchNormBlocks norm = operation.Norm;
        string element = calls.Plan.Layout.ElementBytes == 4 ? "float" : "double", local = "statistics" + Emit.Places.Pascal(norm.Mean.Layer);
        writer.Line($"global::System.Span<{element}> {local} = stackalloc {element}[{Text(2 * norm.Channels)}];");
        string statistics = $"ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({local})";
        calls.Call(writer, BatchNormUnits.Averages, null, SimdCalls.Parameter(Emit.Places.Of(norm.Mean)), SimdCalls.Parameter(Emit.Places.Of(norm.Variance)), Channels(norm), statistics, calls.Literal(norm.Epsilon));
        WriteApply(writer, calls, norm, operation.Input, operation.Output, statistics, operation.IsRectified);
    }

    private static void WriteApply(CSharpWriter writer, SimdCalls calls, BatchNormBlocks norm, Tensor input, Tensor output, string statistics, bool isRectified)
    {
        calls.Call(writer, isRectified ? BatchNormUnits.ApplyRectified : BatchNormUnits.Apply, Types(calls, norm), calls.At(input), "xStride: " + Text(input.Stride), calls.At(output), "yStride: " + Text(output.Stride), Channels(norm),
            "width: " + Text(output.Width), "rows", statistics, Block(norm, norm.Gamma), Has("hasGamma", norm.Gamma), Block(norm, norm.Beta), Has("hasBeta", norm.Beta));
        if (output.IsScratch)
            WriteTail(writer, calls, output);
    }

    private static void WriteBackward(CSharpWriter writer, SimdCalls calls, BatchNormBackward norm)
    {
        Tensor dx = norm.InputGradient ?? norm.OutputGradient;
        List<string> arguments =
        [
            calls.At(norm.Input), "stride: " + Text(norm.Input.Stride), calls.At(norm.OutputGradient), calls.At(dx), norm.InputGradient is null ? "hasDx: false" : "hasDx: true", Channels(norm.Norm),
            "width: " + Text(norm.Input.Width), "rows", calls.At(norm.Statistics), Block(norm.Norm, norm.Norm.Gamma), Has("hasGamma", norm.Norm.Gamma),
        ];
        if (norm.IsRectified)
            arguments.AddRange([Block(norm.Norm, norm.Norm.Beta), Has("hasBeta", norm.Norm.Beta)]);
        arguments.AddRange([Gradient(norm.Norm, norm.Norm.Gamma), Has("hasDGamma", norm.Norm.Gamma), Gradient(norm.Norm, norm.Norm.Beta), Has("hasDBeta", norm.Norm.Beta), "scale", "add"]);
        calls.Call(writer, norm.IsRectified ? BatchNormUnits.BackwardRectified : BatchNormUnits.Backward, Types(calls, norm.Norm), [.. arguments]);
        if (norm.InputGradient is not null)
            WriteTail(writer, calls, norm.InputGradient);
    }

    private static void WriteTail(CSharpWriter writer, SimdCalls calls, Tensor rows)
    {
        if (rows.Stride > rows.Width)
            calls.Call(writer, PartUnits.ClearTails, null, calls.At(rows), "stride: " + Text(rows.Stride), "width: " + Text(rows.Width), "rows");
    }

    private static string Types(SimdCalls calls, BatchNormBlocks norm) => $"{calls.TypesOf(norm.Channels)}, {calls.Types.Scalar}";

    private static string Channels(BatchNormBlocks norm) => "channels: " + Text(norm.Channels);

    private static string Has(string name, ParameterBlock? block) => $"{name}: {(block is null ? "false" : "true")}";

    /// <summary>A place that is not read where the block is not there.</summary>
    private static string Block(BatchNormBlocks norm, ParameterBlock? block) => SimdCalls.Parameter(Emit.Places.Of(block ?? norm.Mean));

    private static string Gradient(BatchNormBlocks norm, ParameterBlock? block) => block is null ? "ref gradients" : SimdCalls.Gradient(Emit.Places.Of(block));

    private static string Text(int value) => SimdCalls.Text(value);
}
