using System;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using GeneratedNetworks.Generator.Model;
using Xunit;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>Losses and their gradients, element by element, on every target.</summary>
public class LossTests
{
    public static TheoryData<string> Losses => [.. LossFunction.All.Select(l => l.Name)];

    [Theory, MemberData(nameof(Losses))]
    public void Value_and_gradient_match_their_definition(string name)
    {
        LossFunction loss = LossFunction.All.Single(l => l.Name == name);
        var random = new Random(7);
        double[] y = [.. Enumerable.Range(0, 1024).Select(i => (double)(float)((random.NextDouble() - 0.5) * (i % 2 == 0 ? 4 : 60)))];
        double[] t = [.. Enumerable.Range(0, 1024).Select(i => (i % 4) switch { 0 => 0, 1 => 1, 2 => y[i], _ => (float)random.NextDouble() })];
        foreach (TargetCase target in TargetCase.All)
        {
            double tolerance = target.IsSingle ? 1e-6 : 1e-14;
            double[] value = Evaluate(target, loss.ValueHelper, y, t), gradient = Evaluate(target, loss.GradientHelper, y, t);
            for (int i = 0; i < y.Length; i++)
            {
                var (expected, derivative) = Definition(loss.Loss, y[i], t[i]);
                Close(expected, value[i], "");
                Close(derivative, gradient[i], "'");

                void Close(double exact, double got, string prime) => Assert.True(
                    Math.Abs(got - exact) <= tolerance * Math.Max(1, Math.Abs(exact)),
                    $"{target} {name}{prime}({y[i]:R}, {t[i]:R}) = {got:R}, not {exact:R}");
            }
        }
    }

    [Fact]
    public void Binary_cross_entropy_is_stable_for_extreme_logits()
    {
        double[] z = [.. new[] { 1e4, -1e4, 1e4, -1e4, 40, -40, 0, 1 }.SelectMany(x => new[] { x, x })];
        double[] t = [.. new[] { 1.0, 0, 0, 1, 1, 0, 0.5, 0.5 }.SelectMany(x => new[] { x, x })];
        foreach (TargetCase target in TargetCase.All)
        {
            double[] value = Evaluate(target, "BinaryCrossEntropyLoss", z, t), gradient = Evaluate(target, "BinaryCrossEntropyLossGradient", z, t);
            Assert.Equal([0, 0, 1e4, 1e4], new[] { value[0], value[2], value[4], value[6] });
            Assert.Equal([0, 0, 1, -1], new[] { gradient[0], gradient[2], gradient[4], gradient[6] });
            Assert.InRange(value[8] / Math.Exp(-40), 0.9999999, 1.0000001); // nothing is lost beside a large z t
        }
    }

    [Fact]
    public void NaN_reaches_value_and_gradient()
    {
        double[] nan = [.. Enumerable.Repeat(double.NaN, 16)], one = [.. Enumerable.Repeat(1.0, 16)];
        foreach (TargetCase target in TargetCase.All)
            foreach (LossFunction loss in LossFunction.All)
            {
                Assert.All(Evaluate(target, loss.ValueHelper, nan, one), v => Assert.True(double.IsNaN(v), $"{target} {loss.Name}"));
                if (loss.Loss != Loss.CrossEntropy) // -t depends on the target alone
                    Assert.All(Evaluate(target, loss.GradientHelper, nan, one), v => Assert.True(double.IsNaN(v), $"{target} {loss.Name}'"));
            }
    }

    private static (double Value, double Gradient) Definition(Loss loss, double y, double t)
    {
        double d = y - t;
        return loss switch
        {
            Loss.MeanSquaredError => (d * d, 2 * d),
            Loss.SquaredError => (d * d / 2, d),
            Loss.MeanAbsoluteError => (Math.Abs(d), Math.Sign(d)),
            Loss.Huber => (Math.Abs(d) < 1 ? d * d / 2 : Math.Abs(d) - 0.5, Math.Clamp(d, -1, 1)),
            Loss.BinaryCrossEntropy => (Math.Max(y, 0) - y * t + Math.Log(1 + Math.Exp(-Math.Abs(y))), 1 / (1 + Math.Exp(-y)) - t),
            Loss.CrossEntropy => (-t * y, -t),
            _ => throw new ArgumentOutOfRangeException(nameof(loss)),
        };
    }

    private static double[] Evaluate(TargetCase target, string helper, double[] y, double[] t) => target.IsSingle
        ? Array.ConvertAll(Emitted.Of(target).Apply(helper, Array.ConvertAll(y, x => (float)x), Array.ConvertAll(t, x => (float)x)), x => (double)x)
        : Emitted.Of(target).Apply(helper, y, t);
}
