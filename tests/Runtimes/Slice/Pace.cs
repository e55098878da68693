using System;
using System.Diagnostics;

namespace Slice
{
    /// <summary>Nanoseconds of one call: the least of some rounds.</summary>
    public static class Pace
    {
        public static double Measure(Action call)
        {
            WarmUp(call);
            int calls = 1;
            while (Round(call, calls) < 2e-3)
                calls *= 2;
            double least = double.MaxValue;
            for (int round = 0; round < 40; round++)
                least = Math.Min(least, Round(call, calls));
            return least / calls * 1e9;
        }

        // Runtimes compile what is called often, WebAssembly's interpreter after thousands of calls.
        private static void WarmUp(Action call)
        {
            long start = Stopwatch.GetTimestamp();
            for (int calls = 0; calls < 6000 || Stopwatch.GetTimestamp() - start < Stopwatch.Frequency / 4; calls++)
                call();
        }

        private static double Round(Action call, int calls)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
                call();
            return (Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency;
        }
    }
}
