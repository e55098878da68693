using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>Limits of quantized values: kept where they can bind, left out where the layers before show that they cannot, and joined with their neighbors.</summary>
public sealed class LimitTests
{
    private const double Step = 0.5;

    [Theory]
    [InlineData(1.4, false)]
    [InlineData(1.6, true)]
    public void ALimitStaysWhereIntervalArithmeticDoesNotRuleItOut(double weight, bool binds)
    {
        // tanh keeps its results within ±1, so that those of the dense layer lie in 0.1 ± 2·weight: one step beyond ±2.4 is 2.9.
        LayerChain chain = Chain(3);
        chain.Dense("first", [1, 0, 0, 1, 1, 1], null, 2);
        chain.Activate(null, Activation.Tanh);
        chain.Dense("second", [weight, -weight], [0.1], 1);
        chain.LimitToRange(null, -2.4, 2.4, Step);
        Assert.Equal(binds ? ["Dense", "Dense", "Clip"] : ["Dense", "Dense"], Kinds(chain));
    }

    [Fact]
    public void NothingIsKnownOfTheInput()
    {
        LayerChain chain = Chain(2);
        chain.LimitToRange(null, -1e30, 1e30, 1e29);
        Assert.Equal(["Clip"], Kinds(chain));
    }

    [Theory]
    [InlineData(Activation.Sigmoid, 0, 255.0 / 256, 1.0 / 256, false)]
    [InlineData(Activation.Tanh, -1, 127.0 / 128, 1.0 / 128, false)]
    [InlineData(Activation.Softmax, 0, 255.0 / 256, 1.0 / 256, false)]
    [InlineData(Activation.Sigmoid, 0, 0.9, 1.0 / 256, true)]
    [InlineData(Activation.Relu, 0, 20, 0.1, true)]
    [InlineData(Activation.Relu6, 0, 6, 0.1, false)]
    [InlineData(Activation.Relu6, 0, 5, 0.1, true)]
    [InlineData(Activation.Gelu, -0.3, 1e9, 0.01, true)]
    [InlineData(Activation.Softplus, -1, 1e9, 0.01, true)]
    [InlineData(Activation.LogSigmoid, -20, 0, 0.1, true)]
    public void WhatAFunctionCanGiveDecides(Activation function, double minimum, double maximum, double step, bool binds)
    {
        LayerChain chain = Chain(2);
        chain.Dense("first", [1, 2, 3, 4], null, 2);
        chain.Activate(null, function);
        chain.LimitToRange(null, minimum, maximum, step);
        Assert.Equal(binds, Kinds(chain).Contains("Clip") || chain.Build("a test").Layers[^1].Get("activation", Activation.Identity) != function);
    }

    /// <summary>Every function stays within the interval that is claimed for it, from an input in any interval.</summary>
    [Theory]
    [InlineData(-8, 8)]
    [InlineData(-8, -0.5)]
    [InlineData(0.25, 3)]
    [InlineData(-0.75, 0.5)]
    public void EveryFunctionStaysInItsInterval(double low, double high)
    {
        foreach (Activation function in Enum.GetValues<Activation>().Except([Activation.Softmax, Activation.LogSoftmax]))
        {
            Interval interval = new Interval(low, high).Through(function);
            for (int i = 0; i <= 1000; i++)
            {
                double y = NaiveModel.Forward(OneFunction(function), [low + ((high - low) * i / 1000)])[0];
                Assert.True(y >= interval.Low - 1e-12 && y <= interval.High + 1e-12, $"{function}: {y} is not in {interval}");
            }
        }
    }

    [Theory]
    [InlineData(0, double.PositiveInfinity, Activation.Relu)]
    [InlineData(0, 6, Activation.Relu6)]
    [InlineData(-1, 1, Activation.HardTanh)]
    public void ALimitThatIsAnActivationBecomesIt(double minimum, double maximum, Activation expected)
    {
        LayerChain chain = Chain(2);
        chain.Dense("first", [1, 2, 3, 4], null, 2);
        chain.Clip(null, minimum, maximum);
        ImportedLayer layer = Assert.Single(chain.Build("a test").Layers);
        Assert.Equal(expected, layer.Get("activation", Activation.Identity));
    }

    [Fact]
    public void LimitsThatFollowEachOtherBecomeOne()
    {
        LayerChain chain = Chain(2);
        chain.Dense("first", [1, 2, 3, 4], null, 2);
        chain.Activate(null, Activation.Relu);
        chain.LimitToRange(null, -12.8, 12.7, 0.1);
        chain.Clip(null, 0.5, 40);
        ImportedModel model = chain.Build("a test");
        Assert.Equal(["Dense", "Clip"], model.Layers.Select(layer => layer.Attribute));
        Assert.Equal((0.5, 12.7), (model.Layers[1].Get("minimum", 0.0), model.Layers[1].Get("maximum", 0.0)));
        Assert.Equal([0.5, 12.7], NaiveModel.Forward(model, [-1, -1, 5, 5]).Distinct());
    }

    [Fact]
    public void ASymmetricLimitBehindANormalizationIsItsOwn()
    {
        LayerChain chain = Chain(2);
        chain.Normalize("observation", [1, 2], [0.5, 4]);
        chain.Clip(null, -5, 5);
        chain.Dense("first", [1, 0, 0, 1], null, 2);
        ImportedModel model = chain.Build("a test");
        Assert.Equal(["Normalize", "Dense"], model.Layers.Select(layer => layer.Attribute));
        Assert.Equal(5, model.Layers[0].Get("Clip", 0.0));
        Assert.Equal(["observation.mean", "observation.deviation", "first.weight"], model.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([1, 2], model.Tensors[0].Values!);
        Assert.Equal([0.5, 4], model.Tensors[1].Values!);
        Assert.Equal([5, -5], NaiveModel.Forward(model, [100, -100]));
    }

    [Fact]
    public void ASixOfRoundedStepsIsSix()
    {
        double scale = (float)(6 / 255.0);
        Assert.NotEqual(6, scale * 255);
        Assert.Equal(6, QuantizedRange.End(scale, 255));
        Assert.Equal(scale * 254, QuantizedRange.End(scale, 254));
    }

    private static ImportedModel OneFunction(Activation function) =>
        new("a test", [1], [new("Activation", [KeyValuePair.Create("activation", (object)function)])], []);

    private static LayerChain Chain(int inputs) => new(new ModelSource("hand.test", [], null), [inputs]);

    private static IEnumerable<string> Kinds(LayerChain chain) => chain.Build("a test").Layers.Select(layer => layer.Attribute);
}
