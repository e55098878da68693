using GeneratedNetworks.Onnx.Tests.Layers;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GeneratedNetworks.Onnx.Tests.Streams;

/// <summary>Files of one frame: ONNX Runtime, which gets back what it gave, goes along with three streams.</summary>
[Trait("Category", "Numeric")]
public sealed class StreamTests
{
    private const int Streams = 3, Frames = 24;

    private static readonly Dictionary<string, (Func<INetwork<float>> Create, string Memories)> Networks = new()
    {
        [nameof(GruStream)] = (Of<GruStream>, "gru1.state gru2.state"),
        [nameof(LstmStream)] = (Of<LstmStream>, "lstm1.state lstm1.memory lstm2.state lstm2.memory"),
        [nameof(LastStepStream)] = (Of<LastStepStream>, "rnn1.state rnn2.state"),
        [nameof(CausalStream)] = (Of<CausalStream>, "conv1.frames depthwise1.frames lstm1.state lstm1.memory"),
        [nameof(LetterStream)] = (Of<LetterStream>, "gru1.state"),
        [nameof(AgentStream)] = (Of<AgentStream>, "body.state body.memory"),
    };

    public static IEnumerable<Type> Types => Networks.Values.Select(entry => entry.Create().GetType());

    public static TheoryData<string> Names => [.. Networks.Keys];

    private delegate void Run(ReadOnlySpan<float> frames, Span<float> outputs, Span<float> memories);

    [Theory]
    [MemberData(nameof(Names))]
    public void OnnxRuntimeComputesTheSameFrames(string name)
    {
        INetwork<float> network = Networks[name].Create();
        Run run = network.GetType().GetMethod("ForwardStreams")!.CreateDelegate<Run>(network);
        (int frameSize, int outputSize, int memorySize) = (Constant("FrameSize"), Constant("OutputFrameSize"), Constant("MemorySize"));
        using InferenceSession session = new(Sample.Save(network, new() { Streaming = true }));
        string[] memories = [.. Networks[name].Memories.Split(' ')];
        string[] inputs = [.. session.InputNames.SkipLast(memories.Length)], outputs = [.. session.OutputNames.SkipLast(memories.Length)];
        Assert.Equal(memories.Select(memory => memory + "_in"), session.InputNames.Skip(inputs.Length));
        Assert.Equal(memories.Select(memory => memory + "_out"), session.OutputNames.Skip(outputs.Length));
        Dictionary<string, DenseTensor<float>> state = memories.ToDictionary(
            memory => memory + "_in", memory => new DenseTensor<float>([Streams, .. session.InputMetadata[memory + "_in"].Dimensions.Skip(1)]));
        float[] own = new float[Streams * memorySize];
        Random random = new(6);
        for (int frame = 0; frame < Frames; frame++)
        {
            float[] rows = [.. Enumerable.Range(0, Streams * frameSize).Select(_ => name == nameof(LetterStream) ? random.Next(7) : (4 * random.NextSingle()) - 2)];
            float[] expected = new float[Streams * outputSize];
            run(rows, expected, own);
            List<NamedOnnxValue> values = [.. state.Select(entry => NamedOnnxValue.CreateFromTensor(entry.Key, entry.Value))];
            int at = 0;
            foreach (string input in inputs)
            {
                int[] shape = session.InputMetadata[input].Dimensions[1..];
                int length = shape.Aggregate(1, (product, extent) => product * extent), start = at;
                float[] part = [.. Enumerable.Range(0, Streams).SelectMany(stream => rows.Skip((stream * frameSize) + start).Take(length))];
                values.Add(NamedOnnxValue.CreateFromTensor(input, new DenseTensor<float>(part, [Streams, .. shape])));
                at += length;
            }

            Assert.Equal(frameSize, at);
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run(values);
            float[][] parts = [.. outputs.Select(output => results.Single(result => result.Name == output).AsTensor<float>().ToArray())];
            float[] actual = [.. Enumerable.Range(0, Streams).SelectMany(stream => parts.SelectMany(part => part.Skip(stream * part.Length / Streams).Take(part.Length / Streams)))];
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < actual.Length; i++)
                Assert.True(Math.Abs(expected[i] - actual[i]) <= 2e-5 * Math.Max(1, Math.Abs(expected[i])), FormattableString.Invariant($"{name}, frame {frame}, output {i}: {expected[i]:g9} and in ONNX Runtime {actual[i]:g9}"));
            foreach (string memory in memories)
                state[memory + "_in"] = results.Single(result => result.Name == memory + "_out").AsTensor<float>().ToDenseTensor();
        }

        // States lie as in our memory; frames of a convolution are a ring there.
        if (!memories.Any(memory => memory.EndsWith(".frames", StringComparison.Ordinal)))
        {
            float[][] last = [.. memories.Select(memory => state[memory + "_in"].ToArray())];
            float[] joined = [.. Enumerable.Range(0, Streams).SelectMany(stream => last.SelectMany(part => part.Skip(stream * part.Length / Streams).Take(part.Length / Streams)))];
            Assert.All(own.Zip(joined), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 2e-5 * Math.Max(1, Math.Abs(pair.First))));
        }

        int Constant(string constant) => (int)network.GetType().GetField(constant)!.GetRawConstantValue()!;
    }

    [Fact]
    public void AFrameHasNoAxisOfTime()
    {
        using InferenceSession session = new(Sample.Save(Of<AgentStream>(), new() { Streaming = true, Opset = 17 }));
        Assert.Equal(["sight", "touch", "body.state_in", "body.memory_in"], session.InputNames);
        Assert.Equal([-1, 4], session.InputMetadata["sight"].Dimensions);
        Assert.Equal([-1, 6], session.InputMetadata["body.state_in"].Dimensions);
        Assert.Equal(["policy", "value", "body.state_out", "body.memory_out"], session.OutputNames);
        Assert.Equal([-1, 3], session.OutputMetadata["policy"].Dimensions);
    }

    [Fact]
    public void WhatSeesSeveralFramesIsRefusedInWords()
    {
        Assert.StartsWith("'flatten1' sees several steps of a window, or gives another number of them", Refused<Flattened>(), StringComparison.Ordinal);
        Assert.StartsWith("'conv1' sees steps that are still to come, or misses some: write Padding = Padding.Causal", Refused<Ahead>(), StringComparison.Ordinal);
        Assert.StartsWith("'globalpool1' sees several steps of a window", Refused<OverTime>(), StringComparison.Ordinal);
        Assert.StartsWith("'dense1' flattens all steps of a window: write PerStep = true", Refused<WithoutTime>(), StringComparison.Ordinal);

        static string Refused<TNetwork>()
            where TNetwork : class, INetwork<float> => Assert.Throws<ArgumentException>(() => Sample.Save(Of<TNetwork>(), new() { Streaming = true })).Message;
    }

    private static INetwork<float> Of<TNetwork>()
        where TNetwork : class, INetwork<float> => Sample.Create<float>(typeof(TNetwork));
}
