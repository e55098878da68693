using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Small networks of all layers compute, differentiate and learn what PyTorch does, in every profile.</summary>
[Trait("Category", "Numeric")]
public sealed class TorchTests(ITestOutputHelper output)
{
    private static readonly TorchCase[] Known = [.. TorchCase.All.Where(network => !network.Missing.Any())];

    public static MatrixTheoryData<string, Precision> Targets => new(["Simd", "Scalar", "Basic"], [Precision.Single, Precision.Double]);

    public static TheoryData<string> Needs => [.. TorchCase.All.SelectMany(network => network.Needs).Distinct()];

    [Theory]
    [MemberData(nameof(Targets))]
    public void NumbersAreThoseOfPyTorch(string target, Precision precision)
    {
        bool isDouble = precision == Precision.Double;
        Findings findings = new();
        foreach ((TorchCase expected, TestNetwork network) in Known.Zip(Compile(target, precision, Numerics.Fast)))
        {
            Results actual = Run(expected, network);
            findings.Compare(expected.Name, "outputs", expected.Outputs, actual.Outputs, isDouble ? 1e-11 : 2e-5);
            findings.Compare(expected.Name, "loss", [expected.EvaluationLoss], [actual.EvaluationLoss], isDouble ? 1e-11 : 2e-5);
            findings.Compare(expected.Name, "training loss", [expected.TrainingLoss], [actual.TrainingLoss], isDouble ? 1e-11 : 2e-5);
            findings.Compare(expected.Name, "gradients", expected.Gradients, actual.Gradients, isDouble ? 1e-10 : 1e-4);
            findings.Compare(expected.Name, "input gradients", expected.InputGradients, actual.InputGradients, isDouble ? 1e-10 : 1e-4);
            findings.Compare(expected.Name, "trained parameters", expected.Trained, actual.Trained, isDouble ? 1e-8 : 2e-3);
        }

        output.WriteLine($"{Known.Length} networks, {target}, {precision}\n{findings.Worst}");
        findings.AssertNone();
    }

    /// <summary>A layer that is still to come is told, and not passed over in silence.</summary>
    [Theory]
    [MemberData(nameof(Needs))]
    public void TheLayerExists(string need)
    {
        int networks = TorchCase.All.Count(network => network.Missing.Contains(need));
        Assert.SkipWhen(networks > 0, $"There is no {need}, and so {networks} networks are not compared.");
    }

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void ReproducibleBitsAreTheSameEverywhere(Precision precision)
    {
        TestNetwork[] first = Compile("Simd 512", precision, Numerics.Reproducible);
        foreach (string target in new[] { "Simd 128", "Simd 0", "Scalar", "Basic" })
        {
            TestNetwork[] networks = Compile(target, precision, Numerics.Reproducible);
            for (int i = 0; i < Known.Length; i++)
            {
                IEnumerable<(string What, double[] Values)> pairs = Run(Known[i], first[i]).All.Zip(Run(Known[i], networks[i]).All, (left, right) => (left.What, left.Values.Zip(right.Values)
                    .Where(pair => BitConverter.DoubleToInt64Bits(pair.First) != BitConverter.DoubleToInt64Bits(pair.Second)).Select(pair => pair.Second).ToArray()));
                foreach ((string what, double[] others) in pairs)
                    Assert.True(others.Length == 0, $"{others.Length} {what} of '{Known[i].Name}' have other bits in {target}");
            }
        }
    }

    private static TestNetwork[] Compile(string target, Precision precision, Numerics numerics)
    {
        NetworkSpec[] specs = [.. Known.Select(network => network.Spec with { Numerics = numerics })];
        return target.Split(' ') is [_, var width]
            ? VectorWidthTests.Compile(int.Parse(width, CultureInfo.InvariantCulture), precision, specs)
            : NetworkCompiler.Compile([.. specs.Select(spec => spec.In(Enum.Parse<EmitProfile>(target), precision))]);
    }

    private static Results Run(TorchCase example, TestNetwork network)
    {
        Assert.Equal(example.Parameters.Length, network.ParameterCount);
        network.SetParameters(example.Parameters);
        double[] outputs = network.Forward(example.Inputs);
        TestTrainer trainer = network.CreateTrainer();
        trainer["LearningRate"] = example.LearningRate;
        double evaluationLoss = trainer.Loss(example.Inputs, example.Targets);
        double trainingLoss = trainer.Backward(example.Inputs, example.Targets, out double[] inputGradients);
        double[] gradients = trainer.GetGradients();
        trainer.Update();
        for (int step = 1; step < example.Steps; step++)
            trainer.Step(example.Inputs, example.Targets);
        return new(outputs, evaluationLoss, trainingLoss, gradients, inputGradients, network.GetParameters());
    }

    private sealed record Results(double[] Outputs, double EvaluationLoss, double TrainingLoss, double[] Gradients, double[] InputGradients, double[] Trained)
    {
        public IEnumerable<(string What, double[] Values)> All =>
        [
            ("outputs", Outputs), ("losses", [EvaluationLoss, TrainingLoss]), ("gradients", Gradients), ("input gradients", InputGradients), ("trained parameters", Trained),
        ];
    }

    /// <summary>The largest error of each kind, and all that are too large.</summary>
    private sealed class Findings
    {
        private readonly SortedDictionary<string, (double Error, string Name)> _worst = new(StringComparer.Ordinal);
        private readonly List<string> _failures = [];

        public string Worst => string.Join("\n", _worst.Select(pair => string.Create(CultureInfo.InvariantCulture, $"  {pair.Key}: {pair.Value.Error:G3}, {pair.Value.Name}")));

        public void Compare(string name, string what, double[] expected, double[] actual, double tolerance)
        {
            double error = expected.Length != actual.Length ? double.PositiveInfinity : Approx.Distance(expected, actual);
            if (!_worst.TryGetValue(what, out (double Error, string Name) worst) || !(error <= worst.Error))
                _worst[what] = (error, name);
            if (!(error <= tolerance))
                _failures.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {what} are off by {error:G3}, and {tolerance:G3} is allowed"));
        }

        public void AssertNone() => Assert.True(_failures.Count == 0, string.Join("\n", _failures));
    }
}
