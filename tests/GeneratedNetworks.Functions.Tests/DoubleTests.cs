using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>Every double function of every target: against the committed table, and against double-double at many more points.</summary>
public class DoubleTests
{
    private const double Bound = 4;

    public static TheoryData<string> Tabulated => [.. ReferenceValue.All.Select(v => v.Function).Distinct().Where(f => f != "Cos")];

    public static TheoryData<string> Swept => [.. ReferenceValue.All.Select(v => v.Function).Distinct().Where(f => f is not ("Cos" or "Log"))];

    [Theory, MemberData(nameof(Tabulated))]
    public void Table_values_are_met_within_four_units(string function)
    {
        ReferenceValue[] values = [.. ReferenceValue.All.Where(v => v.Function == function)];
        Assert.True(values.Length > 200);
        while (values.Length % 8 != 0)
            values = [.. values, values[0]];
        double[] z = Array.ConvertAll(values, v => v.Argument);
        foreach (TargetCase target in TargetCase.All.Where(t => !t.IsSingle && t.Has(function)))
        {
            double[] got = Emitted.Of(target).Apply(function, z);
            for (int i = 0; i < z.Length; i++)
            {
                double error = Ulp.Error(function, got[i], values[i].Nearest, values[i].Rest * Unit(values[i].Nearest));
                Assert.True(error <= Bound, $"{target} {function}({z[i]:R}) = {got[i]:R}, not {values[i].Nearest:R}: {error:F2} units");
            }
        }
    }

    [Theory, MemberData(nameof(Swept))]
    public void Random_arguments_are_met_within_four_units(string function)
    {
        const int chunks = 24, count = 4096;
        TargetCase[] targets = [.. TargetCase.All.Where(t => !t.IsSingle && t.Has(function))];
        var worst = new (double Error, double At)[targets.Length];
        Parallel.For(0, chunks, chunk =>
        {
            double[] z = Arguments(function, new Random(chunk), count);
            DoubleDouble[] exact = Array.ConvertAll(z, x => Reference.InDoubleDouble(function, x));
            for (int t = 0; t < targets.Length; t++)
            {
                if (!targets[t].TakesAll && chunk % 8 != 0)
                    continue;
                double[] got = Emitted.Of(targets[t]).Apply(function, z);
                double most = 0, at = 0;
                for (int i = 0; i < z.Length; i++)
                {
                    double error = Ulp.Error(function, got[i], exact[i].High, exact[i].Low);
                    if (!(error <= most))
                        (most, at) = (error, z[i]);
                }
                lock (worst)
                {
                    if (!(most <= worst[t].Error))
                        worst[t] = (most, at);
                }
            }
        });
        string figures = string.Join(", ", targets.Select((t, i) => $"{t.Name} {worst[i].Error:F2} at {worst[i].At:R}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{function}: {figures}");
        Assert.True(worst.All(w => w.Error <= Bound), $"{function}: {figures}");
    }

    [Theory, MemberData(nameof(Swept))]
    public void The_double_double_reference_meets_the_table(string function)
    {
        foreach (ReferenceValue value in ReferenceValue.All.Where(v => v.Function == function && Math.Abs(v.Nearest) > 1e-290))
        {
            DoubleDouble got = Reference.InDoubleDouble(function, value.Argument);
            double error = Ulp.Error(function, got.High, value.Nearest, value.Rest * Unit(value.Nearest) - got.Low);
            Assert.True(error < 0.01, $"{function}({value.Argument:R}): {error}");
        }
    }

    private static double[] Arguments(string function, Random random, int count)
    {
        (double low, double high) = function is "Exp" ? (-700, 700) : function is "Gelu" or "GeluTanh" ? (-9.5, 9.5) : (-690.0, 40.0);
        return [.. Enumerable.Range(0, count).Select(i => (i % 4) switch
        {
            0 => low + (high - low) * random.NextDouble(),
            1 => random.NextDouble() * 2 - 1,
            2 => random.NextDouble() * 12 - 6,
            _ => Math.ScaleB(random.NextDouble() - 0.5, -random.Next(30)),
        })];
    }

    private static double Unit(double value) => Math.BitIncrement(Math.Abs(value)) - Math.Abs(value);
}
