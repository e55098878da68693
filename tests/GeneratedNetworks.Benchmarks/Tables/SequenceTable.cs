using System;
using System.Globalization;
using System.Linq;
using GeneratedNetworks.Benchmarks.Measurement;
using GeneratedNetworks.Benchmarks.Networks;
using GeneratedNetworks.Benchmarks.Output;
using GeneratedNetworks.Benchmarks.Peers;

namespace GeneratedNetworks.Benchmarks.Tables;

/// <summary>Recurrent networks and causal convolutions: frames of streams, windows against ONNX Runtime, steps of Adam against libtorch.</summary>
internal sealed class SequenceTable : ITable
{
    private const float Tolerance = 1e-5f;

    private const int Steps = 64, Frames = 256, Block = 64, Streams = 1000;

    /// <summary>Frames of one stream, one by one or some at a time, or one of each of many.</summary>
    private delegate void Stream(ReadOnlySpan<float> frames, Span<float> outputs, Span<float> memory);

    public string Name => "sequences";

    public void Run(TableContext context)
    {
        RunFrames(context);
        RunWindows(context);
        RunSteps(context);
    }

    private static void RunFrames(TableContext context)
    {
        ReportTable table = new("Streams, ns a frame", ["network", "one frame a call", "64 frames a call"])
        {
            Note = "Through the public ForwardStream and, for many streams of one frame each, ForwardStreams.",
        };
        Gru16Net gru16 = new(1);
        Lstm16Net lstm16 = new(1);
        Gru40Net gru40 = new(1);
        Lstm40Net lstm40 = new(1);
        CausalStackNet stack = new(1);
        double single = Frame(context, table, "GRU 1-16-1", gru16.ForwardStream, Gru16Net.MemorySize);
        Frame(context, table, "LSTM 1-16-1", lstm16.ForwardStream, Lstm16Net.MemorySize);
        Frame(context, table, "GRU 1-40-1", gru40.ForwardStream, Gru40Net.MemorySize);
        Frame(context, table, "LSTM 1-40-1", lstm40.ForwardStream, Lstm40Net.MemorySize);
        Frame(context, table, "4 × 16 causal", stack.ForwardStream, CausalStackNet.MemorySize);
        context.Report.Add(table);

        float[] frames = Numbers(Streams), outputs = new float[Streams], memories = new float[Streams * Gru16Net.MemorySize];
        double many = Race.Run(context.Rounds, [Loop(() => gru16.ForwardStreams(frames, outputs, memories))])[0] / Streams;
        ReportTable streams = new("Streams at once, ns a stream", ["network", "streams", "ours", "of one frame", "goal", ""]);
        streams.Rows.Add(
        [
            "GRU 1-16-1", Streams.ToString(CultureInfo.InvariantCulture), Format.Nanoseconds(many), Format.Percent(many / single), Format.Percent(Goals.StreamOfFrame),
            streams.Judge(single / many, 1 / Goals.StreamOfFrame),
        ]);
        context.Report.Add(streams);
    }

    private static double Frame(TableContext context, ReportTable table, string name, Stream run, int size)
    {
        float[] frames = Numbers(Frames), outputs = new float[Block], memory = new float[size];
        int next = 0;
        LocalCandidate one = new(calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                run(frames.AsSpan(next, 1), outputs.AsSpan(0, 1), memory);
                next = (next + 1) % Frames;
            }
        });
        double[] times = Race.Run(context.Rounds, [one, Loop(() => run(frames.AsSpan(0, Block), outputs, memory))]);
        table.Rows.Add([name, Format.Nanoseconds(times[0]), Format.Nanoseconds(times[1] / Block)]);
        return times[0];
    }

    private static void RunWindows(TableContext context)
    {
        ReportTable table = new("Windows of 64 steps, forward, batch 1", ["network", "ours", context.Onnx.Name, "× faster", "goal", ""])
        {
            Note = "Nanoseconds per window.",
        };
        Window(context, table, "gru16", new Gru16Net(1), false, Goals.Recurrent16Window);
        Window(context, table, "lstm16", new Lstm16Net(1), true, Goals.Recurrent16Window);
        Window(context, table, "gru40", new Gru40Net(1), false, double.NaN);
        Window(context, table, "lstm40", new Lstm40Net(1), true, double.NaN);
        context.Report.Add(table);
    }

    private static void Window(TableContext context, ReportTable table, string name, INetwork<float> network, bool isLstm, double goal)
    {
        float[] inputs = Numbers(network.InputSize), outputs = new float[network.OutputSize], theirs = new float[network.OutputSize];
        ICandidate peer = OnnxRuntimePeer.Create(OnnxSequence.Build(network, Steps, isLstm), (inputs, [Steps, 1, 1]), (theirs, [Steps, 1, 1]));
        double[] times = Race.Run(context.Rounds, [Loop(() => network.Forward(inputs, outputs)), peer]);
        for (int i = 0; i < outputs.Length; i++)
        {
            if (!(Math.Abs(outputs[i] - theirs[i]) <= Tolerance))
            {
                throw new InvalidOperationException($"{name}: output {i} is {outputs[i]}, and {theirs[i]} by ONNX Runtime.");
            }
        }

        double ratio = times[1] / times[0];
        bool isJudged = !double.IsNaN(goal);
        table.Rows.Add(
            [name, Format.Nanoseconds(times[0]), Format.Nanoseconds(times[1]), Format.Ratio(ratio), isJudged ? Format.Ratio(goal) : "", isJudged ? table.Judge(ratio, goal) : "reported"]);
    }

    private static void RunSteps(TableContext context)
    {
        ReportTable table = new("Windows of 64 steps, Adam step", ["network", "sequences", "ours", context.Torch.Name, "× faster", "goal", ""])
        {
            Note = "Nanoseconds per step of a sequence by the processor's clock.",
        };
        Step(context, table, "gru16", new Gru16Net.Trainer(new Gru16Net(1)), "gru 16", 1, Goals.Gru16Step1);
        Step(context, table, "lstm40", new Lstm40Net.Trainer(new Lstm40Net(1)), "lstm 40", 1, Goals.Lstm40Step1);
        Step(context, table, "gru16", new Gru16Net.Trainer(new Gru16Net(1)), "gru 16", 32, Goals.Gru16Step32);
        Step(context, table, "lstm40", new Lstm40Net.Trainer(new Lstm40Net(1)), "lstm 40", 32, Goals.Lstm40Step32);
        context.Report.Add(table);
    }

    private static void Step(TableContext context, ReportTable table, string name, ITrainer<float> trainer, string peer, int batch, double goal)
    {
        trainer.LearningRate = Method.LearningRate;
        float[] inputs = Numbers(batch * Steps), targets = Numbers(batch * Steps);
        LocalCandidate ours = new(calls =>
        {
            for (int i = 0; i < calls; i++)
            {
                trainer.Step(inputs, targets);
            }
        })
        {
            ByProcessor = true,
        };
        double[] times = [.. Race.Run(Math.Min(context.Rounds, Method.StepRounds), [ours, context.Torch.CreateSequences(peer, batch)]).Select(time => time / batch / Steps)];
        double ratio = times[1] / times[0];
        table.Rows.Add(
        [
            name, batch.ToString(CultureInfo.InvariantCulture), Format.Nanoseconds(times[0]), Format.Nanoseconds(times[1]), Format.Ratio(ratio), Format.Ratio(goal), table.Judge(ratio, goal),
        ]);
    }

    private static LocalCandidate Loop(Action call) => new(calls =>
    {
        for (int i = 0; i < calls; i++)
        {
            call();
        }
    });

    private static float[] Numbers(int count)
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
