namespace GeneratedNetworks.Runtime.Tests;

/// <summary>What one reaches for in the first hour, written as one would write it without the documentation.</summary>
public class FirstHourTests
{
    [Fact]
    public void What_is_reached_for_is_there()
    {
        MomentumNet n = new(seed: 1);
        int count = n.Info.ParameterCount;
        Assert.Equal(MomentumNet.ParameterCount, count);

        MemoryStream m = new();
        n.Save(m);
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => n.Load(m));
        Assert.Contains("the stream stands at its end", error.Message);
        Assert.Contains("set its Position to where the content begins, such as 0", error.Message);
        m.Position = 0;
        MomentumNet other = new(seed: 2);
        other.Load(m);
        Assert.Equal(n.Predict([1, 2, 3, 4]), other.Predict([1, 2, 3, 4]));

        MomentumNet copy = n.Clone();
        Assert.Equal(n.SaveToBytes(), copy.SaveToBytes());
        copy.CopyFrom(new MomentumNet(3));
        Assert.NotEqual(n.SaveToBytes(), copy.SaveToBytes());
        copy.CopyFrom(n);
        Assert.Equal(n.SaveToBytes(), copy.SaveToBytes());

        float[] o = n.Predict([1, 2, 3, 4]);
        Assert.Equal(3, o.Length);

        MomentumNet.Trainer t = new(n);
        byte[] fresh = new byte[t.StateSize];
        t.GetState(fresh);
        t.Step([1, 2, 3, 4], [1, 0, 0]);
        byte[] used = new byte[t.StateSize];
        t.GetState(used);
        Assert.NotEqual(fresh, used);
        t.Reset();
        t.GetState(used);
        Assert.Equal(fresh, used);
    }
}
