using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.Intrinsics;
using GeneratedNetworks.Generator.Planning;

namespace GeneratedNetworks.Benchmarks.Sweep;

/// <summary>One way to generate a layer: what is asked of the planner, the plan that came of it, and the class.</summary>
internal sealed class Variant(Forced forced, NetworkPlan plan)
{
    public Forced Forced => forced;

    /// <summary>All that was asked for and came out as this.</summary>
    public List<Forced> Stands { get; } = [forced];

    public NetworkPlan Plan => plan;

    public bool IsPick => forced == new Forced();

    public INetwork<float> Network { get; set; } = null!;

    public ITrainer<float> Trainer { get; set; } = null!;

    private DenseWeights Layer => plan.Weights[0];

    private string Order => Layer.IsByOutput ? "dots" : "panels";

    /// <summary>What of the plan a forward pass of so many samples runs through: variants of one name run the same code.</summary>
    public string Forward(int batch) => batch == 1
        ? $"{Order}, {Form(plan.Inference.Sample)}"
        : $"{Order}{Tile(Layer.ForwardTile, " ")}, chunks of {Text(Math.Min(batch, plan.Inference.ChunkRows))}";

    /// <summary>The same for a training step.</summary>
    public string Step(int batch)
    {
        TrainingPlan training = plan.Training!;
        if (batch == 1)
        {
            return training.Step switch
            {
                StepForm.OneMethod when training.Sample is not null => $"{Order}, {Form(training.Sample)}, one method",
                StepForm.Chunk => $"{Order}, chunk",
                _ => $"{Order}, {Form(training.Sample)}, by layer",
            };
        }

        // Rows are padded for the gradient by output, columns otherwise.
        return $"{Order}{Tile(Layer.ForwardTile, " ")}, gradient{Tile(Layer.GradientTile, " ", Layer.IsByOutput ? Layer.InputStride : Layer.Stride)}, "
            + $"chunks of {Text(Math.Min(batch, training.ChunkRows))}";
    }

    private string Form(SamplePlan? sample) => sample is null ? "chunk" : Layer.Sample switch
    {
        SampleForm.WrittenOut => "written out",
        SampleForm.PairLoop when Layer is { IsByOutput: false } && Layer.Stride > 2 * Layer.Panel => "pair loop",
        _ => "loop",
    };

    /// <summary>Tiles that differ only where a row has several vectors are one.</summary>
    private string Tile(TileShape tile, string before, int? columns = null)
    {
        if (columns is null && Layer.IsByOutput)
        {
            return "";
        }

        int lanes = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;
        int width = columns ?? Layer.Stride;
        return before + (width <= Math.Min(lanes, Layer.IsByOutput ? Layer.InputPanel : Layer.Panel) ? "8x1" : tile.ToString());
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
