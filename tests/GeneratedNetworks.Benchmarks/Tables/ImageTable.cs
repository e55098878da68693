using System;
using System.Globalization;
using System.IO;
using System.Linq;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Peers;
using GeneratedNetworks.Onnx;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>
/// Networks of images and signals: one sample, against ONNX Runtime on the file that our network saves, where both have to give the same numbers, and steps of
/// Adam against libtorch.
/// </summary>
internal sealed class ImageTable : ITable
{
    private const float Tolerance = 1e-4f;

    public string Name => "images";

    public void Run(TableContext context)
    {
        double[] limits = Race.Run(Method.LimitRounds, [FmaPeak.Width256(), FmaPeak.Width512()]);
        double peak = new[] { FmaPeak.MultiplyAdds(8) / limits[0], FmaPeak.MultiplyAdds(16) / limits[1] }.Where(static limit => !double.IsNaN(limit)).Max();
        ReportTable table = new("Images and signals, forward, batch 1", ["network", "multiply-adds", "ours", context.Onnx.Name, "× faster", "goal", "", "of the multiply-add limit"])
        {
            Note = $"Nanoseconds per sample. The limit is the higher of both widths of vectors, measured in the same run: {Format.Ratio(peak)} multiply-adds/ns.",
        };
        Row(context, table, "small", new SmallImageNet(1), Goals.SmallForward, peak);
        Row(context, table, "har1d", new SignalNet(1), Goals.SignalForward, peak);
        Row(context, table, "dscnn", new KeywordNet(1), Goals.KeywordForward, peak);
        Row(context, table, "mobilenet", new MobileImageNet(1), Goals.MobileForward, peak);
        Row(context, table, "resnet8", new ResidualNet(1), Goals.ResidualForward, peak);
        context.Report.Add(table);
        RunSteps(context, peak);
    }

    private static void RunSteps(TableContext context, double peak)
    {
        ReportTable table = new("Images and signals, Adam step", ["network", "batch", "multiply-adds", "ours", context.Torch.Name, "× faster", "goal", "", "of the multiply-add limit"])
        {
            Note = "Nanoseconds per sample by the processor's clock. Multiply-adds are those of forward and of the gradients of weights and inputs, with the same limit.",
        };
        Step(context, table, "small", new SmallImageTrainingNet.Trainer(new SmallImageTrainingNet(1)), 64, Goals.SmallStep, peak);
        Step(context, table, "har1d", new SignalTrainingNet.Trainer(new SignalTrainingNet(1)), 32, Goals.SignalStep, peak);
        Step(context, table, "dscnn", new KeywordTrainingNet.Trainer(new KeywordTrainingNet(1)), 32, Goals.KeywordStep, peak);
        Step(context, table, "resnet8", new ResidualTrainingNet.Trainer(new ResidualTrainingNet(1)), 32, Goals.ResidualStep, peak);
        context.Report.Add(table);
    }

    private static void Step(TableContext context, ReportTable table, string name, ITrainer<float> trainer, int batch, double goal, double peak)
    {
        trainer.LearningRate = Method.LearningRate;
        INetwork<float> network = trainer.Network;
        Random random = new(3);
        float[] inputs = [.. Enumerable.Range(0, batch * network.InputSize).Select(_ => (float)random.NextDouble())], targets = new float[batch * network.OutputSize];
        for (int i = 0; i < batch; i++)
        {
            targets[(i * network.OutputSize) + random.Next(network.OutputSize)] = 1;
        }

        LocalCandidate ours = new(calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                trainer.Step(inputs, targets);
            }
        })
        {
            ByProcessor = true,
        };
        double[] times = [.. Race.Run(Math.Min(context.Rounds, Method.StepRounds), [ours, context.Torch.CreateImages(name, batch)]).Select(time => time / batch)];
        double ratio = times[1] / times[0], multiplyAdds = (3 * network.Info.MultiplyAdds) - network.Info.Layers.First(static layer => layer.MultiplyAdds > 0).MultiplyAdds;
        table.Rows.Add(
        [
            name, batch.ToString(CultureInfo.InvariantCulture), Format.Nanoseconds(multiplyAdds), Format.Nanoseconds(times[0]), Format.Nanoseconds(times[1]), Format.Ratio(ratio),
            Format.Ratio(goal), table.Judge(ratio, goal), Format.Percent(multiplyAdds / times[0] / peak),
        ]);
    }

    private static void Row(TableContext context, ReportTable table, string name, INetwork<float> network, double goal, double peak)
    {
        Random random = new(3);
        float[] inputs = [.. Enumerable.Range(0, network.InputSize).Select(_ => (float)random.NextDouble())];
        float[] outputs = new float[network.OutputSize], theirs = new float[network.OutputSize];
        MemoryStream file = new();
        network.SaveOnnx(file, new OnnxOptions { InputName = OnnxModel.Input, OutputName = OnnxModel.Output });
        (long[] inputShape, long[] outputShape) = ([1, .. Extents(network, static layout => layout.InputLayout)], [1, .. Extents(network, static layout => layout.OutputLayout)]);
        ICandidate peer = OnnxRuntimePeer.Create(file.ToArray(), (inputs, inputShape), (theirs, outputShape));
        LocalCandidate ours = new(calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                network.Forward(inputs, outputs);
            }
        });
        double[] times = Race.Run(context.Rounds, [ours, peer]);
        float largest = outputs.Max(Math.Abs);
        for (int i = 0; i < outputs.Length; i++)
        {
            if (!(Math.Abs(outputs[i] - theirs[i]) <= Tolerance * Math.Max(1, largest)))
            {
                throw new InvalidOperationException($"{name}: output {i} is {outputs[i]}, and {theirs[i]} by ONNX Runtime.");
            }
        }

        double ratio = times[1] / times[0], multiplyAdds = network.Info.MultiplyAdds;
        context.Chart.Add("Images and signals", "GeneratedNetworks", multiplyAdds, times[0]);
        context.Chart.Add("Images and signals", context.Onnx.Name, multiplyAdds, times[1]);
        table.Rows.Add(
        [
            name, Format.Nanoseconds(multiplyAdds), Format.Nanoseconds(times[0]), Format.Nanoseconds(times[1]), Format.Ratio(ratio), Format.Ratio(goal), table.Judge(ratio, goal),
            Format.Percent(multiplyAdds / times[0] / peak),
        ]);
    }

    private static long[] Extents(INetwork<float> network, Func<INetworkLayout, ReadOnlySpan<NetworkValue>> values) =>
        Array.ConvertAll(values((INetworkLayout)network)[0].Shape.ToArray(), static extent => (long)extent);
}
