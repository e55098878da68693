using System.Globalization;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>
/// Networks whose normalizer lies far from 0, in single precision. Folded into the weights, its mean would take the digits of the outputs and the sense of
/// every further step; as a layer that training leaves alone, both are those of PyTorch.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class FineTuningTests(ITestOutputHelper output)
{
    private const double OutputTolerance = 2e-6;
    private const double LossTolerance = 0.1;

    [Theory]
    [InlineData("normalized-far")]
    [InlineData("normalized-far-narrow")]
    public void OutputsKeepTheirDigits(string name)
    {
        Fixture fixture = Fixture.Load("Onnx", name, ".onnx");
        double[] actual = GeneratedModel.Compile(fixture.Read(), Precision.Single).Forward(fixture.FlatInputs);
        output.WriteLine($"{name}: worst relative error {Approx.Distance(fixture.FlatOutputs, actual):g3}");
        Approx.Equal(fixture.FlatOutputs, actual, OutputTolerance, name);
    }

    /// <summary>The file beside the model has the losses before and after some steps, for two rates.</summary>
    [Theory]
    [InlineData("normalized-far")]
    [InlineData("normalized-far-narrow")]
    public void TrainingGoesOnAsInPyTorch(string name)
    {
        Fixture fixture = Fixture.Load("Onnx", name, ".onnx");
        float[] inputs = Array.ConvertAll(fixture.FlatInputs, value => (float)value);
        float[] targets = Array.ConvertAll(fixture.FlatOutputs, value => (float)(value + 0.1));
        string[] lines = File.ReadAllLines(Path.Combine(Fixture.Folder("Onnx"), name + "-training.csv"));
        double[][] rows = [.. lines.Skip(1).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        Assert.Equal(10, rows.Length);
        foreach (IGrouping<double, double[]> run in rows.GroupBy(row => row[0]))
        {
            ITrainer<float> trainer = GeneratedModel.CompileTrainer(fixture.Read(), Loss.MeanSquaredError, Optimizer.Adam);
            trainer.LearningRate = (float)run.Key;
            int step = 0;
            foreach (double[] row in run)
            {
                for (; step < row[1]; step++)
                    trainer.Step(inputs, targets);
                double loss = trainer.Loss(inputs, targets);
                output.WriteLine($"{name}, rate {run.Key}, after {step} steps: loss {loss:g4}, PyTorch's {row[2]:g4}");
                Assert.InRange(loss, row[2] * (1 - LossTolerance), row[2] * (1 + LossTolerance));
            }
        }
    }
}
