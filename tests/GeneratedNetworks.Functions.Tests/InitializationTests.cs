using System;
using System.Linq;
using Xunit;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>The scalar functions that must have the same bits on every runtime.</summary>
public class InitializationTests
{
    private static readonly Emitted Scalar = Emitted.Of(TargetCase.Of("doubleScalar"));
    private static readonly Emitted Basic = Emitted.Of(TargetCase.Of("doubleBasic"));

    [Fact]
    public void Square_root_is_correctly_rounded()
    {
        var random = new Random(3);
        double[] x =
        [
            0, -0.0, double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NaN, -1, 1, 4, 2, 0.25,
            BitConverter.Int64BitsToDouble(0x000FFFFFFFFFFFFF), 2.2250738585072014e-308,
            Math.BitDecrement(1), Math.BitIncrement(1), Math.BitDecrement(4), Math.BitIncrement(4), Math.BitDecrement(2), Math.BitIncrement(2),
            .. Enumerable.Range(0, 200_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(0x7FF0000000000000))),
            .. Enumerable.Range(0, 200_000).Select(_ => 1 + 3 * random.NextDouble()),
            // Squares and their neighbours: where the last bit is decided.
            .. Enumerable.Range(0, 200_000).Select(i => 1 + random.NextDouble())
                .SelectMany(r => new[] { r * r, Math.BitIncrement(r * r), Math.BitDecrement(r * r) }),
        ];
        double[] got = Basic.Apply("Sqrt", x);
        for (int i = 0; i < x.Length; i++)
        {
            if (!got[i].Equals(Math.Sqrt(x[i])))
                Assert.Fail($"sqrt({x[i]:R}) = {got[i]:R}, not {Math.Sqrt(x[i]):R}");
        }
    }

    [Fact]
    public void Cosine_over_one_turn()
    {
        foreach (ReferenceValue value in ReferenceValue.All.Where(v => v.Function == "Cos"))
            Assert.True(Math.Abs(Basic.Apply("Cos", [value.Argument])[0] - value.Nearest) <= 2.3e-16, $"cos({value.Argument:R})");
        double[] x = [.. Enumerable.Range(0, 100_001).Select(i => 2 * Math.PI * i / 100_000)];
        double[] got = Basic.Apply("Cos", x);
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(Math.Cos(x[i]), got[i], 2.3e-16);
    }

    [Theory]
    [InlineData(0.999, 1)]
    [InlineData(0.999, 1000)]
    [InlineData(0.9, 137)]
    [InlineData(0.5, 0)]
    public void Power_by_squaring(double x, double n) =>
        Assert.Equal(1, Basic.Apply("Power", [x], [n])[0] / Math.Pow(x, n), n * 2e-16 + 1e-15);

    [Theory]
    [InlineData("Exp")]
    [InlineData("Log")]
    [InlineData("Cos")]
    [InlineData("Tanh")]
    [InlineData("Gelu")]
    [InlineData("Softplus")]
    public void Scalar_and_basic_text_give_the_same_bits(string function)
    {
        double[] x = [.. Enumerable.Range(0, 10_000).Select(i => (function is "Log" or "Cos" ? 0 : -3.1) + i * 0.00062)];
        Assert.Equal(Scalar.Apply(function, x), Basic.Apply(function, x));
    }
}
