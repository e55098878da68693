using CsCheck;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>Values that would ruin a network are found before the first step, by sample and column.</summary>
public class DataCheckTests
{
    [Fact]
    public void A_value_that_is_not_finite_is_named() =>
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 4], Gen.Int[0, 2], Gen.Bool).Sample(
            (sample, column, kind, inValidation) =>
            {
                float value = new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity }[kind];

                // Four inputs, then one target.
                Dataset<float> good = Samples.Linear<float>(20, 4, 1);
                float[] inputs = good.Inputs.ToArray();
                float[] targets = good.Targets.ToArray();
                if (column < 4)
                    inputs[(sample * 4) + column] = value;
                else
                    targets[sample] = value;
                Dataset<float> bad = new(4, 1, inputs, targets);
                LinearTrainer<float> trainer = new(4, 1) { BeforeStep = _ => throw new InvalidOperationException("a step was taken") };
                FitOptions options = new() { Validation = inValidation ? bad : null };
                ArgumentException error = Assert.Throws<ArgumentException>(() => { trainer.Fit(inValidation ? good : bad, options); });
                string set = inValidation ? "validation" : "training";
                string place = column < 4 ? $"input {column}" : "target 0";
                string expected = FormattableString.Invariant($"In the {set} data, {place} of sample {sample} (both counted from 0) is {value}:");
                Assert.StartsWith(expected, error.Message);
                Assert.Equal(inValidation ? "options" : "data", error.ParamName);
            });

    /// <summary>Vectors are looked through several at a time, whatever their width: the value may lie in any of them, or behind the last.</summary>
    [Fact]
    public void The_first_value_that_is_not_finite_is_found_anywhere()
    {
        Check([float.NaN, float.PositiveInfinity, float.NegativeInfinity], float.MaxValue);
        Check([double.NaN, double.PositiveInfinity, double.NegativeInfinity], double.MinValue);

        static void Check<T>(T[] others, T finite)
            where T : struct
        {
            foreach (int length in new[] { 0, 1, 3, 7, 8, 9, 17, 63, 64, 65, 200 })
            {
                T[] values = new T[length];
                Array.Fill(values, finite);
                Assert.Equal(-1, Finite.IndexOfOther<T>(values));
                for (int i = length - 1; i >= 0; i--)
                {
                    // Those behind it are there already.
                    values[i] = others[i % others.Length];
                    Assert.Equal(i, Finite.IndexOfOther<T>(values));
                }

                Array.Fill(values, finite);
                for (int i = 0; i < length; i++)
                {
                    values[i] = others[i % others.Length];
                    Assert.Equal(i, Finite.IndexOfOther<T>(values));
                    values[i] = finite;
                }
            }
        }
    }

    [Fact]
    public void A_column_that_has_a_name_is_named()
    {
        using StringReader csv = new("width,height,a,b\n1,2,0.5,0.5\n3,4,0.5,7\n");
        Dataset<float> data = Dataset<float>.ReadCsv(csv, new CsvOptions { TargetColumns = ["a", "b"] });
        Dataset<float> wide = new(4, 2, new float[8], data.Targets);
        Dataset<float> bad = data.MapInputs(value => value == 4 ? float.NaN : value);
        LinearTrainer<float> trainer = new(2, 2);
        string message = Assert.Throws<ArgumentException>("data", () => { trainer.Fit(bad); }).Message;
        Assert.StartsWith("In the training data, input 1 ('height') of sample 1 (both counted from 0) is NaN:", message);
        message = Assert.Throws<ArgumentException>("data", () => { new LabelsNet.Trainer(new LabelsNet(1)).Fit(wide); }).Message;
        Assert.StartsWith("In the training data, target 1 of sample 1 (both counted from 0) is 7,", message);
    }

    [Theory]
    [InlineData(1.5f, "needs targets in [0, 1]")]
    [InlineData(-0.001f, "needs targets in [0, 1]")]
    [InlineData(1, null)]
    [InlineData(0.3f, null)]
    public void Binary_cross_entropy_has_targets_from_0_to_1(float target, string? fault)
    {
        Dataset<float> data = new(4, 2, new float[12], [0, 1, 0.5f, 0.25f, 1, target]);
        LabelsNet.Trainer trainer = new(new LabelsNet(1));
        Check(fault, "target 1 of sample 2 (both counted from 0) is", () => trainer.Fit(data));
    }

    [Theory]
    [InlineData(-0.001f, "needs targets of 0 or more")]
    [InlineData(17, null)]
    public void Cross_entropy_has_targets_of_any_sum_but_none_below_0(float target, string? fault)
    {
        Dataset<float> data = new(4, 3, new float[8], [0.2f, 0, 0.1f, 1, 0, target]);
        AdamNet.Trainer trainer = new(new AdamNet(1));
        Check(fault, "target 2 of sample 1 (both counted from 0) is", () => trainer.Fit(data));
    }

    [Fact]
    public void Losses_of_values_take_any_finite_target()
    {
        Dataset<float> data = new(4, 3, new float[4], [-7, 12, 0]);
        Assert.Equal(StopReason.Completed, new RegressionNet.Trainer(new RegressionNet(1)).Fit(data).StopReason);
    }

    [Theory]
    [InlineData(new float[] { 1, 2, 2, 1 }, "They are 1 and 2, labels that start at 1")]
    [InlineData(new float[] { -1, 1, 1, -1 }, "They go from -1 to 1")]
    [InlineData(new[] { 0, 250.5f, 7, 1 }, "They go from 0 to 250.5: scale them")]
    [InlineData(new float[] { 1, 2, 3, 1 }, "They go from 1 to 3: scale them")]
    public void What_targets_may_be_meant_as_is_said(float[] targets, string hint)
    {
        Dataset<float> data = new(4, 2, new float[8], targets);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new LabelsNet.Trainer(new LabelsNet(1)).Fit(data));
        Assert.Contains(hint, error.Message);
    }

    [Theory]
    [InlineData(new float[] { 1, 2, 3 }, "labels from 1 to 3: Dataset<T>.FromLabels, or CsvOptions.ClassCount, makes a target for each class; take 1 from each first")]
    [InlineData(new float[] { 0, 2, 3 }, "labels from 0 to 3: Dataset<T>.FromLabels, or CsvOptions.ClassCount, makes a target for each class. (")]
    public void A_column_of_labels_for_one_output_is_recognized(float[] targets, string hint)
    {
        Dataset<float> data = new(4, 1, new float[12], targets);
        ArgumentException error = Assert.Throws<ArgumentException>("data", () => { new OneLabelNet.Trainer(new OneLabelNet(1)).Fit(data); });
        Assert.Contains(hint, error.Message);
    }

    [Fact]
    public void A_target_that_is_a_label_is_recognized()
    {
        Dataset<float> labels = new(4, 1, new float[12], [0, 1, 2]);
        ArgumentException error = Assert.Throws<ArgumentException>("data", () => { new AdamNet.Trainer(new AdamNet(1)).Fit(labels); });
        Assert.Contains("but a sample has 4 inputs and 1 target. Where the target is a class label, FromLabels", error.Message);
        Assert.Contains("with 3 classes", error.Message);
        Assert.DoesNotContain("start at 1", error.Message);
        Dataset<float> fromOne = new(4, 1, new float[12], [1, 2, 3]);
        error = Assert.Throws<ArgumentException>("data", () => { new AdamNet.Trainer(new AdamNet(1)).Fit(fromOne); });
        Assert.EndsWith("makes a target for each output; these seem to start at 1, so take 1 from each. (Parameter 'data')", error.Message);
        Dataset<float> wide = new(5, 3, new float[5], new float[3]);
        error = Assert.Throws<ArgumentException>("data", () => { new AdamNet.Trainer(new AdamNet(1)).Fit(wide); });
        Assert.DoesNotContain("label", error.Message);
    }

    /// <summary>Labels from 1 to 3, read as classes from 0 on, make a class that has no sample.</summary>
    [Fact]
    public void A_class_before_the_first_is_recognized()
    {
        AdamNet.Trainer trainer = new(new AdamNet(1));
        const string Unit = "but a sample has 4 inputs and 4 targets. Its last layer needs a unit for each target, 4";
        Dataset<float> fromOne = Dataset<float>.FromLabels(4, 4, new float[12], [1, 2, 3]);
        string fault = Assert.Throws<ArgumentException>("data", () => { trainer.Fit(fromOne); }).Message;
        Assert.Contains(Unit + "; or class 0, which has no sample, is none: where the labels start at 1, take 1 from each, for 3 classes. (", fault);
        trainer.Fit(Dataset<float>.FromLabels(4, 3, new float[12], [0, 1, 2]), new FitOptions { Epochs = 1 });

        // A class 0 that has samples, targets that are no classes, and two classes too many.
        foreach (Dataset<float> other in (Dataset<float>[])[Dataset<float>.FromLabels(4, 4, new float[12], [0, 2, 3]), new(4, 4, new float[4], [0, 0.5f, 0, 1])])
            Assert.Contains(Unit + ". (", Assert.Throws<ArgumentException>("data", () => { trainer.Fit(other); }).Message);
        Dataset<float> wide = Dataset<float>.FromLabels(4, 5, new float[12], [1, 2, 3]);
        Assert.Contains("needs a unit for each target, 5. (", Assert.Throws<ArgumentException>("data", () => { trainer.Fit(wide); }).Message);
    }

    /// <summary>Labels from 1 are those that go from 1 to the number of classes, all of them whole.</summary>
    [Theory]
    [InlineData(1, 2, 3, true)]
    [InlineData(1, 2, 2, false)]
    [InlineData(1, 2, 4, false)]
    [InlineData(1, 2.5f, 3, false)]
    [InlineData(0, 2, 3, false)]
    public void Labels_from_1_are_told_from_others(float first, float second, float third, bool isFromOne)
    {
        Dataset<float> labels = new(4, 1, new float[12], [first, second, third]);
        string fault = Assert.Throws<ArgumentException>("data", () => { new AdamNet.Trainer(new AdamNet(1)).Fit(labels); }).Message;
        Assert.Equal(isFromOne, fault.Contains("makes a target for each output; these seem to start at 1, so take 1 from each. ("));
    }

    private static void Check(string? fault, string place, Action fit)
    {
        if (fault is null)
        {
            fit();
            return;
        }

        ArgumentException error = Assert.Throws<ArgumentException>("data", fit);
        Assert.Contains(fault, error.Message);
        Assert.Contains(place, error.Message);
    }
}
