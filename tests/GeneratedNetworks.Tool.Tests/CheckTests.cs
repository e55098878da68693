using GeneratedNetworks.Import;
using GeneratedNetworks.Tests.Reference;
using GeneratedNetworks.Tool.Networks;
using GeneratedNetworks.Tool.Tests.Support;

namespace GeneratedNetworks.Tool.Tests;

public sealed class CheckTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("Onnx/torch-softmax.onnx", "simd", "single", "1e-5")]
    [InlineData("Onnx/torch-flatten.onnx", "scalar", "double", "1e-12")]
    [InlineData("Onnx/torch-mish.onnx", "basic", "single", "1e-5")]
    public void AModelThatAgreesPasses(string model, string profile, string precision, string limit)
    {
        string[] arguments = ["check", Fixture.PathOf(model), "--profile", profile, "--precision", precision, "--samples", "70", "--seed", "3"];
        string printed = _place.Succeed(arguments);
        Assert.Contains("70 random inputs, seed 3", printed, StringComparison.Ordinal);
        Assert.Contains($"(profile {profile}, {precision} precision)", printed, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith($"The relative error is within {limit}.\n", printed, StringComparison.Ordinal);
        Assert.Equal(printed, _place.Succeed(arguments));
    }

    [Fact]
    public void AnErrorAboveTheToleranceIsCode1()
    {
        Outcome outcome = Workplace.Run("check", Fixture.PathOf("Onnx/torch-softmax.onnx"), "--tolerance", "1e-9", "--samples", "50");
        Assert.Equal(1, outcome.Code);
        Assert.Matches(@"^gennet: torch-softmax\.onnx: the relative error \d\.\d\de-\d is above the tolerance 1e-9\.\n$", outcome.Error);
        Assert.Matches(@"\nabsolute  +\d\.\d\de-\d ", outcome.Output);
    }

    /// <summary>The tool's loops by numbers computed by hand: Relu, then a layer without bias.</summary>
    [Fact]
    public void PlainLoopsGiveTheNumbersComputedByHand()
    {
        LayerChain chain = new(new ModelSource("hand.test", [], null), [2]);
        chain.Dense("first", [1, -2, 3, 4, 5, -6], [0.5, 0, -1], 3);
        chain.Activate(null, Activation.Relu);
        chain.Dropout(null, 0.25);
        chain.Dense("second", [1, 2, -1], null, 1);
        PlainNetwork<double> network = new(chain.Build("a test"));
        double[] outputs = new double[2];
        network.Forward([1, 2, -1, 0], outputs);
        Assert.Equal([25.5, 4], outputs);
    }

    public static TheoryData<Activation> Functions => [.. Enum.GetValues<Activation>()];

    /// <summary>Each function of the tool against the one that the network tests take from its definition.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void PlainActivationsAgreeWithTheirDefinitions(Activation function)
    {
        double[] grid = [.. Enumerable.Range(-400, 801).Select(i => i / 16.0), 1e-9, -1e-9, 1e-4, -1e-4, 0];
        double[] expected = function switch
        {
            Activation.Softmax => NaiveActivation.Softmax(grid),
            Activation.LogSoftmax => NaiveActivation.LogSoftmax(grid),
            _ => Array.ConvertAll(grid, z => NaiveActivation.Value(function, z)),
        };
        double[] actual = PlainActivation.Apply(function, grid);
        for (int i = 0; i < grid.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            Assert.True(error <= 2e-14, $"{function}({grid[i]:R}): expected {expected[i]:R}, got {actual[i]:R}");
        }
    }

    [Fact]
    public void ErrorsAreMeasuredByTheirDefinitions()
    {
        Comparison errors = Comparison.Of([1f, 10f, float.NaN, float.PositiveInfinity], [1 + 1e-3, 9.5, double.NaN, 1e300]);
        Assert.Equal((0.5, 1), (errors.Absolute.Value, errors.Absolute.Index));
        Assert.Equal((0.5 / 9.5, 1), (errors.Relative.Value, errors.Relative.Index));

        // The unit in the last place of a float between 8 and 16 is 2⁻²⁰.
        Assert.Equal((0.5 * 1048576, 1), (errors.Ulps.Value, errors.Ulps.Index));
        Assert.Equal(double.PositiveInfinity, Comparison.Of([float.NaN], [1]).Relative.Value);
        Assert.Equal(double.PositiveInfinity, Comparison.Of([1f], [double.NaN]).Relative.Value);
    }
}
