using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using GeneratedNetworks.Generator.Functions;
using Xunit;

namespace GeneratedNetworks.Functions.Tests;

/// <summary>Every float function of every target against double, over the whole range of bit patterns.</summary>
/// <remarks>Every 1021st float by default, thousands an octave, and every 31st where the functions bend; with GENERATEDNETWORKS_FULL_SWEEP=1 all 2^32.</remarks>
public class FloatSweepTests
{
    private const int Chunk = 1 << 14;
    private const double Bound = 4;

    private static readonly bool Full = Environment.GetEnvironmentVariable("GENERATEDNETWORKS_FULL_SWEEP") == "1";

    public static TheoryData<string> Functions =>
        [.. ActivationFunction.All.Where(a => a.IsElementWise).Select(a => a.Name), "Exp", "Log", "SoftplusTail"];

    [Theory, MemberData(nameof(Functions))]
    public void Within_four_units_in_the_last_place(string function)
    {
        TargetCase[] targets = [.. TargetCase.All.Where(t => t.IsSingle && t.Has(function))];
        Emitted[] emitted = [.. targets.Select(Emitted.Of)];
        var worst = new (double Error, float At)[targets.Length];
        foreach (var (first, last, step) in Ranges())
        {
            long chunks = ((last - first) / step + Chunk) / Chunk;
            Parallel.For(0L, chunks, chunk =>
            {
                float[] z = Patterns(first + chunk * Chunk * step, last, step);
                double[] exact = Array.ConvertAll(z, x => Reference.InDouble(function, x));
                float[] few = Thin(z);
                double[] fewExact = Thin(exact);
                for (int t = 0; t < targets.Length; t++)
                {
                    float[] taken = targets[t].TakesAll ? z : few;
                    float[] got = emitted[t].Apply(function, taken);
                    var (error, at) = Worst(function, taken, got, targets[t].TakesAll ? exact : fewExact);
                    lock (worst)
                    {
                        if (error > worst[t].Error)
                            worst[t] = (error, at);
                    }
                }
            });
        }
        string figures = string.Join(", ", targets.Select((t, i) => $"{t.Name} {worst[i].Error:F2} at {worst[i].At:R}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{function}: {figures}");
        Assert.True(worst.All(w => w.Error <= Bound), $"{function}: {figures}");
    }

    /// <summary>Every 64th value: a whole number of vectors.</summary>
    private static T[] Thin<T>(T[] values)
    {
        T[] few = new T[values.Length / 64];
        for (int i = 0; i < few.Length; i++)
            few[i] = values[i * 64];
        return few;
    }

    private static IEnumerable<(long First, long Last, long Step)> Ranges()
    {
        yield return (0, uint.MaxValue, Full ? 1 : 1021);
        if (Full)
            yield break;
        foreach (float sign in new[] { 1f, -1f })
            yield return (BitConverter.SingleToUInt32Bits(sign * 0.0625f), BitConverter.SingleToUInt32Bits(sign * 16f), 31);
    }

    private static float[] Patterns(long first, long last, long step)
    {
        float[] values = new float[Chunk];
        for (int i = 0; i < values.Length; i++)
            values[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(first + i * step, last));
        return values;
    }

    private static (double Error, float At) Worst(string function, float[] z, float[] got, double[] exact)
    {
        double worst = 0;
        float at = 0;
        for (int i = 0; i < z.Length; i++)
        {
            if (float.IsInfinity(z[i]))
                continue; // limits have a test of their own
            double error = Ulp.Error(function, got[i], exact[i]);
            if (!(error <= worst))
                (worst, at) = (error, z[i]);
        }
        return (worst, at);
    }
}
