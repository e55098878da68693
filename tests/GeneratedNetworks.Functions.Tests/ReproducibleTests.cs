using System;
using System.Collections.Generic;
using System.Linq;
using GeneratedNetworks.Generator.Functions;
using Xunit;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>The reproducible form of every function has the same bits on single numbers, arrays and vectors of every width.</summary>
public class ReproducibleTests
{
    /// <summary>Parts of others, which call them on numbers of one sign only.</summary>
    private static readonly string[] Parts = ["ScaledExp", "ExpOfNegative", "ExpMinusOne", "NormalTail"];

    public static TheoryData<string, bool> Helpers()
    {
        TheoryData<string, bool> data = [];
        foreach (bool single in new[] { true, false })
        {
            foreach (string helper in TargetCase.Reproducible.First(target => target.IsSingle == single && target.IsShared).Helpers.Except(Parts))
                data.Add(helper, single);
        }

        return data;
    }

    [Theory, MemberData(nameof(Helpers))]
    public void Every_target_has_the_same_bits(string helper, bool single)
    {
        TargetCase[] targets = [.. TargetCase.Reproducible.Where(target => target.IsSingle == single && target.Has(helper))];
        int parameters = FunctionLibrary.ParametersOf(helper).Count;
        if (single)
            Compare<float>(targets, helper, parameters, value => (float)value, value => BitConverter.SingleToInt32Bits(value));
        else
            Compare<double>(targets, helper, parameters, value => value, BitConverter.DoubleToInt64Bits);
    }

    private static void Compare<T>(TargetCase[] targets, string helper, int parameters, Func<double, T> convert, Func<T, long> bits)
        where T : struct
    {
        T[][] arguments = [.. Enumerable.Range(0, parameters).Select(parameter => Values(parameter).Select(convert).ToArray())];
        // Of two, the second is the function's own result, which has one sign.
        if (helper is "SoftplusBackward" or "LogSigmoidBackward")
            arguments[1] = [.. Values(1).Select(value => convert(helper == "SoftplusBackward" ? Math.Abs(value) : -Math.Abs(value)))];
        T[][] first = [.. arguments.Select(values => (T[])values.Clone())];
        T[] expected = Emitted.Of(targets[0]).Apply(helper, first);
        foreach (TargetCase target in targets[1..])
        {
            T[][] passed = [.. arguments.Select(values => (T[])values.Clone())];
            T[] actual = Emitted.Of(target).Apply(helper, passed);
            foreach ((T[] one, T[] other) in first.Append(expected).Zip(passed.Append(actual)))
            {
                for (int i = 0; i < one.Length; i++)
                {
                    // One NaN is as good as another.
                    if (bits(one[i]) != bits(other[i]) && !(double.IsNaN(Convert.ToDouble(one[i])) && double.IsNaN(Convert.ToDouble(other[i]))))
                        Assert.Fail($"{helper} of ({string.Join(", ", arguments.Select(values => values[i]))}): {other[i]} on {target}, {one[i]} on {targets[0]}");
                }
            }
        }
    }

    /// <summary>Zeros, ends of ranges, and values of all sizes; the same number for every parameter, in orders of their own. A multiple of 16.</summary>
    private static IEnumerable<double> Values(int parameter)
    {
        double[] special = [0, -0.0, 1, -1, 0.5, -0.5, 1e-30, -1e-30, 88.7, -88.7, -103.9, -745, 9.01, -9.03, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 6, 3, -3, 1e30, 1e-45];
        Random random = new(parameter + 1);
        List<double> values = [.. special];
        while (values.Count < 4096)
            values.Add((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-20, 8)));
        if (parameter > 0)
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
        return values;
    }
}
