using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What a network takes, held against what its declaration allows.</summary>
public sealed class BudgetTests
{
    /// <summary>
    /// 6 to 8 are 48 weights and 8 biases, 8 to 3 are 24 and 3; without vectors rows of 3 are padded to 4. The values of a sample are the 8 of dense1.
    /// </summary>
    private const string Basic = "[GeneratedNetwork(6, Emit = EmitProfile.Basic)] [Dense(8, Activation.Relu)] [Dense(3)] ";

    [Theory]
    [InlineData("Parameters = 80", "Parameters is 83, 3 more than the 80 allowed: dense1 56 (67 %), dense2 27 (33 %)")]
    [InlineData("MultiplyAdds = 0", "MultiplyAdds is 72, 72 more than the 0 allowed: dense1 48 (67 %), dense2 24 (33 %)")]
    [InlineData("ForwardBytes = 800", "ForwardBytes is 880 bytes, 80 more than the 800 allowed: values of 16 samples 512 (58 %), dense1 224 (25 %), dense2 144 (16 %)")]
    [InlineData("Parameters = 82, MultiplyAdds = 71", "Parameters is 83, 1 more than the 82 allowed: dense1 56 (67 %), dense2 27 (33 %); MultiplyAdds is 72, 1 more than the 71 allowed: ")]
    [InlineData("Parameters = -1", "Parameters is 83, 84 more than the -1 allowed: ")]
    public void GN0035_BudgetExceeded(string limits, string message) => AssertExceeded($"{Basic}[«Budget({limits})»] public partial class Net {{ }}", message);

    /// <summary>Gradients and one moment beside the parameters, the transposed weights of dense2, and the values of 32 samples, 24 numbers each.</summary>
    [Fact]
    public void GN0035_OfATrainer() => AssertExceeded(
        Basic + "[Training(Loss.Huber, Optimizer.Momentum)] [«Budget(TrainingBytes = 1)»] public partial class Net { }",
        "TrainingBytes is 4,784 bytes, 4,783 more than the 1 allowed: values of 32 samples in training 3,072 (64 %), dense1 672 (14 %), dense2 528 (11 %), "
            + "values of 16 samples 512 (11 %)");

    [Theory]
    [InlineData("Basic", "Bytes is 368 bytes, 1 more than the 367 allowed: dense1 224 (61 %), dense2 144 (39 %)", 367)]
    [InlineData("Scalar", "Bytes is 332 bytes, 1 more than the 331 allowed: dense1 224 (67 %), dense2 108 (33 %)", 331)]
    [InlineData("Simd", "Bytes is 332 bytes, 1 more than the 331 allowed: dense1 224 (67 %), dense2 108 (33 %)", 331)]
    public void GN0035_OfEmbeddedParameters(string profile, string message, int limit)
    {
        AdditionalText file = ModelTexts.Of("net.safetensors", ModelTexts.Tensors(
            ("dense1.weight", [6, 8]), ("dense1.bias", [8]), ("dense2.weight", [8, 3]), ("dense2.bias", [3])));
        string net = Basic.Replace("Basic", profile, StringComparison.Ordinal) + "[Weights(\"net.safetensors\")] public static partial class Net { }";
        AssertExceeded(net.Replace("public", $"[«Budget(Bytes = {limit})»] public", StringComparison.Ordinal), message, file);
        GeneratorHarness.Run(GeneratorHarness.Usings + $"[Budget(Bytes = {limit + 1})] " + net, null, null, file).AssertClean();
    }

    /// <summary>At a limit, beyond an int, of what is not there, and beside a declaration that has another error.</summary>
    [Theory]
    [InlineData("[Budget(Parameters = 83, Bytes = 0, ForwardBytes = 880, TrainingBytes = 0, MultiplyAdds = 72)]")]
    [InlineData("[Budget(Parameters = 3_000_000_000, ForwardBytes = long.MaxValue)]")]
    [InlineData("[Budget]")]
    public void NoError_WithinTheBudget(string budget) =>
        GeneratorHarness.Run(GeneratorHarness.Usings + $"{Basic}{budget} public partial class Net {{ }}").AssertClean();

    [Fact]
    public void AnotherErrorComesFirst()
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + "[GeneratedNetwork(6)] [«Dense(0)»] [Budget(Parameters = 0)] public partial class Net { }");
        Diagnostic error = Assert.Single(GeneratorHarness.Run(marked.Text).GeneratorDiagnostics);
        Assert.Equal("GN0007", error.Id);
        marked.AssertAt(error, "File0.cs");
    }

    /// <summary>The generator reports one error at the budget; the code is what was asked for, and compiles.</summary>
    private static void AssertExceeded(string declaration, string message, params AdditionalText[] files)
    {
        Marked marked = Marked.Parse(GeneratorHarness.Usings + declaration);
        GeneratorRun run = GeneratorHarness.Run(marked.Text, null, null, files);
        Diagnostic error = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal("GN0035", error.Id);
        Assert.StartsWith("'Net' exceeds its budget: " + message, error.GetMessage(), StringComparison.Ordinal);
        marked.AssertAt(error, "File0.cs");
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Contains("// In all: ", run.SingleFile, StringComparison.Ordinal);
    }
}
