using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GeneratedNetworks.Generator.Planning;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace GeneratedNetworks.Generator.Tests;

/// <summary>What is planned for some networks, all of it as text: a choice that changes shows here, whatever becomes of it.</summary>
public sealed class PlanTextTests
{
    /// <summary>Among them every optimiser, every loss, every profile, and both precisions.</summary>
    private static readonly Dictionary<string, (Target Target, string Attributes)> Networks = new()
    {
        ["Xor"] = (Target.Net80, "[GeneratedNetwork(2)] [Dense(4, Activation.Tanh)] [Dense(1, Activation.Sigmoid)] [Training(Loss.BinaryCrossEntropy, Optimizer.Sgd)]"),
        ["Digits"] = (Target.Net80, "[GeneratedNetwork(784)] [Dense(128, Activation.Relu)] [Dense(10, Activation.Softmax)] [Training(Loss.CrossEntropy, Optimizer.Adam)]"),
        ["Small"] = (Target.Net80, "[GeneratedNetwork(64)] [Dense(32, Activation.Relu)] [Dense(10, Activation.Softmax)] [Training(Loss.CrossEntropy, Optimizer.Sgd)]"),
        ["Dropout"] = (Target.Net80, "[GeneratedNetwork(20)] [Dense(48, Activation.Gelu)] [Dropout(0.25)] [Dense(6)] [Training(Loss.Huber, Optimizer.AdamW)]"),
        ["Frozen"] = (Target.Net80, "[GeneratedNetwork(16)] [Dense(16, Activation.Relu, Frozen = true)] [Dense(16, Activation.Silu)] [Dense(3)] [Training(Loss.MeanSquaredError, Optimizer.Sgd, InputGradients = true)]"),
        ["Double"] = (Target.Net80, "[GeneratedNetwork(24, Precision = Precision.Double)] [Dense(20, Activation.Elu)] [Dense(4, Activation.Softmax)] [Training(Loss.SquaredError, Optimizer.Momentum)]"),
        ["Deep"] = (Target.Net80, "[GeneratedNetwork(32)] [Dense(64, Activation.Tanh)] [Dense(32, Activation.Tanh)] [Dense(64, Activation.Tanh)] [Dense(32, Activation.Tanh)] [Dense(64, Activation.Tanh)] [Dense(32)] [Training(Loss.MeanAbsoluteError, Optimizer.Nesterov)]"),
        ["ByOutput"] = (Target.Net80, "[GeneratedNetwork(512)] [Dense(512, Activation.Relu)] [Dense(1)] [Training(Loss.MeanSquaredError, Optimizer.RmsProp)]"),
        ["Full"] = (Target.Net80, "[GeneratedNetwork(64, Unroll = Unroll.Full)] [Dense(96, Activation.LeakyRelu)] [Dense(8)]"),
        ["Shapes"] = (Target.Net80, "[GeneratedNetwork(4, 4, 3)] [Activation(Activation.Silu)] [Flatten] [Dense(5, UseBias = false)] [Activation(Activation.LogSoftmax)]"),
        ["Scalar"] = (Target.NetStandard20, "[GeneratedNetwork(8)] [Dense(32, Activation.Softsign)] [Dense(32, Activation.HardSwish)] [Dense(4)] [Training(Loss.MeanSquaredError, Optimizer.Sgd)]"),
        ["Image"] = (Target.Net80, "[GeneratedNetwork(16, 16, 1)] [Conv2D(8, 3, Activation.Relu, Padding = Padding.Same)] [BatchNorm] [DepthwiseConv2D(3, Stride = 2)] [Conv2D(16, 1, Activation.Relu)] [MaxPool2D(2)] [Dense(10, Activation.Softmax)] [Training(Loss.CrossEntropy, Optimizer.Adam)]"),
        ["Graph"] = (Target.Net80, "[GeneratedNetwork] [Input(\"a\", 4)] [Input(\"b\", 4)] [Add(\"a\", \"b\")] [Dense(8, Activation.Tanh, Name = \"t\")] [Dense(2, Activation.Softmax, Name = \"p\")] [Dense(1, From = \"t\", Name = \"v\")] [Output(\"p\", Loss.CrossEntropy)] [Output(\"v\", Loss.MeanSquaredError, Weight = 0.5)] [Training(Optimizer.Adam)]"),
        ["Joined"] = (Target.Net80, "[GeneratedNetwork(9)] [Dense(13, Activation.Relu, Name = \"a\")] [Dense(5, Activation.Tanh, From = \"x\", Name = \"b\")] [Dense(20, From = \"x\", Name = \"c\")] [Concat(\"a\", \"b\", \"c\")] [Dense(3)] [Training(Loss.MeanSquaredError, Optimizer.Sgd)]"),
        ["Stream"] = (Target.Net80, "[GeneratedNetwork(32, 1, Streaming = true)] [Conv1D(4, 3, Activation.Relu, Padding = Padding.Causal, Dilation = 2)] [Gru(16, ReturnSequences = true)] [Dense(1, PerStep = true)] [Training(Loss.MeanSquaredError, Optimizer.Adam)]"),
        ["Reproducible"] = (Target.Net80, "[GeneratedNetwork(64, Numerics = Numerics.Reproducible)] [Dense(32, Activation.Relu)] [Dense(10)] [Training(Loss.MeanSquaredError, Optimizer.Sgd)]"),
        ["Basic"] = (Target.Nano, "[GeneratedNetwork(6)] [Dense(12, Activation.Relu)] [Dropout(0.1)] [Dense(2, Activation.Sigmoid)] [Training(Loss.BinaryCrossEntropy, Optimizer.Adam)]"),
    };

    public static TheoryData<string> Names => [.. Networks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void PlansAreAsTheyWere(string name) => Snapshot.MatchPlan(name, Plan(name).ToText());

    [Fact]
    public void TheyCoverEveryOptimizerLossAndProfile()
    {
        NetworkPlan[] plans = [.. Networks.Keys.Select(Plan)];
        Assert.Equal(Enum.GetNames<Optimizer>(), plans.Select(plan => plan.Graph.Training?.Optimizer.ToString()).OfType<string>().Distinct().OrderBy(name => Enum.Parse<Optimizer>(name)));
        Assert.Equal(Enum.GetNames<Loss>(), plans.Select(plan => plan.Graph.Outputs[0].Loss?.ToString()).OfType<string>().Distinct().OrderBy(name => Enum.Parse<Loss>(name)));
        Assert.Equal(["Basic", "Scalar", "Simd"], plans.Select(plan => plan.Graph.Profile.ToString()).Distinct().Order());
    }

    /// <summary>Without vectors there is one plan, so that two profiles compute the same bits.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void BasicIsPlannedAsScalarIs(string name)
    {
        Target basic = Target.NetStandard20 with { Language = LanguageVersion.CSharp7_3 };
        string scalar = Planned(Target.NetStandard20);
        Assert.Contains("profile Scalar", scalar, StringComparison.Ordinal);
        Assert.Equal(scalar, Planned(basic).Replace("profile Basic", "profile Scalar", StringComparison.Ordinal));

        // Of the notes one is about the profile.
        string Planned(Target target) => Plan(target, Networks[name].Attributes).ToText().Split("\nnotes\n")[0];
    }

    [Fact]
    public void EveryFileBelongsToANetwork() => Assert.Equal(
        Networks.Keys.Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Repository.PathOf("tests/GeneratedNetworks.Generator.Tests/Plans"), "*.verified.txt")
            .Select(file => Path.GetFileName(file)[..^".verified.txt".Length]).Order(StringComparer.Ordinal));

    private static NetworkPlan Plan(string name) => Plan(Networks[name].Target, Networks[name].Attributes);

    private static NetworkPlan Plan(Target target, string attributes)
    {
        GeneratorRun run = GeneratorHarness.Run($"using GeneratedNetworks;\n{attributes} public partial class Net {{ }}", target);
        Assert.Empty(run.GeneratorDiagnostics);
        return ((Outcome)run.Result.Results[0].TrackedSteps[TrackingNames.Plan].Single().Outputs.Single().Value).Plan!;
    }
}
