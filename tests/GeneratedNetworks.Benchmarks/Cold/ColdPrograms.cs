namespace GeneratedNetworks.Benchmarks.Cold;

/// <summary>The two programs whose difference is the cold start.</summary>
internal static class ColdPrograms
{
    public const string Empty = """
        internal static class Program
        {
            private static int Main(string[] arguments) => arguments.Length < 0 ? 1 : 0;
        }
        """;

    /// <summary>The digits network: made and run once. With an argument it says how long each of the two took, in microseconds.</summary>
    public const string Digits = """
        using System;
        using System.Diagnostics;
        using GeneratedNetworks;

        [GeneratedNetwork(64)]
        [Dense(32, Activation.Sigmoid)]
        [Dense(10, Activation.Softmax)]
        [Training(Loss.CrossEntropy, Optimizer.Sgd)]
        public sealed partial class DigitNet;

        internal static class Program
        {
            private static int Main(string[] arguments)
            {
                long start = Stopwatch.GetTimestamp();
                float[] inputs = new float[64];
                float[] outputs = new float[10];
                DigitNet network = new();
                long made = Stopwatch.GetTimestamp();
                network.Forward(inputs, outputs);
                long done = Stopwatch.GetTimestamp();
                if (arguments.Length > 0)
                {
                    double scale = 1e6 / Stopwatch.Frequency;
                    Console.WriteLine(FormattableString.Invariant(
                        $"constructor {(made - start) * scale:0.0} µs, first Forward {(done - made) * scale:0.0} µs"));
                }

                return outputs[0] > 0 ? 0 : 1;
            }
        }
        """;
}
