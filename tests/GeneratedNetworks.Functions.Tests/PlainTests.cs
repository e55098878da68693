using System;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using Xunit;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>The functions that the plain loops call, some of them by System.Math, against the generator's own of doubles and against the table.</summary>
public class PlainTests
{
    public static TheoryData<string> Activations => [.. ActivationFunction.All.Where(a => a.IsElementWise).Select(a => a.Name)];

    /// <summary>Beyond ±690 an exponential is no normal number, and the short forms lose its digits.</summary>
    [Theory, MemberData(nameof(Activations))]
    public void Values_and_derivatives_are_those_of_the_scalar_text(string name)
    {
        var random = new Random(3);
        double[] z = [.. Enumerable.Range(0, 4096).Select(i => i % 2 == 0 ? random.NextDouble() * 1380 - 690 : Math.ScaleB(random.NextDouble() - 0.5, random.Next(-30, 6)))];
        double[] dy = Array.ConvertAll(z, _ => 0.75 + random.NextDouble());
        ActivationFunction activation = ActivationFunction.All.Single(a => a.Name == name);
        Emitted plain = Emitted.Of(TargetCase.Plain), scalar = Emitted.Of(TargetCase.Of("doubleScalar"));
        double[] saved = scalar.Apply(name, z);
        Agree(name, z, saved, plain.Apply(name, z), relative: 6);
        if (activation.Uses == DerivativeUses.Input)
            saved = z;
        Agree(name + "'", z, scalar.Apply(activation.BackwardHelper, dy, saved), plain.Apply(activation.BackwardHelper, dy, saved), relative: double.PositiveInfinity);
    }

    [Theory]
    [InlineData("Exp")]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("Softplus")]
    [InlineData("Elu")]
    public void Table_values_are_met(string function)
    {
        ReferenceValue[] values = [.. ReferenceValue.All.Where(v => v.Function == function && Math.Abs(v.Argument) < 690)];
        Assert.True(values.Length > 100);
        double[] got = Emitted.Of(TargetCase.Plain).Apply(function, Array.ConvertAll(values, v => v.Argument));
        Agree(function, [.. values.Select(v => v.Argument)], [.. values.Select(v => v.Nearest)], got, relative: 6);
    }

    [Fact]
    public void Losses_are_those_of_the_scalar_text()
    {
        var random = new Random(4);
        double[] y = [.. Enumerable.Range(0, 1024).Select(i => (random.NextDouble() - 0.5) * (i % 2 == 0 ? 4 : 60))], t = Array.ConvertAll(y, _ => random.NextDouble());
        foreach (string helper in LossFunction.All.SelectMany(loss => new[] { loss.ValueHelper, loss.GradientHelper }))
            Agree(helper, y, Emitted.Of(TargetCase.Of("doubleScalar")).Apply(helper, y, t), Emitted.Of(TargetCase.Plain).Apply(helper, y, t), relative: double.PositiveInfinity);
    }

    [Fact]
    public void Limits_and_NaN()
    {
        Emitted plain = Emitted.Of(TargetCase.Plain);
        double[] ends = [double.NegativeInfinity, double.PositiveInfinity, double.NaN, 0];
        Assert.Equal([-1, 1, double.NaN, 0], plain.Apply("Tanh", ends));
        Assert.Equal([0, 1, double.NaN, 0.5], plain.Apply("Sigmoid", ends));
        Assert.Equal([0, double.PositiveInfinity, double.NaN, 1], plain.Apply("Exp", ends));
        Assert.Equal([-1, 0, double.NaN], plain.Apply("ExpMinusOne", [double.NegativeInfinity, 0.0, double.NaN]));
        Assert.Equal([0, 0, double.NaN, Math.Log(2)], plain.Apply("SoftplusTail", ends));
    }

    /// <summary>Within so many units in the last place, or within 1E-14 of the larger of the value and 1.</summary>
    private static void Agree(string function, double[] z, double[] expected, double[] got, double relative)
    {
        for (int i = 0; i < z.Length; i++)
        {
            double error = Math.Abs(got[i] - expected[i]);
            double allowed = double.IsFinite(relative) ? relative * (Math.BitIncrement(Math.Abs(expected[i])) - Math.Abs(expected[i])) : 1e-14 * Math.Max(1, Math.Abs(expected[i]));
            if (!(error <= allowed || got[i].Equals(expected[i])))
                Assert.Fail($"{function}({z[i]:R}) is {got[i]:R}, not {expected[i]:R}");
        }
    }
}
