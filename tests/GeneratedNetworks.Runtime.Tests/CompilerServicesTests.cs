using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using GeneratedNetworks.CompilerServices;

namespace GeneratedNetworks.Runtime.Tests;

/// <summary>What generated code alone calls.</summary>
public class CompilerServicesTests
{
    [Fact]
    public void None_of_it_is_offered_while_typing()
    {
        Type[] types = [.. typeof(Check).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(Check).Namespace)];
        Assert.Contains(typeof(Shards<>), types);
        Assert.All(types, type => Assert.Equal(EditorBrowsableState.Never, type.GetCustomAttribute<EditorBrowsableAttribute>()?.State));
    }

    [Fact]
    public void One_thread_updates_each_stretch_whole()
    {
        UpdateShare<double> share = default;
        foreach ((int start, int length) in new[] { (0, 64), (64, 5000), (5064, 0) })
        {
            int at = share.Start(start, length), end = share.End(start, length);
            Assert.Equal((start, start + length, length, 0), (at, end, share.Take(at, end), share.Take(end, end)));
        }
    }

    /// <summary>Together the parts have every parameter of every stretch once, in blocks that are the same however many parts there are.</summary>
    [Fact]
    public void Parts_of_an_update_meet()
    {
        WideSgdNet.Trainer trainer = new(new WideSgdNet());
        IParallelTrainer<float>[] workers = [trainer];
        Shards<float> shards = ((IShardWorker<float>)trainer).Shards;
        (int Start, int Length)[] stretches = [(0, 1), (8, 1024), (1032, 1025), (3000, 10_000), (13_000, 1023), (14_100, 0)];
        List<(int, int)> expected = Blocks(1);
        Assert.Equal(stretches.Sum(stretch => stretch.Length), expected.Sum(block => block.Item2));
        Assert.Equal(15, expected.Count);
        Assert.All(Enumerable.Range(2, 30), parts => Assert.Equal(expected, Blocks(parts)));

        List<(int At, int Count)> Blocks(int parts)
        {
            List<(int At, int Count)> blocks = [];
            for (int part = 0; part < parts; part++)
            {
                UpdateShare<float> share = shards.Part(workers, part, parts, isSummed: true);
                foreach ((int start, int length) in stretches)
                {
                    for (int at = share.Start(start, length), end = share.End(start, length), count; (count = share.Take(at, end)) > 0; at += count)
                        blocks.Add((at, count));
                }
            }

            blocks.Sort();
            return blocks;
        }
    }

    /// <summary>Sums of shards are sums of what each shard's samples give alone, taken in the order of the shards: to the bit, as its loss is a sum.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Gradients_are_added_in_the_order_of_the_shards(int parts)
    {
        const int ShardSize = 4, Shards = 4;
        WideDoubleNet network = new(3);
        WideDoubleNet.Trainer trainer = new(network) { ClipNorm = double.MaxValue }, alone = new(network);
        IParallelTrainer<double>[] workers = [trainer, ((IParallelTrainer<double>)trainer).Fork(), ((IParallelTrainer<double>)trainer).Fork()];
        double[] inputs = Random(ShardSize * Shards * WideDoubleNet.InputSize), targets = Random(ShardSize * Shards * WideDoubleNet.OutputSize);
        double[] expected = [];
        double loss = 0;
        for (int shard = 0; shard < Shards; shard++)
        {
            loss += alone.Backward(Of(inputs, shard, 1), Of(targets, shard, 1));
            ReadOnlySpan<double> gradients = ((IShardWorker<double>)alone).Gradients;
            expected = shard == 0 ? gradients.ToArray() : [.. expected.Zip(gradients.ToArray(), (left, right) => left + right)];
        }

        workers[0].BackwardShards(Of(inputs, 0, 2), Of(targets, 0, 2), 0, ShardSize * Shards, ShardSize);
        workers[1].BackwardShards(Of(inputs, 2, 1), Of(targets, 2, 1), 2 * ShardSize, ShardSize * Shards, ShardSize);
        workers[2].BackwardShards(Of(inputs, 3, 1), Of(targets, 3, 1), 3 * ShardSize, ShardSize * Shards, ShardSize);
        for (int part = 0; part < parts; part++)
            Assert.Equal(loss, workers[0].Reduce(workers, part, parts));
        Assert.Equal(expected, ((IShardWorker<double>)trainer).Gradients.ToArray());

        static ReadOnlySpan<double> Of(double[] values, int shard, int count)
        {
            int length = values.Length / Shards;
            return values.AsSpan(shard * length, count * length);
        }

        static double[] Random(int count)
        {
            Random random = new(5);
            return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        }
    }

    [Fact]
    public void Workers_and_parts_are_checked()
    {
        IParallelTrainer<float> trainer = new WideSgdNet.Trainer(new WideSgdNet()), other = new WideAdamNet.Trainer(new WideAdamNet());
        trainer.BackwardShards(new float[WideSgdNet.InputSize], new float[WideSgdNet.OutputSize], 0, 1, 1);
        Assert.Contains("WideAdamNet", Assert.Throws<ArgumentException>("workers", () => trainer.Reduce([trainer, other], 0, 1)).Message);
        Assert.Contains("null", Assert.Throws<ArgumentException>("workers", () => trainer.Reduce([trainer, null!], 0, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("part", () => trainer.Reduce([trainer], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("part", () => trainer.UpdatePart([trainer], -1, 2));
        Assert.Throws<ArgumentOutOfRangeException>("parts", () => trainer.UpdatePart([trainer], 0, 0));
    }

    [Fact]
    public void Settings_name_themselves_and_their_value()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Says("L2 must be finite and not negative, not -0.5.", () => Check.Setting("L2", -0.5));
            Says("L2 must be finite and not negative, not NaN.", () => Check.Setting("L2", float.NaN));
            Says("L1 must be finite and not negative, not Infinity.", () => Check.Setting("L1", double.PositiveInfinity).ToString(CultureInfo.InvariantCulture));
            Says("Beta1 must be at least 0 and less than 1, not 1.5.", () => Check.Share("Beta1", 1.5f));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal((0, float.MaxValue, 0.5, 0f), (Check.Setting("a", 0.0), Check.Setting("a", float.MaxValue), Check.Share("a", 0.5), Check.Share("a", 0f)));

        static void Says(string message, Func<object> call) => Assert.StartsWith(message, Assert.Throws<ArgumentException>("value", call).Message, StringComparison.Ordinal);
    }
}
