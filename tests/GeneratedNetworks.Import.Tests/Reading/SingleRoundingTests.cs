using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Reading;

/// <summary>The reading in single precision, rounded by chance.</summary>
public sealed class SingleRoundingTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(-1e10 / 3)]
    [InlineData(1e-42 / 3)]
    [InlineData(1 + 1e-9)]
    public void ANumberBecomesOneOfItsNeighboursAndItselfOnAverage(double value)
    {
        SingleRounding rounding = new(new Random(1));
        float nearest = (float)value;
        float other = nearest > value ? MathF.BitDecrement(nearest) : MathF.BitIncrement(nearest);
        const int Count = 20_000;
        double sum = 0;
        int ups = 0;
        for (int i = 0; i < Count; i++)
        {
            double rounded = rounding.Round(value);
            Assert.True(rounded == nearest || rounded == other, $"{rounded:R}");
            sum += rounded - value;
            ups += rounded == other ? 1 : 0;
        }

        // Four deviations of a mean of so many, each of which has at most half the gap.
        double gap = Math.Abs((double)nearest - other);
        Assert.InRange(sum / Count, -2 * gap / Math.Sqrt(Count), 2 * gap / Math.Sqrt(Count));
        Assert.InRange(ups / (double)Count, 0, 0.52);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(16777216)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    public void WhatHas32BitsStays(double value) => Assert.Equal(value, new SingleRounding(new Random(1)).Round(value));

    /// <summary>Runs differ from each other and from the one in double, by as much as 32 bits do and no more; in every format.</summary>
    [Theory]
    [InlineData("Onnx/torch-softsign.onnx")]
    [InlineData("TfLite/float.tflite")]
    [InlineData("Keras/sequential-2.h5")]
    public void ARunIsOffByItsRounding(string model)
    {
        ModelReading reading = ModelReading.Open(Path.Combine(Fixture.Folder(Path.GetDirectoryName(model)!), Path.GetFileName(model)));
        Random random = new(2);
        double[] sample = reading.Domain.Draw(random, 0);
        double[] exact = reading.Run(sample);
        double[][] runs = [.. Enumerable.Range(0, 8).Select(_ => reading.RunInSingle(sample, random))];
        Assert.True(runs.Select(run => run[0]).Distinct().Count() > 1);
        foreach (double[] run in runs)
        {
            Approx.Equal(exact, run, 1e-5, model);
            Assert.All(run, value => Assert.Equal(value, (float)value));
        }
    }
}
