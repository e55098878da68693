using CsCheck;

namespace GeneratedNetworks.Runtime.Tests;

public class StratifiedSplitTests
{
    [Fact]
    public void Three_parts_lose_and_repeat_nothing() =>
        Gen.Select(Gen.Int[0, 200], Gen.Double[0, 0.5], Gen.Double[0, 0.5], Gen.ULong).Sample((count, first, second, seed) =>
        {
            Dataset<double> data = Samples.Numbered(count);
            (Dataset<double> a, Dataset<double> b, Dataset<double> c) = data.Split(first, second, seed);
            Assert.Equal((int)Math.Round(first * count, MidpointRounding.AwayFromZero), a.Count);
            Assert.Equal((int)Math.Round((first + second) * count, MidpointRounding.AwayFromZero), a.Count + b.Count);
            Assert.Equal(Ids(data.Shuffle(seed)), Ids(a).Concat(Ids(b)).Concat(Ids(c)));
        });

    [Fact]
    public void Each_class_has_its_share_in_each_part() =>
        Gen.Select(Gen.Int[0, 3].Array[1, 300], Gen.Double[0, 0.6], Gen.Double[0, 0.4], Gen.ULong).Sample((labels, first, second, seed) =>
        {
            Dataset<double> data = Labelled(labels);
            (Dataset<double> a, Dataset<double> b, Dataset<double> c) = data.SplitStratified(first, second, seed);
            Assert.Equal(Enumerable.Range(0, labels.Length), Ids(a).Concat(Ids(b)).Concat(Ids(c)).Order());
            int[] counts = [.. new[] { first, first + second }.Select(share => (int)Math.Round(share * labels.Length, MidpointRounding.AwayFromZero))];
            Assert.Equal((counts[0], counts[1]), (a.Count, a.Count + b.Count));

            // Sainte-Laguë's method by its definition: the next seat goes to the class with the greatest n / (2·seats + 1), the first of equals.
            int[] sizes = [.. Enumerable.Range(0, 4).Select(k => labels.Count(label => label == k))];
            int[] seats = new int[4];
            for (int seat = 0; seat < a.Count; seat++)
            {
                int next = Enumerable.Range(0, 4).Where(k => sizes[k] > 0).MinBy(k => (seats[k] + 0.5) / sizes[k]);
                seats[next]++;
            }

            Assert.Equal(seats, Enumerable.Range(0, 4).Select(k => Ids(a).Count(id => labels[id] == k)));
        });

    [Fact]
    public void A_rare_class_is_not_lost()
    {
        int[] labels = [.. Enumerable.Repeat(0, 90), .. Enumerable.Repeat(1, 10)];
        for (ulong seed = 0; seed < 50; seed++)
        {
            (Dataset<double> train, Dataset<double> test) = Labelled(labels).SplitStratified(0.8, seed);
            Assert.Equal((72, 8), (Ids(train).Count(id => id < 90), Ids(train).Count(id => id >= 90)));
            Assert.Equal(20, test.Count);
        }

        // Which samples they are is drawn.
        Assert.NotEqual(Ids(Labelled(labels).SplitStratified(0.5, 1).First).Order(), Ids(Labelled(labels).SplitStratified(0.5, 2).First).Order());
        Assert.Equal(Ids(Labelled(labels).SplitStratified(0.5, 1).First), Ids(Labelled(labels).SplitStratified(0.5, 1).First));

        // Nor do classes stand one after the other.
        Assert.NotEqual(Ids(Labelled(labels).SplitStratified(1, 1).First), Ids(Labelled(labels).SplitStratified(1, 1).First).OrderBy(id => labels[id]));
    }

    [Fact]
    public void One_target_of_0_or_1_is_two_classes()
    {
        Dataset<double> data = new(1, 1, [0, 1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 0, 1, 1, 1, 1]);
        Assert.Equal(2, Ids(data.SplitStratified(0.5, 3).Second).Count(id => id < 4));
        Assert.Contains("no classes", Assert.Throws<InvalidOperationException>(() => Samples.Numbered(4).SplitStratified(0.5, 1)).Message);
        Assert.Throws<InvalidOperationException>(() => new Dataset<double>(1, [1, 2]).SplitStratified(0.5, 1));
    }

    [Fact]
    public void Shares_beyond_the_whole_are_refused()
    {
        Dataset<double> data = Samples.Numbered(10);
        Assert.Equal("second", Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(0.7, 0.4, 1)).ParamName);
        Assert.Equal("first", Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(double.NaN, 0.4, 1)).ParamName);
        Assert.Equal(0, data.Split(0.7, 0.3, 1).Third.Count);
        Assert.Equal(0, data.Split(0.1, 0.9, 1).Third.Count);
    }

    private static Dataset<double> Labelled(int[] labels) =>
        Dataset<double>.FromLabels(1, 4, [.. Enumerable.Range(0, labels.Length).Select(i => (double)i)], labels);

    private static int[] Ids(Dataset<double> data) => [.. data.Inputs.ToArray().Select(x => (int)x)];
}
