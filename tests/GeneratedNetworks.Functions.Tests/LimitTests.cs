using System;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using Xunit;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>NaN, infinities, zeros, huge and subnormal arguments, on every target.</summary>
public class LimitTests
{
    public static TheoryData<string> Targets => [.. TargetCase.Names];

    private static readonly string[] Activations = [.. ActivationFunction.All.Where(a => a.IsElementWise).Select(a => a.Name)];

    [Theory, MemberData(nameof(Targets))]
    public void NaN_in_NaN_out(string target)
    {
        double[] nans =
        [
            double.NaN, -double.NaN, BitConverter.Int64BitsToDouble(0x7FF8000000000001), BitConverter.Int64BitsToDouble(-0x0007FFFFFFFFFFFF),
            BitConverter.Int64BitsToDouble(0x7FFFFFFFFFFFFFFF),
        ];
        foreach (string function in Activations.Concat(["Exp", "ExpOfNegative", "ExpMinusOne", "Log", "SoftplusTail"]).Where(TargetCase.Of(target).Has))
        {
            double[] got = Evaluate(target, function, nans);
            Assert.All(got, y => Assert.True(double.IsNaN(y), $"{function}(NaN) = {y}"));
        }
    }

    [Theory, MemberData(nameof(Targets))]
    public void Every_float_NaN_pattern_stays_NaN(string target)
    {
        if (!TargetCase.Of(target).IsSingle)
            return;
        float[] nans = [.. Enumerable.Range(0, 512).Select(i =>
            BitConverter.UInt32BitsToSingle((i % 2 == 0 ? 0x7FC00000u : 0xFFC00000u) | (uint)(i * 8191 & 0x003FFFFF)))];
        foreach (string function in Activations.Append("Exp"))
            Assert.All(Emitted.Of(TargetCase.Of(target)).Apply(function, nans), y => Assert.True(float.IsNaN(y), function));
    }

    [Theory]
    [InlineData("Identity", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("Relu", 0, double.PositiveInfinity)]
    [InlineData("LeakyRelu", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("Elu", -1, double.PositiveInfinity)]
    [InlineData("Selu", -1.7580993408473766, double.PositiveInfinity)]
    [InlineData("Gelu", 0, double.PositiveInfinity)]
    [InlineData("GeluTanh", 0, double.PositiveInfinity)]
    [InlineData("Silu", 0, double.PositiveInfinity)]
    [InlineData("Mish", 0, double.PositiveInfinity)]
    [InlineData("Softplus", 0, double.PositiveInfinity)]
    [InlineData("LogSigmoid", double.NegativeInfinity, 0)]
    [InlineData("Softsign", -1, 1)]
    [InlineData("Tanh", -1, 1)]
    [InlineData("Sigmoid", 0, 1)]
    [InlineData("HardSigmoid", 0, 1)]
    [InlineData("HardTanh", -1, 1)]
    [InlineData("HardSwish", 0, double.PositiveInfinity)]
    [InlineData("Relu6", 0, 6)]
    [InlineData("Exp", 0, double.PositiveInfinity)]
    public void Infinities_and_huge_arguments_give_the_limits(string function, double left, double right)
    {
        foreach (TargetCase target in TargetCase.All)
        {
            double huge = target.IsSingle ? float.MaxValue : double.MaxValue;
            double[] got = Evaluate(target.Name, function, [double.NegativeInfinity, double.PositiveInfinity, -huge, huge]);
            Equal(left, got[0], $"{target} {function}(-inf)");
            Equal(right, got[1], $"{target} {function}(+inf)");
            if (double.IsFinite(left))
                Equal(left, got[2], $"{target} {function}(-max)");
            else
                Assert.True(got[2] < -1e30, $"{target} {function}(-max) = {got[2]}");
            if (double.IsFinite(right) || function == "Exp")
                Equal(right, got[3], $"{target} {function}(max)");
            else
                Assert.True(got[3] >= huge, $"{target} {function}(max) = {got[3]}");

            void Equal(double expected, double value, string what)
            {
                double tolerance = expected is -1 or 1 or 6 ? 0 : target.IsSingle ? 2e-7 : 4e-16;
                Assert.True(value == expected || Math.Abs(value - expected) <= tolerance * Math.Abs(expected), $"{what} = {value}, not {expected}");
            }
        }
    }

    [Theory, MemberData(nameof(Targets))]
    public void Saturating_functions_do_not_pass_their_bounds(string name)
    {
        double[] z = [.. Enumerable.Range(0, 1 << 16).Select(i => i * 0.0005 + 1).SelectMany(x => new[] { x, -x })];
        Assert.All(Evaluate(name, "Tanh", z), y => Assert.InRange(y, -1, 1));
        Assert.All(Evaluate(name, "Sigmoid", z), y => Assert.InRange(y, 0, 1));
    }

    [Theory, MemberData(nameof(Targets))]
    public void Odd_functions_keep_the_sign_of_zero_and_subnormals_pass(string name)
    {
        TargetCase target = TargetCase.Of(name);
        double smallest = target.IsSingle ? float.Epsilon : double.Epsilon;
        foreach (string function in new[] { "Identity", "LeakyRelu", "Elu", "Softsign", "Tanh", "HardTanh" })
        {
            double[] got = Evaluate(name, function, [0.0, -0.0, smallest * 1000, -smallest * 1000]);
            Assert.True(got[0] == 0 && !double.IsNegative(got[0]), $"{function}(0) = {got[0]:R}");
            Assert.True(got[1] == 0 && (double.IsNegative(got[1]) || function == "Elu"), $"{function}(-0) = {got[1]:R}");
            Assert.Equal(smallest * 1000, got[2]);
            Assert.Equal(function == "LeakyRelu" ? -smallest * 10 : -smallest * 1000, got[3]);
        }
    }

    [Theory, MemberData(nameof(Targets))]
    public void Logarithm_at_its_edges(string name)
    {
        if (!TargetCase.Of(name).Has("Log"))
            return;
        double smallest = TargetCase.Of(name).IsSingle ? float.Epsilon : double.Epsilon;
        double[] got = Evaluate(name, "Log", [0.0, -0.0, -1, double.PositiveInfinity, 1, smallest, double.NegativeInfinity]);
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity, double.NaN, double.PositiveInfinity, 0], got[..5]);
        Assert.Equal(Math.Log(smallest), got[5], Math.Abs(Math.Log(smallest)) * 1e-7);
        Assert.True(double.IsNaN(got[6]));
    }

    private static double[] Evaluate(string target, string function, double[] z)
    {
        double[] padded = [.. z, .. Enumerable.Repeat(z[0], 16 - z.Length % 16)];
        Emitted emitted = Emitted.Of(TargetCase.Of(target));
        double[] all = TargetCase.Of(target).IsSingle
            ? Array.ConvertAll(emitted.Apply(function, Array.ConvertAll(padded, x => (float)x)), x => (double)x)
            : emitted.Apply(function, padded);
        return all[..z.Length];
    }
}
