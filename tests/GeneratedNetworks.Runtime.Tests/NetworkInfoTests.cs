namespace GeneratedNetworks.Runtime.Tests;

/// <summary>What a network says of itself at run time.</summary>
public class NetworkInfoTests
{
    [Fact]
    public void Sizes_are_those_of_the_class()
    {
        NetworkInfo info = new AdamNet().Info;
        Assert.Equal("GeneratedNetworks.Runtime.Tests.AdamNet", info.Name);
        Assert.Equal((AdamNet.InputSize, AdamNet.OutputSize, AdamNet.ParameterCount), (info.InputSize, info.OutputSize, info.ParameterCount));
        Assert.Equal(AdamNet.ParameterLayout.ToArray(), info.ParameterLayout.ToArray());
        Assert.Equal((Precision.Single, Loss.CrossEntropy, Optimizer.Adam), (info.Precision, info.Loss, info.Optimizer));
        Assert.Equal((4 * 8) + (8 * 3), info.MultiplyAdds);
        Assert.Null(info.Source);
        Assert.Same(info, new AdamNet(3).Info);
        Assert.Same(info, ((INetwork<float>)new AdamNet()).Info);
    }

    [Fact]
    public void Layers_have_name_kind_shape_and_counts()
    {
        Assert.Equal(
            [
                ("dense1", "Dense", "8", 40, 32),
                ("dense1", "Tanh", "8", 0, 0),
                ("dropout1", "Dropout", "8", 0, 0),
                ("dense2", "Dense", "3", 27, 24),
                ("dense2", "Softmax", "3", 0, 0),
            ],
            new AdamNet().Info.Layers.Select(layer => (layer.Name, layer.Kind, string.Join(" ", layer.OutputShape), layer.ParameterCount, layer.MultiplyAdds)));
        Assert.Equal("dense1 (Dense): 8, 40 parameters", new AdamNet().Info.Layers[0].ToString());
        Assert.Equal("dense1 (Tanh): 8", new AdamNet().Info.Layers[1].ToString());
        Assert.Equal("training only", new AdamNet().Info.Layers[2].Kernel);

        NetworkInfo images = new ImageNet().Info;
        Assert.Equal([3, 2, 2], images.InputShape);
        Assert.Equal([2], images.OutputShape);
        Assert.Equal(12, images.InputSize);
        Assert.Equal((Precision.Double, null, null), (images.Precision, images.Loss, images.Optimizer));
        Assert.Equal("input 3 2 2\nlayer Normalize Clip=5\nlayer Flatten\nlayer Dense units=2 activation=Relu6", images.Declaration);
    }

    [Fact]
    public void A_table_by_hand_is_checked()
    {
        Assert.Throws<ArgumentNullException>("name", () => new NetworkInfo(null!, Precision.Single, "", "", []));
        Assert.Throws<ArgumentNullException>("parameters", () => new NetworkInfo("", Precision.Single, "", "", null!));
        Assert.Contains("must have 6 cells", Assert.Throws<ArgumentException>(() => new NetworkInfo("", Precision.Single, "", "x\tInput\t3", []).InputSize).Message);
        Assert.Throws<ArgumentException>(() => new NetworkInfo("", Precision.Single, "", "", []).InputSize);
    }

    [Fact]
    public void A_clone_has_the_parameters_and_a_life_of_its_own()
    {
        Check(new AdamNet(5), network => network.Clone());
        Check(new ScalarLabelsNet(5), network => network.Clone());

        static void Check<TNetwork>(TNetwork network, Func<TNetwork, TNetwork> clone)
            where TNetwork : class
        {
            TNetwork copy = clone(network);
            Assert.NotSame(network, copy);
            Assert.Equal(Bytes(network), Bytes(copy));
            byte[] before = Bytes(network);
            if (copy is INetwork<float> single)
                single.SetParameters(new float[single.ParameterCount]);
            if (copy is INetwork<double> real)
                real.SetParameters(new double[real.ParameterCount]);
            Assert.Equal(before, Bytes(network));
            Assert.NotEqual(before, Bytes(copy));
        }

        static byte[] Bytes(object network) => network is INetwork<float> single ? single.SaveToBytes() : ((INetwork<double>)network).SaveToBytes();
    }

    [Fact]
    public void A_static_network_is_an_object_too()
    {
        NetworkParameter[] layout = [new("dense1.weight", 0, 2, 1)];
        NetworkInfo info = new("Frozen", Precision.Single, "input 2\nlayer Dense units=1", "x\tInput\t2\t\t\tinput\ndense1\tDense\t1\t2\t2\tby hand", layout);
        StaticNetwork<float> network = new(
            info,
            destination => new float[] { 3, 4 }.CopyTo(destination),
            (inputs, outputs) =>
            {
                for (int i = 0; i < outputs.Length; i++)
                    outputs[i] = (3 * inputs[2 * i]) + (4 * inputs[(2 * i) + 1]);
            });
        Assert.Equal((2, 1, 2), (network.InputSize, network.OutputSize, network.ParameterCount));
        Assert.Equal([11f, 25], network.Predict([1, 2, 3, 4]));
        Dataset<float> data = new(2, 1, [1, 2, 3, 4], [11, 25]);
        Assert.Equal(1, network.RSquared(data));
        LinearNetwork<float> copy = new(2, 1);
        Assert.Contains(
            "'Frozen' is a static class, which keeps the parameters that it was built with. Declare the class without 'static'",
            Assert.Throws<NotSupportedException>(() => network.SetParameters([1, 2])).Message);
        using MemoryStream stream = new();
        network.Save(stream);
        Assert.Throws<NotSupportedException>(() => network.Load(stream.ToArray()));
        Assert.Contains("dense1.bias", Assert.Throws<NetworkFileException>(() => copy.Load(stream.ToArray())).Message);
    }
}
