namespace GeneratedNetworks.Import.Tests.Support;

/// <summary>The two ways to run a model, by hand-computed numbers and against each other, so that they are held to more than the importers.</summary>
public sealed class SupportTests
{
    [Fact]
    public void BothWaysOfRunningAModelGiveTheNumbersComputedByHand()
    {
        LayerChain chain = new(new ModelSource("hand.test", [], null), [2]);
        chain.Dense("first", [1, -2, 3, 4, 5, -6], [0.5, 0, -1], 3);
        chain.Activate(null, Activation.Relu);
        chain.Dropout(null, 0.25);
        chain.Dense("second", [1, 2, -1], null, 1);
        ImportedModel model = chain.Build("a test");

        // x = (1, 2): x·W + b = (9.5, 8, -10), (9.5, 8, 0) after Relu, 9.5 + 16 - 0. x = (-1, 0): (-0.5, 2, -4), (0, 2, 0), 4.
        double[] expected = [25.5, 4];
        Assert.Equal(expected, NaiveModel.Forward(model, [1, 2, -1, 0]));
        IReadOnlyList<GeneratedModel> generated = GeneratedModel.Compile([(model, Precision.Single), (model, Precision.Double)]);
        Assert.Equal(expected, generated[0].Forward([1, 2, -1, 0]));
        Assert.Equal(expected, generated[1].Forward([1, 2, -1, 0]));
    }
}
