using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Benchmarks.Output;

namespace GeneratedNetworks.Benchmarks.Commands;

/// <summary>
/// A stream of a hundred million frames, which start loud, fade through the smallest numbers that there are, and are silent from halfway on: that numbers stay
/// finite, no frame takes longer than the first ones, and memory is what it was.
/// </summary>
internal sealed class StreamsCommand : ICommand
{
    private const int Block = 10_000, Section = 1_000_000;
    private const long Frames = 100_000_000;

    /// <summary>How much longer a frame may take in the last section than in the first.</summary>
    private const double Slowest = 1.5;

    // The process as a whole: the runtime's own threads come and go.
    private const long Growth = 8 << 20;

    public string Name => "streams";

    public string Summary => "a stream of 10^8 frames that fade to silence, LSTM and causal stack 10^7: finite, no slower, no memory [--frames N] [--markdown FILE]";

    public int Run(string[] arguments)
    {
        Options options = new(arguments, [], ["--frames", "--markdown"]);
        long frames = options.Value("--frames") is { } given ? long.Parse(given, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : Frames;
        frames = Math.Max(20 * Section, frames / Section * Section);
        (string Name, IStreamNetwork<float> Network, long Frames)[] streams =
        [
            ("GRU 1-16-1", new Gru16Net(1), frames),
            ("GRU 1-16-1, biases", Biased(new Gru16Net(1)), frames / 10),
            ("LSTM 1-16-1", new Lstm16Net(1), frames / 10),
            ("causal stack", new CausalStackNet(1), frames / 10),
        ];
        Report report = new();
        report.Say(Output.Machine.Describe());
        ReportTable table = new("Streams", ["network", "frames", "first 10^6, ns a frame", "last 10^6", "slowest 10^6", "last / first", "bytes allocated", "process, MB", "smallest state", "faults"])
        {
            Note = "The time of a section is that of the eleventh fastest of its hundred blocks: other work on the machine does not count. Input: noise of 1, less by a factor of e every five-hundredth of the stream, until it is 0. Faults: outputs that are not finite, "
                + $"a last section of more than {Slowest.ToString(CultureInfo.InvariantCulture)} times the first, allocated bytes, or a process that grew.",
        };
        int failed = 0;
        foreach ((string name, IStreamNetwork<float> network, long count) in streams)
        {
            Console.Error.WriteLine(name);
            (string[] cells, int faults) = Measure(network, count);
            table.Rows.Add([name, .. cells]);
            failed += faults;
        }

        report.Add(table);
        if (options.Value("--markdown") is { } path)
        {
            report.WriteMarkdown(path);
        }

        return failed > 0 ? 1 : 0;
    }

    /// <summary>As after training: with biases a state rests at some number, and without them at 0.</summary>
    private static Gru16Net Biased(Gru16Net network)
    {
        float[] parameters = new float[Gru16Net.ParameterCount];
        network.GetParameters(parameters);
        Random random = new(3);
        foreach (NetworkParameter bias in Gru16Net.ParameterLayout.ToArray().Where(static parameter => parameter.Name.EndsWith(".bias", StringComparison.Ordinal)))
        {
            for (int i = 0; i < bias.Length; i++)
            {
                parameters[bias.Offset + i] = (random.NextSingle() - 0.5f) / 2;
            }
        }

        network.SetParameters(parameters);
        return network;
    }

    private static (string[] Cells, int Faults) Measure(IStreamNetwork<float> network, long frames)
    {
        Random random = new(1);
        float[] noise = [.. Enumerable.Range(0, Block).Select(_ => (2 * random.NextSingle()) - 1)], inputs = new float[Block], outputs = new float[Block];
        float[] memory = new float[network.MemorySize];
        double[] times = new double[Section / Block], sections = new double[frames / Section];
        network.ForwardStream(noise, outputs, memory);
        Array.Clear(memory);
        Array.Sort(times);
        using Process process = Process.GetCurrentProcess();
        double fade = Math.Exp(-500.0 * Block / frames), loudness = 1;
        bool isFinite = true;
        _ = Stopwatch.GetTimestamp();
        GC.Collect();
        process.Refresh();
        long resident = process.WorkingSet64;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int section = 0; section < sections.Length; section++)
        {
            for (int block = 0; block < times.Length; block++, loudness *= fade)
            {
                for (int i = 0; i < inputs.Length; i++)
                {
                    inputs[i] = (float)(noise[i] * loudness);
                }

                long start = Stopwatch.GetTimestamp();
                network.ForwardStream(inputs, outputs, memory);
                times[block] = (Stopwatch.GetTimestamp() - start) * (1e9 / Stopwatch.Frequency / Block);
                foreach (float output in outputs)
                {
                    isFinite &= float.IsFinite(output);
                }
            }

            Array.Sort(times);
            sections[section] = times[times.Length / 10];
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        process.Refresh();
        long grown = process.WorkingSet64 - resident;
        isFinite &= memory.All(float.IsFinite);
        double first = sections[0], last = sections[^1], slowest = sections.Max();
        float smallest = memory.Select(Math.Abs).Where(static value => value > 0).DefaultIfEmpty().Min();
        string[] faults =
        [
            .. new (bool Is, string What)[]
            {
                (!isFinite, "not finite"), (last > Slowest * first, "slower"), (allocated > 0, "allocates"), (grown > Growth, "grows"),
            }.Where(static fault => fault.Is).Select(static fault => fault.What),
        ];
        return (
            [
                frames.ToString("#,0", CultureInfo.InvariantCulture), Text(first), Text(last), Text(slowest), (last / first).ToString("0.00", CultureInfo.InvariantCulture),
                allocated.ToString(CultureInfo.InvariantCulture),
                FormattableString.Invariant($"{resident / 1048576.0:0.0} {(grown < 0 ? "−" : "+")} {Math.Abs(grown) / 1048576.0:0.0}"),
                smallest.ToString("g2", CultureInfo.InvariantCulture), faults.Length == 0 ? "none" : string.Join(", ", faults),
            ],
            faults.Length);
    }

    private static string Text(double nanoseconds) => nanoseconds.ToString("0.0", CultureInfo.InvariantCulture);
}
