using CsCheck;

namespace GeneratedNetworks.Runtime.Tests;

public class DatasetTests
{
    [Fact]
    public void Rows_are_contiguous_and_copied()
    {
        float[] inputs = [1, 2, 3, 4];
        Dataset<float> data = new(2, 1, inputs, [5, 6]);
        inputs[0] = 9;
        Assert.Equal(2, data.Count);
        Assert.Equal([1f, 2f, 3f, 4f], data.Inputs.ToArray());
        Assert.Equal([3f, 4f], data.GetInputs(1).ToArray());
        Assert.Equal([6f], data.GetTargets(1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetInputs(2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.GetTargets(-1).Length);
    }

    [Fact]
    public void Lengths_that_disagree_are_named()
    {
        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => new Dataset<float>(2, 1, [1, 2, 3], [1])).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => new Dataset<float>(2, 2, [1, 2], [1, 2, 3])).ParamName);
        string message = Assert.Throws<ArgumentException>(() => new Dataset<float>(1, 1, [1, 2, 3], [1, 2])).Message;
        Assert.Contains("3 samples of inputs but 2 of targets", message);
        Assert.Equal("inputSize", Assert.Throws<ArgumentOutOfRangeException>(() => new Dataset<float>(0, 1, [], [])).ParamName);
        Assert.Contains("Decimal", Assert.Throws<NotSupportedException>(() => new Dataset<decimal>(1, 1, [1], [1])).Message);
    }

    /// <summary>One number for each sample, as other libraries take classes.</summary>
    [Fact]
    public void Labels_for_targets_are_sent_to_FromLabels()
    {
        Assert.StartsWith(
            "There are 2 samples of inputs and as many whole numbers from 0 to 9, instead of 10 targets for each sample: where they are class labels, Dataset<T>.FromLabels(64, 10, inputs, labels), with labels as int, makes a target for each class.",
            Message(64, 10, new float[128], [3, 7]));
        Assert.StartsWith("There are 20 samples of inputs and as many whole numbers from 0 to 9", Message(1, 10, new float[20], [.. Enumerable.Repeat(9f, 20)]));
        Assert.All(
            [Message(64, 10, new float[128], [3, 10]), Message(64, 10, new float[128], [-1, 3]), Message(64, 10, new float[128], [3, 7.5f]), Message(64, 10, new float[128], [3, float.NaN]), Message(64, 10, new float[128], [3, 7, 1])],
            message => Assert.Contains("not a whole number of samples of 10", message));
        Assert.Contains("3 samples of inputs but 1 of targets", Message(1, 2, [1, 2, 3], [0, 1]));
        Assert.Equal(0, new Dataset<float>(2, 10, [], []).Count);

        static string Message(int inputs, int targets, float[] x, float[] y) => Assert.Throws<ArgumentException>("targets", () => new Dataset<float>(inputs, targets, x, y)).Message;
    }

    [Fact]
    public void Labels_become_one_hot()
    {
        Dataset<double> data = Dataset<double>.FromLabels(1, 3, [7, 8, 9], [2, 0, 1]);
        Assert.Equal([0.0, 0, 1, 1, 0, 0, 0, 1, 0], data.Targets.ToArray());
        Assert.Equal(3, data.TargetSize);
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Dataset<double>.FromLabels(1, 3, [7, 8], [0, 5]));
        Assert.Contains("Label 5 of sample 1 is not in [0, 3)", error.Message);
        error = Assert.Throws<ArgumentOutOfRangeException>(() => Dataset<double>.FromLabels(1, 3, [7, 8, 9], [1, 2, 3]));
        Assert.Contains("Label 3 of sample 2 is not in [0, 3): they seem to start at 1, so take 1 from each", error.Message);
        Assert.All((int[][])[[0, 2, 3], [1, 2, 4], [1, 2, -1]], labels => Assert.DoesNotContain(
            "start at 1", Assert.Throws<ArgumentOutOfRangeException>(() => Dataset<double>.FromLabels(1, 3, [7, 8, 9], labels)).Message));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dataset<double>.FromLabels(1, 3, [7], [-1]));
        Assert.Throws<ArgumentException>(() => Dataset<double>.FromLabels(1, 3, [7, 8], [1]));
    }

    [Fact]
    public void Labels_may_have_names()
    {
        string[] names = ["ant", "bee", "cat"];
        Dataset<double> data = Dataset<double>.FromLabels(1, 3, [7, 8, 9], [2, 0, 1], names);
        names[0] = "dog";
        Assert.Equal(["ant", "bee", "cat"], data.ClassNames);
        Assert.Equal(["ant", "bee", "cat"], data.Split(0.7, seed: 1).First.ClassNames);
        Assert.Null(Dataset<double>.FromLabels(1, 3, [7, 8, 9], [2, 0, 1]).ClassNames);
        Assert.StartsWith("There are 3 classes but 2 names.", Assert.Throws<ArgumentException>("classNames", () => Dataset<double>.FromLabels(1, 3, [7], [0], ["a", "b"])).Message);
    }

    [Fact]
    public void Shuffle_gives_the_same_order_everywhere()
    {
        // Fixed here once: a change of the generator would silently change every seeded run of every user.
        Assert.Equal([4, 9, 2, 5, 1, 7, 6, 0, 3, 8], Order(Samples.Numbered(10).Shuffle(0)));
        Assert.Equal(Order(Samples.Numbered(1000).Shuffle(42)), Order(Samples.Numbered(1000).Shuffle(42)));
        Assert.NotEqual(Order(Samples.Numbered(1000).Shuffle(42)), Order(Samples.Numbered(1000).Shuffle(43)));
    }

    [Fact]
    public void SplitMix64_gives_the_published_numbers()
    {
        // The reference implementation's first outputs for seed 1234567.
        SplitMix64 random = new(1234567);
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423], new[] { random.Next(), random.Next(), random.Next() });
    }

    [Fact]
    public void Shuffle_favours_no_place()
    {
        const int Count = 6;
        const int Rounds = 6000;
        int[,] seen = new int[Count, Count];
        for (int seed = 0; seed < Rounds; seed++)
        {
            int[] order = Order(Samples.Numbered(Count).Shuffle((ulong)seed));
            for (int i = 0; i < Count; i++)
                seen[i, order[i]]++;
        }

        // Expected 1000 each, standard deviation about 29: six of them.
        Assert.All(seen.Cast<int>(), n => Assert.InRange(n, 826, 1174));
    }

    [Fact]
    public void Shuffle_and_split_lose_and_repeat_nothing() =>
        Gen.Select(Gen.Int[0, 200], Gen.Double[0, 1], Gen.ULong).Sample((count, fraction, seed) =>
        {
            Dataset<double> data = Samples.Numbered(count);
            (Dataset<double> first, Dataset<double> second) = data.Split(fraction, seed);
            Assert.Equal((int)Math.Round(fraction * count, MidpointRounding.AwayFromZero), first.Count);
            Assert.Equal(Order(data.Shuffle(seed)), Order(first).Concat(Order(second)));
            Assert.Equal(Enumerable.Range(0, count), Order(data.Shuffle(seed)).Order());
        });

    [Fact]
    public void Split_refuses_what_is_no_fraction()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Samples.Numbered(3).Split(-0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Samples.Numbered(3).Split(double.NaN, 0));
    }

    [Fact]
    public void Inputs_can_be_mapped()
    {
        Dataset<double> data = Samples.Numbered(3).MapInputs(x => x / 2);
        Assert.Equal([0.0, 0.5, 1], data.Inputs.ToArray());
        Assert.Equal([0.0, -1, -2], data.Targets.ToArray());
    }

    [Fact]
    public void Columns_can_be_mapped_apart()
    {
        Dataset<double> data = new(2, 3, [1, 2, 3, 4], [5, 6, 7, 8, 9, 10]);
        Dataset<double> inputs = data.MapInputs((x, column) => column == 0 ? x : -x);
        Assert.Equal([1.0, -2, 3, -4], inputs.Inputs.ToArray());
        Assert.Equal(data.Targets.ToArray(), inputs.Targets.ToArray());
        Dataset<double> targets = data.MapTargets((t, column) => column == 2 ? 0 : t);
        Assert.Equal([5.0, 6, 0, 8, 9, 0], targets.Targets.ToArray());
        Assert.Equal(data.Inputs.ToArray(), targets.Inputs.ToArray());
        Assert.Equal([10.0, 12, 14, 16, 18, 20], data.MapTargets(t => 2 * t).Targets.ToArray());
        Assert.Throws<ArgumentNullException>(() => data.MapTargets((Func<double, int, double>)null!));
    }

    [Fact]
    public void It_says_how_large_it_is()
    {
        Assert.Equal("1200 samples of 3 inputs and 1 target", new Dataset<float>(3, 1, new float[3600], new float[1200]).ToString());
        Assert.Equal("1 sample of 1 input and 2 targets", new Dataset<float>(1, 2, [1], [1, 2]).ToString());
    }

    private static int[] Order(Dataset<double> data)
    {
        for (int i = 0; i < data.Count; i++)
            Assert.Equal(-data.GetInputs(i)[0], data.GetTargets(i)[0]);
        return [.. data.Inputs.ToArray().Select(x => (int)x)];
    }
}
