using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using Xunit;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>Each <c>XBackward(dy, saved)</c> is dy·F'(z), with what the table says is saved.</summary>
public class BackwardTests
{
    private static readonly Random Seeded = new(20);

    public static TheoryData<string> Activations => [.. ActivationFunction.All.Where(a => a.IsElementWise).Select(a => a.Name)];

    [Theory, MemberData(nameof(Activations))]
    public void Derivative_times_the_incoming_gradient(string name)
    {
        ActivationFunction activation = ActivationFunction.All.Single(a => a.Name == name);
        foreach (TargetCase target in TargetCase.All)
        {
            double tolerance = target.IsSingle ? 1e-6 : 1e-14;
            double[] z = [.. Arguments(target.IsSingle).Select(x => target.IsSingle ? (float)x : x)];
            double[] dy = [.. z.Select((_, i) => (i % 3) switch { 0 => 1.0, 1 => -2.5, _ => 0.125 })];
            double[] got = target.IsSingle
                ? Array.ConvertAll(Backward(target, activation, Singles(dy), Singles(z)), x => (double)x)
                : Backward(target, activation, dy, z);
            for (int i = 0; i < z.Length; i++)
            {
                // Beside a kink the saved output may have been rounded onto it.
                if (activation.Kinks.Any(k => z[i] != k && k != 0 && Math.Abs(z[i] - k) < tolerance))
                    continue;
                double expected = dy[i] * Reference.Derivative(name, z[i]);
                double error = Math.Abs(got[i] - expected) / Math.Max(1, Math.Abs(expected));
                if (!(error <= tolerance))
                    Assert.Fail($"{target} {name}'({z[i]:R}) * {dy[i]} = {got[i]:R}, not {expected:R}");
            }
        }
    }

    [Theory]
    [InlineData("Relu", 0, 0)]
    [InlineData("LeakyRelu", 0, 0.01)]
    [InlineData("Elu", 0, 1)]
    [InlineData("Selu", 0, 1.7580993408473766)]
    [InlineData("HardTanh", -1, 0)]
    [InlineData("HardTanh", 1, 0)]
    [InlineData("Relu6", 0, 0)]
    [InlineData("Relu6", 6, 0)]
    [InlineData("HardSigmoid", -3, 0)]
    [InlineData("HardSigmoid", 3, 0)]
    [InlineData("HardSwish", -3, 0)]
    [InlineData("HardSwish", 3, 1)]
    [InlineData("Softsign", 0, 1)]
    public void Kinks_have_PyTorchs_derivative(string name, double kink, double derivative)
    {
        ActivationFunction activation = ActivationFunction.All.Single(a => a.Name == name);
        Assert.Contains(kink, activation.Kinks);
        foreach (TargetCase target in TargetCase.All)
        {
            double got = target.IsSingle
                ? Backward(target, activation, Filled(1f), Filled((float)kink))[0]
                : Backward(target, activation, Filled(1.0), Filled(kink))[0];
            Assert.Equal(derivative, got, target.IsSingle ? 1e-7 : 1e-15);
        }
    }

    private static float[] Singles(double[] values) => Array.ConvertAll(values, x => (float)x);

    private static T[] Filled<T>(T value) => [.. Enumerable.Repeat(value, 16)];

    private static T[] Backward<T>(TargetCase target, ActivationFunction activation, T[] dy, T[] z)
    {
        Emitted emitted = Emitted.Of(target);
        T[] saved = activation.Uses == DerivativeUses.Input ? z : emitted.Apply(activation.ForwardHelper, z);
        return emitted.Apply(activation.BackwardHelper, dy, saved);
    }

    private static IEnumerable<double> Arguments(bool single)
    {
        double huge = single ? 3e38 : 1.5e308;
        double[] special = [0, -0.0, 1e-30, -1e-30, 20, -20, 90, -90, 110, -110, 800, -800, 1e10, -1e10, huge, -huge, -3, 3, -1, 1, 6, 0.5];
        foreach (double x in special)
            yield return x;
        for (int i = special.Length; i < 4096; i++)
            yield return i % 2 == 0 ? Seeded.NextDouble() * 20 - 10 : Math.ScaleB(Seeded.NextDouble() - 0.5, Seeded.Next(-20, 8));
    }
}
