namespace GeneratedNetworks.Runtime.Tests;

/// <summary>Labels that do not fit are recognized for what they are.</summary>
public class LabelHintTests
{
    [Theory]
    [InlineData(new[] { 1, 3, 2 }, 3, "Label 3 of sample 1 is not in [0, 3). The labels go from 1 to 3: subtract 1, as classes are counted from 0.")]
    [InlineData(new[] { 0, 1, 4 }, 3, "Label 4 of sample 2 is not in [0, 3). The labels go from 0 to 4: 5 classes would do.")]
    [InlineData(new[] { 1, 2, 4 }, 3, "Label 4 of sample 2 is not in [0, 3). The labels go from 1 to 4: 5 classes would do.")]
    [InlineData(new[] { 0, -1, 1 }, 3, "Label -1 of sample 1 is not in [0, 3).")]
    public void What_labels_may_be_meant_as_is_said(int[] labels, int classes, string message)
    {
        string actual = Assert.Throws<ArgumentOutOfRangeException>("labels", () => Dataset<float>.FromLabels(1, classes, new float[3], labels)).Message;
        Assert.Equal(message, actual.Split(" (Parameter")[0]);
    }

    [Fact]
    public void A_target_that_is_a_label_is_recognized()
    {
        Dataset<float> labels = new(4, 1, new float[12], [0, 1, 2]);
        ArgumentException error = Assert.Throws<ArgumentException>("data", () => { new AdamNet.Trainer(new AdamNet(1)).Fit(labels); });
        Assert.Contains("but a sample has 4 and 1. Where the target is a class label, FromLabels", error.Message);
        Assert.Contains("with 3 classes", error.Message);
        Dataset<float> wide = new(5, 3, new float[5], new float[3]);
        error = Assert.Throws<ArgumentException>("data", () => { new AdamNet.Trainer(new AdamNet(1)).Fit(wide); });
        Assert.DoesNotContain("label", error.Message);
    }
}
