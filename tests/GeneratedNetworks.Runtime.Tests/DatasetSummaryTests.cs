namespace GeneratedNetworks.Runtime.Tests;

public class DatasetSummaryTests
{
    [Fact]
    public void It_tells_ranges_and_what_is_wrong()
    {
        Dataset<double> data = new(2, 1, [2, double.NaN, 4, double.PositiveInfinity, 4, 7, 6, double.NaN], [0.5, 1, 2, 4]);
        DatasetSummary summary = data.Summarize();
        Assert.Equal((2, 6, 4, Math.Sqrt(2)), (summary.Inputs[0].Minimum, summary.Inputs[0].Maximum, summary.Inputs[0].Mean, summary.Inputs[0].StandardDeviation));
        Assert.Equal((7, 7, 7, 0), (summary.Inputs[1].Minimum, summary.Inputs[1].Maximum, summary.Inputs[1].Mean, summary.Inputs[1].StandardDeviation));
        Assert.Equal((2, 1), (summary.Inputs[1].NaNCount, summary.Inputs[1].InfinityCount));
        Assert.Equal((2, 1), (summary.NaNCount, summary.InfinityCount));
        Assert.Null(summary.ClassCounts);
        Assert.Equal(1.875, summary.Targets[0].Mean);
    }

    [Fact]
    public void Its_text_is_a_table()
    {
        const string Text = "width,height,kind\n1,10,cat\n2,,dog\n3,30,cat\n,5,?\n";
        Dataset<float> data = Dataset<float>.ReadCsv(
            new StringReader(Text), new CsvOptions { TextLabels = true, Missing = MissingValues.Mean, SkipMissingTargets = true });
        const string Expected =
            """
            3 samples of 2 inputs and 2 targets
            1 line left out, 1 missing value filled in
                    minimum  maximum  mean  deviation  NaN  infinite
            width         1        3     2     0.8165    0         0
            height       10       30    20      8.165    0         0

            class  samples   share
            cat          2  66.7 %
            dog          1  33.3 %

            """;
        Assert.Equal(Expected.ReplaceLineEndings("\n"), data.Summarize().ToString());
        Assert.Equal([2, 1], data.Summarize().ClassCounts);
    }

    [Fact]
    public void Many_columns_are_cut_and_none_is_no_fault()
    {
        string text = new Dataset<double>(64, 1, new double[64], [3]).Summarize().ToString();
        Assert.Contains("input 19 ", text);
        Assert.DoesNotContain("input 20 ", text);
        Assert.Contains("… 44 more inputs", text);
        Assert.Contains("target 0 ", text);
        DatasetSummary empty = new Dataset<double>(1, []).Summarize();
        Assert.True(double.IsNaN(empty.Inputs[0].Mean));
        Assert.Empty(empty.Targets);
        Assert.Contains("0 samples", empty.ToString());
        Assert.Equal([2, 1], new Dataset<double>(1, 1, [1, 2, 3], [0, 1, 0]).Summarize().ClassCounts);
    }

    [Fact]
    public void What_is_worth_a_look_is_said()
    {
        Assert.Empty(new Dataset<double>(1, 1, [-1, 0, 100], [0, 1, 0]).Summarize().Advice);
        Assert.StartsWith("1 value is NaN or infinite", Advice(new(1, 1, [double.NaN, 1], [2, 3])));
        Assert.StartsWith("2 values are NaN or infinite", Advice(new(1, 1, [double.NaN, 1], [double.NegativeInfinity, 3])));
        Assert.StartsWith("Inputs reach 100.5, ", Advice(new(2, 1, [1, -100.5], [3])));
        Assert.StartsWith("Class 1 has no sample", Advice(new(1, 1, [1, 1], [0, 0])));
        Assert.Empty(Dataset<double>.FromLabels(1, 2, new double[10], [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]).Summarize().Advice);
        Dataset<double> unbalanced = Dataset<double>.FromLabels(1, 2, new double[11], [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
        Assert.StartsWith("There are 10 samples of class 0 for 1 of class 1: SplitStratified", Advice(unbalanced));
        Assert.EndsWith("\n\n" + Advice(unbalanced) + "\n", unbalanced.Summarize().ToString());
        Assert.Empty(new Dataset<double>(1, []).Summarize().Advice);

        static string Advice(Dataset<double> data) => Assert.Single(data.Summarize().Advice);
    }
}
