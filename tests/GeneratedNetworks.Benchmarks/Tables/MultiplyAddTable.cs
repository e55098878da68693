using System;
using System.Globalization;
using GeneratedNetworks.Benchmarks.Generation;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Benchmarks.Output;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>Time of one multiply-add in a square layer, against its width.</summary>
internal sealed class MultiplyAddTable : ITable
{
    private const string Panel = "Two square layers";

    private static readonly int[] Widths = [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048];

    public string Name => "layer";

    public void Run(TableContext context)
    {
        ReportTable table = new(
            "Time per multiply-add against layer size",
            ["n-n-n relu", "KB of weights", "forward, batch 1", "forward, batch 64", "SGD step, batch 32"])
        {
            Note = "Picoseconds per multiply-add; classes generated, compiled and loaded at run time, called through their interfaces.",
        };
        foreach (int width in Widths)
        {
            NetworkCase shape = Shape(width);
            double[] times = Race.Run(Math.Min(context.Rounds, 15),
                [new LocalCandidate(shape.Forward(1)), new LocalCandidate(shape.Forward(64)), new LocalCandidate(shape.Sgd(32))]);
            double[] each =
            [
                times[0] / shape.ForwardMultiplyAdds, times[1] / (64 * shape.ForwardMultiplyAdds), times[2] / (32 * shape.StepMultiplyAdds),
            ];
            context.Chart.Add(Panel, "forward, batch 1", shape.ForwardMultiplyAdds, 1000 * each[0]);
            context.Chart.Add(Panel, "forward, batch 64", shape.ForwardMultiplyAdds, 1000 * each[1]);
            context.Chart.Add(Panel, "SGD step, batch 32", shape.StepMultiplyAdds, 1000 * each[2]);
            table.Rows.Add(
            [
                shape.Name, (shape.ForwardMultiplyAdds * sizeof(float) / 1000.0).ToString("#,0.#", CultureInfo.InvariantCulture),
                .. Array.ConvertAll(each, static time => Format.Ratio(1000 * time)),
            ]);
        }

        context.Report.Add(table);
    }

    private static NetworkCase Shape(int width)
    {
        (INetwork<float> network, ITrainer<float> trainer) = new GeneratedSource(width, width, width).Load();
        trainer.LearningRate = Method.LearningRate;
        NetworkCase shape = null!;
        return shape = new($"{width}-{width}-{width}", [width, width, width], HiddenActivation.Relu)
        {
            Forward = samples =>
            {
                Batch<float> batch = shape.Batch(samples);
                return calls =>
                {
                    for (int i = 0; i < calls; i++)
                    {
                        network.Forward(batch.Inputs, batch.Outputs);
                    }
                };
            },
            Sgd = samples => Step(shape, trainer, samples),
            Adam = static _ => throw new NotSupportedException(),
        };
    }

    private static Action<int> Step(NetworkCase shape, ITrainer<float> trainer, int samples)
    {
        Batch<float> batch = shape.Batch(samples);
        return calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                trainer.Step(batch.Inputs, batch.Targets);
            }
        };
    }
}
