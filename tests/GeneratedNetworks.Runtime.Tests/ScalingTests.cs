using CsCheck;

namespace GeneratedNetworks.Runtime.Tests;

public class ScalingTests
{
    // Columns 2, 4, 4, 4, 5, 5, 7, 9 (mean 5, deviation 2) and 1, ..., 8 (mean 4.5, deviation √5.25).
    private static readonly double[] Rows = [2, 1, 4, 2, 4, 3, 4, 4, 5, 5, 5, 6, 7, 7, 9, 8];

    [Fact]
    public void Standardized_columns_have_mean_0_and_deviation_1()
    {
        Scaling<double> scaling = Scaling<double>.Standardize(Rows, 2);
        AssertNear([5, 4.5], scaling.Offsets);
        AssertNear([2, Math.Sqrt(5.25)], scaling.Scales);
        double[] rows = [.. Rows];
        scaling.Apply(rows);
        Assert.Equal(-1.5, rows[0]);
        AssertNear([3.5 / Math.Sqrt(5.25)], rows.AsSpan(15));
        scaling.Invert(rows);
        AssertNear(Rows, rows);
    }

    [Fact]
    public void Min_and_max_go_where_they_should()
    {
        Scaling<double> unit = Scaling<double>.MinMax(Rows, 2);
        Assert.Equal((0.0, 1.0, 0.0, 1.0), (unit.Apply(2, 0), unit.Apply(9, 0), unit.Apply(1, 1), unit.Apply(8, 1)));
        Scaling<float> pixels = Scaling<float>.MinMax([0, 255, 51], 1, -1, 1);
        Assert.Equal((-1f, 1f, -0.6f), (pixels.Apply(0, 0), pixels.Apply(255, 0), pixels.Apply(51, 0)));
        Assert.Equal(51f, pixels.Invert(-0.6f, 0), 1e-4f);
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaling<double>.MinMax(Rows, 2, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaling<double>.MinMax(Rows, 2, 0, double.NaN));
    }

    [Fact]
    public void A_column_of_equal_values_stays_finite()
    {
        double[] rows = [0.1, 0.1, 0.1];
        Assert.Equal([0.1, 1], new[] { Scaling<double>.Standardize(rows, 1).Offsets[0], Scaling<double>.Standardize(rows, 1).Scales[0] });
        Assert.Equal(-1, Scaling<double>.MinMax(rows, 1, -1, 1).Apply(0.1, 0), 1e-15);

        // Apart, but by nothing that float could hold.
        Assert.Equal(1, Scaling<float>.MinMax([0, float.Epsilon], 1, 0, 1e9).Scales[0]);
    }

    [Fact]
    public void There_and_back_is_where_it_began() =>
        Gen.Select(Gen.Double[-1e3, 1e3].Array[2, 40], Gen.Bool).Sample((rows, standard) =>
        {
            Scaling<double> scaling = standard ? Scaling<double>.Standardize(rows, 1) : Scaling<double>.MinMax(rows, 1, -1, 1);
            double[] there = [.. rows];
            scaling.Apply(there);
            if (standard && scaling.Scales[0] > 1e-6)
                Assert.Equal(0, there.Average(), 1e-9);
            else if (!standard)
                Assert.All(there, value => Assert.InRange(value, -1 - 1e-9, 1 + 1e-9));
            scaling.Invert(there);
            AssertNear(rows, there, 1e-9);
        });

    [Fact]
    public void A_dataset_is_scaled_by_what_another_gave()
    {
        Dataset<double> train = new(2, 1, Rows, [0, 1, 2, 3, 4, 5, 6, 7]);
        Scaling<double> inputs = Scaling<double>.Standardize(train.Inputs, train.InputSize);
        Scaling<double> targets = Scaling<double>.MinMax(train.Targets, 1);
        Dataset<double> test = new Dataset<double>(2, 1, [5, 4.5], [14]).ScaleInputs(inputs).ScaleTargets(targets);
        Assert.Equal([0.0, 0], test.Inputs.ToArray());
        Assert.Equal([2.0], test.Targets.ToArray());
    }

    [Fact]
    public void A_scaling_of_other_columns_is_answered_with_the_call_that_fits()
    {
        Dataset<double> data = new(2, 1, Rows, [0, 1, 2, 3, 4, 5, 6, 7]);
        string fault = Assert.Throws<ArgumentException>("scaling", () => data.ScaleTargets(Scaling<double>.Standardize(data.Inputs, data.InputSize))).Message;
        Assert.StartsWith(
            "The scaling is for 2 columns, and these samples have 1 target: take it from the training targets, Scaling<double>.Standardize(data.Targets, data.TargetSize).",
            fault);
        Assert.Equal(0, data.ScaleTargets(Scaling<double>.Standardize(data.Targets, data.TargetSize)).Targets.ToArray().Average(), 1e-15);

        Dataset<float> single = new(2, 1, [1, 2, 3, 4], [0, 1]);
        fault = Assert.Throws<ArgumentException>("scaling", () => single.ScaleInputs(new Scaling<float>([0], [1]))).Message;
        Assert.StartsWith(
            "The scaling is for 1 column, and these samples have 2 inputs: take it from the training inputs, Scaling<float>.Standardize(data.Inputs, data.InputSize).",
            fault);
        Assert.Equal(-1, single.ScaleInputs(Scaling<float>.Standardize(single.Inputs, single.InputSize)).Inputs[0]);

        Dataset<float> alone = new(1, [1f, 2]);
        fault = Assert.Throws<ArgumentException>("scaling", () => alone.ScaleTargets(new Scaling<float>([0], [1]))).Message;
        Assert.StartsWith("The scaling is for 1 column, and these samples have 0 targets. (", fault);
    }

    [Fact]
    public void It_is_kept_to_the_last_bit()
    {
        using TemporaryFolder folder = new();
        float[] rows = [0.1f, 1e-20f, 1 / 3f, 3e20f];
        Scaling<float> scaling = Scaling<float>.Standardize(rows, 2);
        scaling.Save(folder["scaling.csv"]);
        Scaling<float> loaded = Scaling<float>.Load(folder["scaling.csv"]);
        Assert.Equal(scaling.Offsets.ToArray(), loaded.Offsets.ToArray());
        Assert.Equal(scaling.Scales.ToArray(), loaded.Scales.ToArray());
        File.WriteAllText(folder["other.csv"], "a,b\n1,2");
        Assert.Contains("there is no column", Assert.Throws<CsvFormatException>(() => Scaling<float>.Load(folder["other.csv"])).Message);
    }

    [Fact]
    public void What_cannot_be_scaled_is_refused()
    {
        Assert.Contains("Row 1 has NaN in column 0", Assert.Throws<ArgumentException>(() => Scaling<double>.Standardize([1, 2, double.NaN, 3], 2)).Message);
        Assert.Throws<ArgumentException>(() => Scaling<double>.Standardize([], 1));
        Assert.Throws<ArgumentException>(() => Scaling<double>.Standardize([1, 2, 3], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaling<double>.Standardize([1], 0));
        Assert.Equal("scales", Assert.Throws<ArgumentException>(() => new Scaling<double>([1], [0])).ParamName);
        Assert.Equal("offsets", Assert.Throws<ArgumentException>(() => new Scaling<double>([double.NaN], [1])).ParamName);
        Assert.Throws<ArgumentException>(() => new Scaling<double>([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => new Scaling<double>([1, 2], [1, 2]).Apply(new double[3]));
        Assert.Throws<NotSupportedException>(() => Scaling<decimal>.MinMax([1], 1));
    }

    private static void AssertNear(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance = 1e-14)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(Math.Abs(expected[i] - actual[i]) / Math.Max(1, Math.Abs(expected[i])), 0, tolerance);
    }
}
