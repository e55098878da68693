using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>The tutorials' networks, trained by generated code in double and by the naive reference, end where NumPy ended.</summary>
[Trait("Category", "Numeric")]
public sealed class GoldenTests
{
    private const double OneStep = 1e-12;
    private const double WholeRun = 1e-9;

    private static readonly NetworkSpec TwoLayer =
        NetworkSpec.Of(3, new DenseSpec(1, Activation.Sigmoid) { UseBias = false }).Train(Loss.SquaredError, reduction: Reduction.Sum);

    private static readonly NetworkSpec ThreeLayer = NetworkSpec
        .Of(3, new DenseSpec(4, Activation.Sigmoid) { UseBias = false }, new DenseSpec(1, Activation.Sigmoid) { UseBias = false })
        .Train(Loss.SquaredError, reduction: Reduction.Sum);

    private static readonly NetworkSpec Neuron = NetworkSpec.Of(1, new DenseSpec(1, Activation.Sigmoid));

    private static readonly NetworkSpec Moons = NetworkSpec
        .Of(2, new DenseSpec(3, Activation.Tanh), new DenseSpec(2, Activation.Softmax))
        .Train(Loss.CrossEntropy, reduction: Reduction.Sum);

    private static readonly NetworkSpec Digits = NetworkSpec
        .Of(64, new DenseSpec(32, Activation.Sigmoid), new DenseSpec(10, Activation.Softmax))
        .Train(Loss.CrossEntropy);

    public static TheoryData<string> Engines => new("Naive", "Simd", "Scalar", "Basic");

    public static TheoryData<string, string> FullBatchRuns()
    {
        TheoryData<string, string> data = [];
        foreach (string run in new[] { "two-layer-numeric-js", "three-layer-numeric-js", "two-layer-python", "eleven-lines", "perceptron" })
        {
            foreach (string engine in new[] { "Naive", "Simd", "Scalar", "Basic" })
                data.Add(run, engine);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(FullBatchRuns))]
    public void SquaredErrorRun(string name, string engine)
    {
        GoldenRun golden = GoldenRun.Load(name);
        Machine machine = Machine.Create(name is "three-layer-numeric-js" or "eleven-lines" ? ThreeLayer : TwoLayer, engine);
        machine.Start(golden.Parameters("initial"), golden.LearningRate);

        Dictionary<int, JsonElement> trace = golden.At("trace_after_n_updates").EnumerateObject()
            .ToDictionary(entry => int.Parse(entry.Name, CultureInfo.InvariantCulture), entry => entry.Value);
        int iterations = golden.Setting("iterations");
        Assert.Contains(1, trace.Keys);
        for (int n = 1; n <= iterations; n++)
        {
            machine.Step(golden.Inputs, golden.Targets);
            if (trace.TryGetValue(n, out JsonElement point))
            {
                double[] outputs = GoldenRun.Numbers(point.GetProperty("outputs"));
                Approx.Equal(outputs, machine.Forward(golden.Inputs), n == 1 ? OneStep : WholeRun, $"outputs after {n}");
            }

            if (n == iterations - 1)
                Approx.Equal(golden.NumbersAt("outputs_last_training_pass"), machine.Forward(golden.Inputs), WholeRun, "outputs of the last pass");
        }

        Approx.Equal(golden.Parameters("final"), machine.Parameters, WholeRun, "final parameters");
        Approx.Equal(golden.NumbersAt("outputs"), machine.Forward(golden.Inputs), WholeRun, "outputs");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void VariantStart(string engine)
    {
        GoldenRun golden = GoldenRun.Load("two-layer-numeric-js");
        Machine machine = Machine.Create(TwoLayer, engine);
        machine.Start(golden.Parameters("variant_seed_1", "initial"), golden.LearningRate);
        for (int n = 0; n < golden.Setting("iterations"); n++)
            machine.Step(golden.Inputs, golden.Targets);
        Approx.Equal(golden.Parameters("variant_seed_1", "final"), machine.Parameters, WholeRun, "final parameters");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void OneNeuronWithSummedCrossEntropy(string engine)
    {
        GoldenRun golden = GoldenRun.Load("one-neuron-logistic");
        Machine machine = Machine.Create(Neuron.Train(Loss.BinaryCrossEntropy, reduction: Reduction.Sum), engine);
        machine.Start(golden.Parameters("initial"), golden.LearningRate);
        Dictionary<int, double> costs = golden.At("stopping", "log_iteration_cost_drop").EnumerateArray()
            .ToDictionary(entry => entry[0].GetInt32(), entry => entry[1].GetDouble());
        for (int n = 1; n <= golden.Setting("iterations"); n++)
        {
            machine.Step(golden.Inputs, golden.Targets);
            if (costs.TryGetValue(n, out double cost))
                Approx.Equal(cost, machine.Loss(golden.Inputs, golden.Targets), WholeRun, $"cost after {n}");
        }

        Approx.Equal(golden.Parameters("final"), machine.Parameters, WholeRun, "final parameters");
        Approx.Equal(golden.NumbersAt("outputs"), machine.Forward(golden.Inputs), WholeRun, "outputs");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void OneNeuronWithMeanCrossEntropy(string engine)
    {
        GoldenRun golden = GoldenRun.Load("keras-logistic");
        Machine machine = Machine.Create(Neuron.Train(Loss.BinaryCrossEntropy), engine);
        machine.Start(golden.Parameters("initial"), golden.LearningRate);
        for (int n = 0; n < golden.Setting("epochs"); n++)
            machine.Step(golden.Inputs, golden.Targets);
        Approx.Equal(golden.Parameters("final"), machine.Parameters, WholeRun, "final parameters");
        Approx.Equal(golden.NumbersAt("outputs"), machine.Forward(golden.Inputs), WholeRun, "outputs");
        Approx.Equal(golden.At("results", "loss").GetDouble(), machine.Loss(golden.Inputs, golden.Targets), WholeRun, "loss");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void TwoMoons(string engine)
    {
        GoldenRun golden = GoldenRun.Load("two-moons");
        double[] inputs = golden.Inputs;
        double[] targets = GoldenRun.OneHot(golden.Targets.Select(label => (int)label), 2);
        double decay = golden.At("hyperparameters", "reg_lambda").GetDouble();
        Machine machine = Machine.Create(Moons, engine);
        machine.Start(golden.Parameters("initial"), golden.LearningRate, decay);

        // The naive reference is too slow for the whole run, whose end says nothing about its sums (see tests/Golden/README.md).
        int passes = engine == "Naive" ? 1000 : golden.Setting("passes");
        for (int n = 1; n <= passes; n++)
        {
            machine.Step(inputs, targets);
            if (n is 1 or 100 or 500 or 1000)
            {
                string pass = n.ToString(CultureInfo.InvariantCulture);
                double[] weights = golden.Parameters("weights_after_n_passes", pass);
                double loss = golden.At("loss_after_n_updates", pass, "data_loss_sum").GetDouble();
                Approx.Equal(weights, machine.Parameters, n == 1 ? OneStep : WholeRun, $"parameters after {n}");
                Approx.Equal(loss, machine.Loss(inputs, targets), WholeRun, $"loss after {n}");
            }
        }

        if (engine == "Naive")
            return;
        double one = Approx.Distance(golden.Parameters("final"), machine.Parameters);
        double other = Approx.Distance(golden.Parameters("final_opposite_phase"), machine.Parameters);
        Assert.True(Math.Min(one, other) <= 1e-6, $"{one} from one phase, {other} from the other");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void DigitsInMiniBatches(string engine)
    {
        GoldenRun golden = GoldenRun.Load("mnist-feedforward");
        (double[][] pixels, int[] labels) = GoldenRun.ReadDigits();
        const int Train = 1437;
        int batchSize = golden.Setting("batch_size");
        List<(double[] Inputs, double[] Targets)> batches = pixels[..Train].Zip(labels).Chunk(batchSize)
            .Select(rows => (rows.SelectMany(row => row.First).ToArray(), GoldenRun.OneHot(rows.Select(row => row.Second), 10)))
            .ToList();
        double[] inputs = pixels[..Train].SelectMany(row => row).ToArray();
        double[] targets = GoldenRun.OneHot(labels[..Train], 10);
        double[] testInputs = pixels[Train..].SelectMany(row => row).ToArray();
        double[] losses = golden.NumbersAt("per_epoch", "train_loss");

        Machine machine = Machine.Create(Digits, engine);
        machine.Start(golden.Parameters("initial"), golden.LearningRate);
        Approx.Equal(golden.At("loss_before_training").GetDouble(), machine.Loss(inputs, targets), OneStep, "loss before training");
        int epochs = engine == "Naive" ? 3 : golden.Setting("epochs");
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach ((double[] batch, double[] labelsOfBatch) in batches)
                machine.Step(batch, labelsOfBatch);
            Approx.Equal(losses[epoch], machine.Loss(inputs, targets), WholeRun, $"loss after epoch {epoch + 1}");
        }

        if (engine == "Naive")
            return;
        Approx.Equal(golden.Parameters("final"), machine.Parameters, WholeRun, "final parameters");
        double[] outputs = machine.Forward(testInputs);
        Approx.Equal(golden.NumbersAt("outputs", "first_five_test_probabilities"), outputs[..50], WholeRun, "test probabilities");
        Assert.Equal(golden.NumbersAt("outputs", "test_predicted_labels"), outputs.Chunk(10).Select(row => (double)row.IndexOf(row.Max())));
    }

    /// <summary>One generated step from every golden start agrees with one naive step, parameter by parameter.</summary>
    [Fact]
    public void OneStepAgreesWithTheNaiveReference()
    {
        (string Run, NetworkSpec Spec)[] runs =
        [
            ("two-layer-numeric-js", TwoLayer),
            ("three-layer-numeric-js", ThreeLayer),
            ("eleven-lines", ThreeLayer),
            ("perceptron", TwoLayer),
            ("one-neuron-logistic", Neuron.Train(Loss.BinaryCrossEntropy, reduction: Reduction.Sum)),
            ("keras-logistic", Neuron.Train(Loss.BinaryCrossEntropy)),
        ];
        foreach (string engine in new[] { "Simd", "Scalar", "Basic" })
        {
            foreach ((string run, NetworkSpec spec) in runs)
            {
                GoldenRun golden = GoldenRun.Load(run);
                Machine generated = Machine.Create(spec, engine);
                Machine naive = Machine.Create(spec, "Naive");
                foreach (Machine machine in new[] { generated, naive })
                {
                    machine.Start(golden.Parameters("initial"), golden.LearningRate);
                    machine.Step(golden.Inputs, golden.Targets);
                }

                Approx.Equal(naive.Parameters, generated.Parameters, OneStep, $"{run} on {engine}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void BuildingBlocks(string engine)
    {
        GoldenRun golden = GoldenRun.Load("numpy-gradient-descent");
        Machine sigmoid = Machine.Create(Neuron.Train(Loss.BinaryCrossEntropy), engine);
        sigmoid.Start([1, 0], 0);
        Approx.Equal(
            golden.NumbersAt("building_blocks", "sigmoid", "outputs"),
            sigmoid.Forward(golden.NumbersAt("building_blocks", "sigmoid", "inputs")),
            OneStep,
            "sigmoid");

        NetworkSpec spec = NetworkSpec.Of(3, new DenseSpec(3, Activation.Softmax) { UseBias = false })
            .Train(Loss.CrossEntropy, reduction: Reduction.Sum);
        Machine softmax = Machine.Create(spec, engine);
        softmax.Start([1, 0, 0, 0, 1, 0, 0, 0, 1], 0);
        Approx.Equal(
            golden.NumbersAt("building_blocks", "softmax", "outputs"),
            softmax.Forward(golden.NumbersAt("building_blocks", "softmax", "inputs")),
            OneStep,
            "softmax");
        double[] logits = golden.NumbersAt("building_blocks", "cross_entropy", "logits");
        double[] labels = GoldenRun.OneHot(golden.NumbersAt("building_blocks", "cross_entropy", "labels").Select(label => (int)label), 3);
        double crossEntropy = golden.At("building_blocks", "cross_entropy", "sum_without").GetDouble();
        Approx.Equal(crossEntropy, softmax.Loss(logits, labels), OneStep, "cross-entropy");
    }
}
