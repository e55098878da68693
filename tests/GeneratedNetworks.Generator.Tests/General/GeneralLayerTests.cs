using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Model;
using GeneratedNetworks.Generator.Operations;
using GeneratedNetworks.Generator.Planning;
using Xunit;

namespace GeneratedNetworks.Generator.Tests.General;

/// <summary>
/// What no layer of the product needs yet, by layers of the tests: several inputs, values with several readers, parameters that are no dense
/// layer's, buffers. Numbers are compared with a naive computation written here.
/// </summary>
public sealed class GeneralLayerTests
{
    private const int Inputs = 6, Outputs = 2, Hidden = 4;

    /// <summary>a has three readers, c two that are the same one, and s2 is a buffer.</summary>
    private const string Layers = """
        Scale Name="s1"
        AddRows Name="r"
        Dense units=4 activation=Tanh Name="a"
        Dense units=4 activation=Sigmoid Name="b"
        Sum from="a","b" Name="c"
        Sum from="c","c" Name="d"
        Sum from="d","a" Name="e"
        Scale Fixed=true Name="s2"
        Dense units=2 Name="out"
        """;

    private delegate GradientCheck Check(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets);

    private delegate double BackwardToInputs(ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, Span<double> inputGradients);

    [Fact]
    internal void ParametersHaveNamesRolesAndPlaces()
    {
        NetworkPlan plan = GeneralNetwork.Plan(EmitProfile.Simd, [2, 3], Layers);
        Assert.Equal(
            ["s1.scale 3", "a.weight 3×4", "a.bias 4", "b.weight 4×4", "b.bias 4", "s2.scale 4", "out.weight 4×2", "out.bias 2"],
            plan.Graph.Parameters.Select(block => $"{block.Name} {block.Shape}"));
        BlockPlace buffer = plan.Parameters.Places.Single(place => place.Block.Role == ParameterRole.Buffer);
        Assert.True(buffer.Offset >= plan.Parameters.TrainedLength);
        Assert.Equal(plan.Parameters.TrainedLength, plan.Training!.Trainer.SlotLength);
        Assert.DoesNotContain("s2", string.Concat(UpdateStretch.Of(plan.Parameters, merge: true).Select(stretch => stretch.Name)), StringComparison.Ordinal);
        Assert.Equal(
            ["a.weight", "b.weight", "out.weight"],
            UpdateStretch.Of(plan.Parameters, merge: false).Where(stretch => stretch.Decays).Select(stretch => stretch.Name));
    }

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    internal void ForwardAndGradientsAreThoseOfPlainLoops(EmitProfile profile)
    {
        Type type = GeneralNetwork.Compile(GeneralNetwork.Plan(profile, [2, 3], Layers, inputGradients: true));
        Subject subject = new(type, 3);
        double[] parameters = Numbers(subject.ParameterCount, 1);
        subject.SetParameters(parameters);
        foreach (int samples in new[] { 1, 5, 40 })
        {
            double[] inputs = Numbers(samples * Inputs, 2);
            double[] targets = Numbers(samples * Outputs, 3);
            Close(Enumerable.Range(0, samples).SelectMany(i => Naive(parameters, inputs[(i * Inputs)..((i + 1) * Inputs)])), subject.Forward(inputs), 1e-13, "output");

            double loss = subject.Backward(inputs, targets);
            Close([NaiveLoss(parameters, inputs, targets)], [loss], 1e-12, "loss");
            double[] gradients = subject.Gradients();
            double[] slopes = Slopes(parameters, moved => NaiveLoss(moved, inputs, targets));
            Array.Clear(slopes, 3 + 12 + 4 + 16 + 4, Hidden);
            Close(slopes, gradients, 1e-8, "gradient");

            // The caller's own gradients take the same way.
            double[] outputs = subject.Forward(inputs);
            subject.BackwardFrom(inputs, [.. outputs.Select((y, i) => (y - targets[i]) / samples)]);
            Close(gradients, subject.Gradients(), 1e-12, "gradient from the outputs'");
        }
    }

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    internal void ChecksAndInputGradientsHold(EmitProfile profile)
    {
        Type type = GeneralNetwork.Compile(GeneralNetwork.Plan(profile, [2, 3], Layers, inputGradients: true));
        Subject subject = new(type, 3);
        double[] parameters = Numbers(subject.ParameterCount, 1);
        subject.SetParameters(parameters);
        double[] inputs = Numbers(3 * Inputs, 2);
        double[] targets = Numbers(3 * Outputs, 3);
        GradientCheck check = type.GetNestedType("Trainer")!.GetMethod("CheckGradients")!.CreateDelegate<Check>(subject.Trainer)(inputs, targets);
        Assert.True(check.MaxError <= 1e-7, check.ToString());
        Assert.Equal(subject.ParameterCount - Hidden, check.CheckedParameters);

        double[] inputGradients = new double[inputs.Length];
        BackwardToInputs backward = subject.Trainer.GetType().GetMethods()
            .Single(method => method.Name == "Backward" && method.GetParameters().Length == 3).CreateDelegate<BackwardToInputs>(subject.Trainer);
        backward(inputs, targets, inputGradients);
        Close(Slopes(inputs, moved => NaiveLoss(parameters, moved, targets)), inputGradients, 1e-8, "input gradient");
    }

    [Theory]
    [InlineData(EmitProfile.Simd, 1)]
    [InlineData(EmitProfile.Simd, 5)]
    [InlineData(EmitProfile.Scalar, 1)]
    [InlineData(EmitProfile.Scalar, 5)]
    [InlineData(EmitProfile.Basic, 1)]
    internal void AStepFollowsTheGradients(EmitProfile profile, int samples)
    {
        Subject subject = new(GeneralNetwork.Compile(GeneralNetwork.Plan(profile, [2, 3], Layers)), 3);
        double[] parameters = Numbers(subject.ParameterCount, 1);
        subject.SetParameters(parameters);
        subject.LearningRate = 0.25;
        double[] inputs = Numbers(samples * Inputs, 2);
        double[] targets = Numbers(samples * Outputs, 3);
        double[] slopes = Slopes(parameters, moved => NaiveLoss(moved, inputs, targets));
        Array.Clear(slopes, 3 + 12 + 4 + 16 + 4, Hidden);
        subject.Step(inputs, targets);
        Close(parameters.Select((value, i) => value - (0.25 * slopes[i])), subject.Parameters(), 1e-8, "parameter");
    }

    [Theory]
    [InlineData(EmitProfile.Simd)]
    [InlineData(EmitProfile.Scalar)]
    [InlineData(EmitProfile.Basic)]
    internal void BuffersHaveNoState(EmitProfile profile)
    {
        Type type = GeneralNetwork.Compile(GeneralNetwork.Plan(profile, [2, 3], Layers, Optimizer.Adam));
        Subject subject = new(type, 3);
        Assert.Equal(24 + (2 * (subject.ParameterCount - Hidden) * sizeof(double)), subject.StateSize);
        double[] inputs = Numbers(5 * Inputs, 2);
        double[] targets = Numbers(5 * Outputs, 3);
        subject.Step(inputs, targets);
        byte[] state = subject.State();
        double[] kept = subject.Parameters();
        Assert.All(kept[39..43], value => Assert.Equal(1, value));

        // Another network with this state goes the same way.
        Subject other = new(type, 4);
        other.SetParameters(kept);
        other.SetState(state);
        Assert.Equal(state, other.State());
        subject.Step(inputs, targets);
        other.Step(inputs, targets);
        Assert.Equal(subject.Parameters(), other.Parameters());
    }

    [Fact]
    public void AScaleStartsAtOne()
    {
        Subject subject = new(GeneralNetwork.Compile(GeneralNetwork.Plan(EmitProfile.Scalar, [2, 3], Layers)), 3);
        Assert.Equal([1, 1, 1], subject.Parameters()[..3]);
        Assert.All(subject.Parameters()[3..15], value => Assert.NotEqual(0, value));
    }

    private static double[] Naive(double[] p, double[] x)
    {
        double[] r = [.. Enumerable.Range(0, 3).Select(c => (x[c] * p[c]) + (x[3 + c] * p[c]))];
        double[] a = [.. Dense(p, 3, r, Hidden).Select(Math.Tanh)];
        double[] b = [.. Dense(p, 19, a, Hidden).Select(z => 1 / (1 + Math.Exp(-z)))];
        double[] e = [.. Enumerable.Range(0, Hidden).Select(i => ((2 * (a[i] + b[i])) + a[i]) * p[39 + i])];
        return Dense(p, 43, e, Outputs);
    }

    private static double[] Dense(double[] p, int at, double[] x, int outputs) =>
    [
        .. Enumerable.Range(0, outputs).Select(o =>
            p[at + (x.Length * outputs) + o] + x.Select((value, i) => value * p[at + (i * outputs) + o]).Sum()),
    ];

    private static double NaiveLoss(double[] parameters, double[] inputs, double[] targets)
    {
        int samples = inputs.Length / Inputs;
        double sum = 0;
        for (int i = 0; i < samples; i++)
        {
            double[] y = Naive(parameters, inputs[(i * Inputs)..((i + 1) * Inputs)]);
            sum += y.Select((value, o) => Math.Pow(value - targets[(i * Outputs) + o], 2) / 2).Sum();
        }

        return sum / samples;
    }

    private static double[] Slopes(double[] at, Func<double[], double> function)
    {
        const double H = 1e-5;
        return
        [
            .. at.Select((value, i) =>
            {
                double[] moved = [.. at];
                moved[i] = value + H;
                double above = function(moved);
                moved[i] = value - H;
                return (above - function(moved)) / (2 * H);
            }),
        ];
    }

    private static double[] Numbers(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    private static void Close(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance, string what)
    {
        double[] right = [.. expected], found = [.. actual];
        Assert.Equal(right.Length, found.Length);
        for (int i = 0; i < right.Length; i++)
            Assert.True(Math.Abs(right[i] - found[i]) <= tolerance * Math.Max(1, Math.Abs(right[i])), $"{what} {i}: expected {right[i]:R}, found {found[i]:R}");
    }
}
