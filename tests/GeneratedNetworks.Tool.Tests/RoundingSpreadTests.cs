using GeneratedNetworks.Import;
using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Tests.Support;

namespace GeneratedNetworks.Tool.Tests;

/// <summary>Networks whose large values cancel pass a check by what single precision leaves open of them, and others do not.</summary>
public sealed class RoundingSpreadTests : IDisposable
{
    private const int Inputs = 8;
    private const int Pairs = 128;

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void ANetworkThatCancelsPassesAndSaysWhy()
    {
        string model = Cancelling();
        string[] arguments = ["check", model, "--samples", "100"];
        string printed = _place.Succeed(arguments);
        Assert.Matches(
            @"\nThe relative error is above 1e-5, up to \d\.\d\de-[345], for \d+ of 100 output vectors, and for none of them farther than single precision leaves open:\n"
            + @"large values cancel there, and executed with 32-bit rounding the file itself is off by up to \d\.\d\de-[345]\. --precision double compares more digits\.\n$",
            printed);
        Assert.Equal(printed, _place.Succeed(arguments));
        Assert.EndsWith("The relative error is within 1e-10.\n", _place.Succeed([.. arguments, "--precision", "double", "--tolerance", "1e-10"]), StringComparison.Ordinal);

        // A limit of the user's own is the limit.
        Assert.Contains("is above the tolerance 1e-5", _place.Fail(1, [.. arguments, "--tolerance", "1e-5"]), StringComparison.Ordinal);
    }

    /// <summary>Sums of some hundreds cancel in one network; the other has nothing above 1.</summary>
    [Fact]
    public void TheSpreadIsThatOfItsSums()
    {
        ModelReading reading = ModelReading.Open(Cancelling());
        double[] sample = [.. Enumerable.Range(0, Inputs).Select(i => (double)(float)(0.1 * Math.Sin(1 + i)))];
        double spread = new RoundingSpread(reading, 1, 1).Of(sample, reading.Run(sample));
        Assert.InRange(spread, 1e-5, 1e-2);

        ModelReading calm = ModelReading.Open(Fixture.PathOf("Onnx/torch-softmax.onnx"));
        double[] zeros = new double[calm.InputSize];
        Assert.InRange(new RoundingSpread(calm, 1, 1).Of(zeros, calm.Run(zeros)), 1e-9, 1e-6);
    }

    /// <summary>An error of 2e-5 in a network that does not cancel, and one beyond the spread in a network that does.</summary>
    [Fact]
    public void WhatRoundingDoesNotExplainIsNamed()
    {
        ModelReading calm = ModelReading.Open(Fixture.PathOf("Onnx/torch-softmax.onnx"));
        (double[][] samples, double[] reference, float[] actual) = Run(calm, 5);
        int size = reference.Length / samples.Length;
        RoundingSpread spread = new(calm, 1, 1);
        Assert.Equal(new SpreadVerdict(0, 0, null), spread.Judge(actual, reference, samples, 1e-5));
        actual[size + 1] += 2e-5f;
        SpreadVerdict verdict = spread.Judge(actual, reference, samples, 1e-5);
        Assert.Equal(1, verdict.Vectors);
        Assert.Equal(size + 1, verdict.Unexplained!.Value.Index);
        Assert.InRange(verdict.Spread, 1e-9, 1e-6);

        ModelReading cancelling = ModelReading.Open(Cancelling());
        (samples, reference, actual) = Run(cancelling, 20);
        actual[7] += 0.1f;
        Assert.Equal(7, new RoundingSpread(cancelling, 1, 1).Judge(actual, reference, samples, 1e-5).Unexplained!.Value.Index);
        actual[7] = float.NaN;
        Assert.Equal(7, new RoundingSpread(cancelling, 1, 1).Judge(actual, reference, samples, 1e-5).Unexplained!.Value.Index);
    }

    /// <summary>A reading's own outputs, rounded to the nearest floats.</summary>
    private static (double[][] Samples, double[] Reference, float[] Actual) Run(ModelReading reading, int count)
    {
        Random random = new(4);
        double[][] samples = [.. Enumerable.Range(0, count).Select(i => reading.Domain.Draw(random, i))];
        double[] reference = [.. samples.SelectMany(sample => reading.Run(sample))];
        return (samples, reference, Array.ConvertAll(reference, value => (float)value));
    }

    /// <summary>Units in pairs, alike to three digits, whose outputs of some hundreds are subtracted from each other: tanh(Σ 100·(h − h′)).</summary>
    private string Cancelling()
    {
        Random random = new(3);
        double[] first = new double[Inputs * 2 * Pairs];
        double[] second = new double[2 * Pairs];
        for (int pair = 0; pair < Pairs; pair++)
        {
            for (int i = 0; i < Inputs; i++)
            {
                double weight = (random.NextDouble() * 2) - 1;
                first[(i * 2 * Pairs) + pair] = weight;
                first[(i * 2 * Pairs) + Pairs + pair] = weight + (1e-3 * random.NextDouble());
            }

            second[pair] = 100;
            second[Pairs + pair] = -100;
        }

        LayerChain chain = new(new ModelSource("cancelling.test", [], null), [Inputs]);
        chain.Dense("first", first, null, 2 * Pairs);
        chain.Activate(null, Activation.Relu);
        chain.Dense("second", second, null, 1);
        chain.Activate(null, Activation.Tanh);
        string path = _place.PathOf("cancelling.onnx");
        using FileStream stream = File.Create(path);
        OnnxExport.Write(stream, chain.Build("a test"), Precision.Single);
        return path;
    }
}
