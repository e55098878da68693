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
    [InlineData("Onnx/graph-residual.onnx", "simd", "single", "1e-5")]
    [InlineData("Onnx/graph-pixels.onnx", "scalar", "double", "1e-12")]
    [InlineData("Onnx/graph-decoder.onnx", "simd", "double", "1e-12")]
    [InlineData("Onnx/graph-fusion.onnx", "basic", "double", "1e-12")]
    public void AModelThatAgreesPasses(string model, string profile, string precision, string limit)
    {
        string[] arguments = ["check", Fixture.PathOf(model), "--profile", profile, "--precision", precision, "--samples", "70", "--seed", "3"];
        string printed = _place.Succeed(arguments);
        Assert.Contains("70 random inputs, seed 3", printed, StringComparison.Ordinal);
        Assert.Contains($"(profile {profile}, {precision} precision)", printed, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith($"The relative error is within {limit}.\n", printed, StringComparison.Ordinal);
        Assert.Equal(printed, _place.Succeed(arguments));
    }

    [Theory]
    [InlineData("Onnx/torch-softmax.onnx")]
    [InlineData("Onnx/torch-mish.onnx")]
    public void TheHashOfTheOutputsIsThatOfEveryProfile(string model)
    {
        string[] hashes = [.. new[] { "simd", "scalar", "basic" }.Select(profile =>
        {
            string printed = _place.Succeed("check", Fixture.PathOf(model), "--hash", "--samples", "70", "--profile", profile);
            Assert.Contains("reproducible numerics) against the file", printed, StringComparison.Ordinal);
            return System.Text.RegularExpressions.Regex.Match(printed, @"\nThe outputs' bits: ([0-9a-f]{16}) \(FNV-1a\)").Groups[1].Value;
        })];
        Assert.Equal(16, hashes[0].Length);
        Assert.Equal([hashes[0], hashes[0], hashes[0]], hashes);
        Assert.DoesNotContain(hashes[0], _place.Succeed("check", Fixture.PathOf(model), "--hash", "--samples", "71"), StringComparison.Ordinal);
    }

    /// <summary>The two numbers that every table of FNV-1a begins with, and the order of bytes.</summary>
    [Fact]
    public void TheHashIsFnv1aOfTheLowestByteFirst()
    {
        Assert.Equal("cbf29ce484222325", BitHash.Of(Array.Empty<float>()));
        Assert.Equal("af63dc4c8601ec8c", BitHash.Of(new[] { (byte)'a' }));
        Assert.Equal(BitHash.Of(new byte[] { 0, 0, 0x80, 0x3F }), BitHash.Of(new[] { 1f }));
    }

    [Fact]
    public void AnErrorAboveTheToleranceIsCode1()
    {
        Outcome outcome = Workplace.Run("check", Fixture.PathOf("Onnx/torch-softmax.onnx"), "--tolerance", "1e-9", "--samples", "50");
        Assert.Equal(1, outcome.Code);
        Assert.Matches(
            @"^gennet: torch-softmax\.onnx: the relative error \d\.\d\de-\d is above the tolerance 1e-9: \S+ for \S+ at sample \d+, output \d; "
            + @"the imported layers agree with the file in double\.\n$",
            outcome.Error);
        Assert.Matches(@"\nabsolute  +\d\.\d\de-\d ", outcome.Output);
    }

    [Theory]
    [InlineData("Onnx/torch-relu6.onnx", "1,000 random inputs, seed 1: normally distributed, mean 0, deviation 1.")]
    [InlineData("Onnx/hand-normalised.onnx", "random inputs, seed 1: whole numbers over the range of their type, 0 to 255.")]
    [InlineData("Onnx/hand-batch-norm.onnx", "random inputs, seed 1: normally distributed around its normalizer: mean")]
    [InlineData("Keras/packed-2.h5", "random inputs, seed 1: normally distributed around its normalizer: mean")]
    [InlineData("TfLite/float.tflite", "random inputs, seed 1: normally distributed, mean 0, deviation 1.")]
    [InlineData("Keras/layers-3.keras", "random inputs, seed 1: normally distributed around its normalizer: mean")]
    public void WhereInputsComeFromIsSaid(string model, string words) =>
        Assert.Contains(words, _place.Succeed("check", Fixture.PathOf(model)), StringComparison.Ordinal);

    [Fact]
    public void LimitsThatAreReachedAreCounted()
    {
        string printed = _place.Succeed("check", Fixture.PathOf("Onnx/torch-relu6.onnx"), "--samples", "200");
        Assert.Matches(@"\nLimits of clamps: \d of \d reached", printed);
        Assert.Contains("executed node by node in double (ONNX, ", printed, StringComparison.Ordinal);
    }

    /// <summary>Ranges that stand for activations, and normalizers far from 0: what the generated code has of them is held against the file itself.</summary>
    [Theory]
    [InlineData("TfLite/relu-in-range.tflite", "Limits of clamps: 4 of 4 reached")]
    [InlineData("TfLite/relu6-in-range.tflite", "Limits of clamps: 4 of 4 reached")]
    [InlineData("TfLite/negative-in-range.tflite", "Limits of clamps: 3 of 4 reached")]
    [InlineData("TfLite/positive-in-range.tflite", "Limits of clamps: 3 of 4 reached")]
    [InlineData("Onnx/qdq-limits.onnx", "Limits of clamps: ")]
    [InlineData("Onnx/normalized-far.onnx", "normally distributed around its normalizer: means")]
    [InlineData("Onnx/normalized-far-narrow.onnx", "normally distributed around its normalizer: mean")]
    public void LimitsAndNormalizersAreHeldAgainstTheFile(string model, string words)
    {
        string printed = _place.Succeed("check", Fixture.PathOf(model), "--samples", "200");
        Assert.Contains(words, printed, StringComparison.Ordinal);
        Assert.EndsWith("The relative error is within 1e-5.\n", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void GivenInputsRunFirst()
    {
        string file = _place.PathOf("inputs.csv");
        File.WriteAllText(file, "# four features\n1, 2, -3.5, 1e2\n\n0;0;0;0\n");
        string printed = _place.Succeed("check", Fixture.PathOf("TfLite/float.tflite"), "--inputs", file, "--samples", "5");
        Assert.Contains("2 given inputs, then 5 random inputs, seed 1", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 2 3\n", "inputs.txt: line 1 has 3 numbers, and an input has 4.")]
    [InlineData("1 2 3 4\n1 2 x 4\n", "inputs.txt: line 2: 'x' is no number.")]
    [InlineData("1 2 3 NaN\n", "inputs.txt: line 1: 'NaN' is no number.")]
    [InlineData("# nothing\n", "inputs.txt: it holds no input.")]
    public void GivenInputsThatDoNotFitAreRefused(string text, string problem)
    {
        File.WriteAllText(_place.PathOf("inputs.txt"), text);
        Assert.Equal("gennet: " + problem, _place.Fail(1, "check", Fixture.PathOf("TfLite/float.tflite"), "--inputs", _place.PathOf("inputs.txt")));
    }

    [Fact]
    public void RoundedValuesAreComparedOnRequestAndJudgedByATolerance()
    {
        string model = Fixture.PathOf("TfLite/int8.tflite");
        string printed = _place.Succeed("check", model, "--rounded", "--samples", "20");
        Assert.Contains("spread over its quantized range, -6.55 to 6.2", printed, StringComparison.Ordinal);
        Assert.EndsWith("Rounded values pass whatever they are; --tolerance sets a limit.\n", printed, StringComparison.Ordinal);
        Assert.Contains("is above the tolerance 1e-5", _place.Fail(1, "check", model, "--rounded", "--samples", "20", "--tolerance", "1e-5"), StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralOutputsAreCheckedTogether()
    {
        string[] arguments = ["check", Fixture.PathOf("Onnx/graph-heads.onnx"), "--outputs", "policy, value", "--precision", "double", "--samples", "20"];
        Assert.EndsWith("The relative error is within 1e-12.\n", _place.Succeed([.. arguments, "--tolerance", "1e-12"]), StringComparison.Ordinal);
        Assert.Matches(@" at sample \d+, output \d of '[a-z]\w*'; the imported layers ", _place.Fail(1, [.. arguments, "--tolerance", "1e-30"]));
    }

    /// <summary>Trained policies, which are no part of the repository: the folder that GENERATED_NETWORKS_MODELS names holds them.</summary>
    [Theory]
    [InlineData("mlagents/ex_3DBall.onnx", "deterministic_continuous_actions", "The relative error is within 1e-5.", "1e-12")]
    [InlineData("godot/BallChase_BallChase.onnx", "output", "The relative error is within 1e-5.", "1e-12")]
    [InlineData("godot/ScoreTheGoal_model.onnx", "output", "the file itself is off by up to", "1e-12")]
    [InlineData("mlagents/ex_Hallway.onnx", "64", "The relative error is within 1e-5.", "1e-12")]
    [InlineData("mlagents/ex_GridFoodCollector.onnx", "45", "The relative error is within 1e-5.", "1e-6")]
    [InlineData("pretrained/onnx2c_mnist/model.onnx", "Plus214_Output_0", "The relative error is within 1e-5.", "1e-12")]
    public void TrainedPoliciesPass(string model, string output, string words, string inDouble)
    {
        string? root = Environment.GetEnvironmentVariable("GENERATED_NETWORKS_MODELS");
        Assert.SkipUnless(root is not null, "GENERATED_NETWORKS_MODELS names no folder of models.");
        string path = Path.Combine(root, model);

        // Convolutions take their time, node by node in double.
        string samples = output is "45" or "Plus214_Output_0" ? "50" : "1000";
        Assert.Contains(words, _place.Succeed("check", path, "--outputs", output, "--samples", samples), StringComparison.Ordinal);

        // A slope of 0.01 stands in a file with the digits of 32 bits.
        Assert.EndsWith($"The relative error is within {inDouble}.\n", _place.Succeed("check", path, "--outputs", output, "--precision", "double", "--samples", samples), StringComparison.Ordinal);
    }

    /// <summary>√2 stands in the file with seven digits, and the network has all of them.</summary>
    [Fact]
    public void ConstantsOfFewDigitsSetTheToleranceOfDoubles()
    {
        string printed = _place.Succeed("check", Fixture.PathOf("Onnx/torch-gelu.onnx"), "--precision", "double", "--samples", "50");
        Assert.Contains("Constants of its functions have 32 bits in the file, so that 1e-6 is the tolerance.", printed, StringComparison.Ordinal);
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
        double[] actual = PlainActivation.Apply(function, grid, grid.Length);
        for (int i = 0; i < grid.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            Assert.True(error <= 2e-14, $"{function}({grid[i]:R}): expected {expected[i]:R}, got {actual[i]:R}");
        }
    }

    /// <summary>What decides: a small element beside a large one is judged by the large one, a vector by nothing of another.</summary>
    [Fact]
    public void AVectorIsJudgedByItsLargestElement()
    {
        double[] reference = [1000, 0.001, 0.5, 0.25];
        WorstError worst = VectorError.Of([1000.0, 0.101, 0.5, 0.2501], reference, 2);
        Assert.Equal(1, worst.Index);
        Assert.Equal(0.1 / 1000, worst.Value, 12);
        worst = VectorError.Of([1000.0, 0.002, 0.5, 0.25 + 1e-4], reference, 2);
        Assert.Equal(3, worst.Index);
        Assert.Equal(1e-4, worst.Value, 12);
        Assert.Equal(double.PositiveInfinity, VectorError.Of([double.NaN, 0, 0.5, 0.25], reference, 2).Value);
        Assert.Equal(0, VectorError.Of([double.NaN, 0.25], [double.NaN, 0.25], 2).Value);
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
