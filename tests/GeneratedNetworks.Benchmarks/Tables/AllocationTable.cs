using System;
using System.Globalization;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Benchmarks.Output;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>Bytes that the timed loops allocate.</summary>
internal sealed class AllocationTable : ITable
{
    private const int Calls = 1000;

    public string Name => "bytes";

    public void Run(TableContext context)
    {
        ReportTable table = new(
            $"Bytes allocated by {Calls} calls", ["network", "Forward", "Step, SGD", "Step, Adam", "double", "Scalar", "goal", ""])
        {
            Note = "Batches of 1 and of 33 added up; double and Scalar: forward and step.",
        };
        foreach (NetworkCase network in NetworkCases.All)
        {
            long[] bytes =
            [
                Allocated(network.Forward), Allocated(network.Sgd), Allocated(network.Adam),
                Allocated(network.DoubleForward, network.DoubleSgd), Allocated(network.ScalarForward, network.ScalarSgd),
            ];
            long total = 0;
            foreach (long count in bytes)
            {
                total += Math.Max(0, count);
            }

            table.Rows.Add([network.Name, .. Array.ConvertAll(bytes, Text), "0", table.Judge(total == 0 ? 1 : 0, 1)]);
        }

        context.Report.Add(table);
    }

    private static string Text(long bytes) => bytes < 0 ? Format.Missing : bytes.ToString(CultureInfo.InvariantCulture);

    /// <summary>Bytes of all loops, or -1 if the shape has none of them.</summary>
    private static long Allocated(params ReadOnlySpan<LoopFactory?> loops)
    {
        long sum = -1;
        foreach (LoopFactory? loop in loops)
        {
            foreach (int batch in loop is null ? [] : (int[])[1, 33])
            {
                Action<int> run = loop!(batch);
                run(1);
                long before = GC.GetAllocatedBytesForCurrentThread();
                run(Calls);
                sum = Math.Max(0, sum) + GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }

        return sum;
    }
}
