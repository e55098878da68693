using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using Xunit;

namespace GeneratedNetworks.Tests.Reference;

/// <summary>What a generated network makes of a case of PyTorch's.</summary>
internal sealed record TorchRun(double[] Outputs, double EvaluationLoss, double TrainingLoss, double[] Gradients, double[] InputGradients, double[] Trained)
{
    private IEnumerable<(string What, double[] Values)> All =>
    [
        ("outputs", Outputs), ("losses", [EvaluationLoss, TrainingLoss]), ("gradients", Gradients), ("input gradients", InputGradients), ("trained parameters", Trained),
    ];

    public static TorchRun Of(TorchCase example, TestNetwork network)
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

    /// <param name="cases">What to compile.</param>
    /// <param name="target">A profile, or "Simd" and a width of vectors in bits.</param>
    /// <param name="precision">Of numbers.</param>
    /// <param name="numerics">How exact they are.</param>
    public static TestNetwork[] Compile(TorchCase[] cases, string target, Precision precision, Numerics numerics)
    {
        NetworkSpec[] specs = [.. cases.Select(network => network.Spec with { Numerics = numerics })];
        return target.Split(' ') is [_, var width]
            ? VectorWidthTests.Compile(int.Parse(width, CultureInfo.InvariantCulture), precision, specs)
            : NetworkCompiler.Compile([.. specs.Select(spec => spec.In(Enum.Parse<EmitProfile>(target), precision))]);
    }

    /// <summary>Fast networks compute, differentiate and learn what PyTorch does.</summary>
    public static void AssertNumbers(TorchCase[] cases, string target, Precision precision, ITestOutputHelper output)
    {
        TorchFindings findings = new();
        foreach ((TorchCase expected, TestNetwork network) in cases.Zip(Compile(cases, target, precision, Numerics.Fast)))
            findings.Compare(expected, Of(expected, network), precision);
        output.WriteLine($"{cases.Length} networks, {target}, {precision}\n{findings.Worst}");
        findings.AssertNone();
    }

    /// <summary>A layer that is still to come is told, and not passed over in silence.</summary>
    public static void SkipWhenMissing(IEnumerable<TorchCase> cases, string need)
    {
        int networks = cases.Count(network => network.Missing.Contains(need));
        Assert.SkipWhen(networks > 0, $"There is no {need}, and so {networks} networks are not compared.");
    }

    /// <summary>Reproducible networks have the same bits in all profiles and at all widths.</summary>
    public static void AssertSameBits(TorchCase[] cases, Precision precision)
    {
        TorchRun[] first = [.. cases.Zip(Compile(cases, "Simd 512", precision, Numerics.Reproducible), Of)];
        foreach (string target in new[] { "Simd 128", "Simd 0", "Scalar", "Basic" })
        {
            TestNetwork[] networks = Compile(cases, target, precision, Numerics.Reproducible);
            for (int i = 0; i < cases.Length; i++)
            {
                IEnumerable<(string What, double[] Values)> pairs = first[i].All.Zip(Of(cases[i], networks[i]).All, (left, right) => (left.What, left.Values.Zip(right.Values)
                    .Where(pair => BitConverter.DoubleToInt64Bits(pair.First) != BitConverter.DoubleToInt64Bits(pair.Second)).Select(pair => pair.Second).ToArray()));
                foreach ((string what, double[] others) in pairs)
                    Assert.True(others.Length == 0, $"{others.Length} {what} of '{cases[i].Name}' have other bits in {target}");
            }
        }
    }
}

/// <summary>The largest error of each kind, and all that are too large.</summary>
internal sealed class TorchFindings
{
    private readonly SortedDictionary<string, (double Error, string Name)> _worst = new(StringComparer.Ordinal);
    private readonly List<string> _failures = [];

    public string Worst => string.Join("\n", _worst.Select(pair => string.Create(CultureInfo.InvariantCulture, $"  {pair.Key}: {pair.Value.Error:G3}, {pair.Value.Name}")));

    /// <summary>As near as the project asks for in a precision.</summary>
    public void Compare(TorchCase expected, TorchRun actual, Precision precision)
    {
        bool isDouble = precision == Precision.Double;
        Compare(expected.Name, "outputs", expected.Outputs, actual.Outputs, isDouble ? 1e-11 : 2e-5);
        Compare(expected.Name, "loss", [expected.EvaluationLoss], [actual.EvaluationLoss], isDouble ? 1e-11 : 2e-5);
        Compare(expected.Name, "training loss", [expected.TrainingLoss], [actual.TrainingLoss], isDouble ? 1e-11 : 2e-5);
        Compare(expected.Name, "gradients", expected.Gradients, Told(actual.Gradients, expected.Every), isDouble ? 1e-10 : 1e-4);
        Compare(expected.Name, "input gradients", expected.InputGradients, actual.InputGradients, isDouble ? 1e-10 : 1e-4);
        Compare(expected.Name, "trained parameters", expected.Trained, Told(actual.Trained, expected.Every), isDouble ? 1e-8 : 2e-3);
    }

    public void Compare(string name, string what, double[] expected, double[] actual, double tolerance)
    {
        double error = expected.Length != actual.Length ? double.PositiveInfinity : Approx.Distance(expected, actual);
        if (!_worst.TryGetValue(what, out (double Error, string Name) worst) || !(error <= worst.Error))
            _worst[what] = (error, name);
        if (!(error <= tolerance))
            _failures.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {what} are off by {error:G3}, and {tolerance:G3} is allowed"));
    }

    public void AssertNone() => Assert.True(_failures.Count == 0, string.Join("\n", _failures));

    /// <summary>Those of many numbers that a file tells.</summary>
    public static double[] Told(double[] values, int every) => [.. values.Where((_, i) => i % every == 0)];
}
