using System;
using System.Linq;
using GeneratedNetworks.Tests.Compiled;
using GeneratedNetworks.Tests.Reference;
using Xunit;

namespace GeneratedNetworks.Tests;

/// <summary>Small networks of recurrent layers compute, differentiate and learn what PyTorch does, in every profile.</summary>
[Trait("Category", "Numeric")]
public sealed class SequenceTests(ITestOutputHelper output)
{
    private static readonly TorchCase[] Known = [.. TorchSequences.All.Networks.Where(network => !network.Missing.Any())];

    public static MatrixTheoryData<string, Precision> Targets => new(["Simd", "Scalar", "Basic"], [Precision.Single, Precision.Double]);

    public static TheoryData<string> Needs => [.. TorchSequences.All.Networks.SelectMany(network => network.Needs).Distinct()];

    [Theory]
    [MemberData(nameof(Targets))]
    public void NumbersAreThoseOfPyTorch(string target, Precision precision)
    {
        CompileTogether(target, precision);
        TorchRun.AssertNumbers(Known, target, precision, output);
    }

    /// <summary>Alone, and without gradients of the inputs, a sample takes ways of its own; the batch's gradients are the mean of theirs.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void SamplesAloneAreThoseOfPyTorch(string target, Precision precision)
    {
        bool isDouble = precision == Precision.Double;
        TorchFindings findings = new();
        CompileTogether(target, precision);
        foreach ((TorchCase expected, TestNetwork network) in Known.Zip(NetworkCompiler.Compile(Declare(target, precision, inputGradients: false))))
        {
            network.SetParameters(expected.Parameters);
            TestTrainer trainer = network.CreateTrainer();
            int samples = expected.Inputs.Length / Member.Constant(network.Instance, "InputSize");
            double loss = 0;
            double[] gradients = new double[expected.Parameters.Length];
            foreach ((double[] inputs, double[] targets) in expected.Inputs.Chunk(expected.Inputs.Length / samples).Zip(expected.Targets.Chunk(expected.Targets.Length / samples)))
            {
                loss += trainer.Backward(inputs, targets) / samples;
                gradients = [.. gradients.Zip(trainer.GetGradients(), (sum, own) => sum + (own / samples))];
            }

            findings.Compare(expected.Name, "loss", [expected.TrainingLoss], [loss], isDouble ? 1e-11 : 2e-5);
            findings.Compare(expected.Name, "gradients", expected.Gradients, TorchFindings.Told(gradients, expected.Every), isDouble ? 1e-10 : 1e-4);
        }

        output.WriteLine($"{Known.Length} networks, {target}, {precision}\n{findings.Worst}");
        findings.AssertNone();
    }

    /// <summary>A layer that is still to come is told, and not passed over in silence.</summary>
    [Theory]
    [MemberData(nameof(Needs))]
    public void TheLayerExists(string need) => TorchRun.SkipWhenMissing(TorchSequences.All.Networks, need);

    private static NetworkSpec[] Declare(string target, Precision precision, bool inputGradients) =>
        [.. Known.Select(expected => expected.Declare(inputGradients).In(Enum.Parse<EmitProfile>(target), precision))];

    /// <summary>What both tests of numbers ask for, as one assembly: the methods that its networks share are compiled once.</summary>
    private static void CompileTogether(string target, Precision precision) =>
        NetworkCompiler.CompileTypes([.. Declare(target, precision, inputGradients: true), .. Declare(target, precision, inputGradients: false)]);
}
