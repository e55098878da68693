using System.Globalization;
using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Reading;
using GeneratedNetworks.Import.Tests.Support;
using Google.Protobuf;
using static GeneratedNetworks.Import.Tests.Onnx.OnnxModels;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>Files whose states are inputs: one step of a stream, as we write it and as others do, and sequences that go on.</summary>
public sealed class StreamFileTests
{
    private const int Window = 7;

    private static readonly string[] Memories = ["gru.state", "lstm.state", "lstm.memory"];

    /// <summary>Written, executed as it stands with what it gives back, imported, and run by plain loops and by generated code.</summary>
    [Fact]
    public void AFileOfOneFrameComesBackAsTheWindow()
    {
        ImportedModel original = Chain(Window);
        string path = Write(Chain(1) with { IsFrame = true });
        try
        {
            ImportedModel model = ModelFile.Read(path, window: Window);
            Assert.Equal([Window, 3], model.InputShape);
            Assert.Equal(Memories, model.Memories.SelectMany(memory => memory.Parts));
            Assert.Equal(Memories.Select(name => (name + "_in", (string?)(name + "_out"))), model.Memories.Select(memory => (memory.Name, memory.Output)));
            Assert.Equal(["Gru", "Dense", "Lstm", "Dense"], model.Layers.Select(layer => layer.Attribute));
            Random random = new(5);
            double[] inputs = [.. Enumerable.Range(0, Window * 3).Select(_ => (4 * random.NextDouble()) - 2)];
            double[] expected = NaiveModel.Forward(original, inputs);
            Approx.Equal(expected, ModelReading.Open(path, window: Window).Run(inputs), 1e-12, "executed as it stands");
            Approx.Equal(expected, NaiveModel.Forward(model, inputs), 1e-12, "by plain loops");
            Approx.Equal(expected, GeneratedModel.Compile(model, Precision.Double).Forward(inputs), 1e-12, "by generated code");

            // And once more around.
            string again = Write(ModelFile.Read(path));
            try
            {
                Approx.Equal(expected, NaiveModel.Forward(ModelFile.Read(again, window: Window), inputs), 1e-12, "written again");
            }
            finally
            {
                File.Delete(again);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Without Streaming it is a window from zeros; with it, any cut gives the same, and without Window a window is a frame.</summary>
    [Fact]
    public void AClassStreamsTheFile()
    {
        string path = Write(Chain(1) with { IsFrame = true });
        try
        {
            string file = Path.GetFileName(path);
            IReadOnlyDictionary<string, Type> types = GeneratedModel.CompileFiles(
                $"[GeneratedNetwork(Model = \"{file}\", Window = {Window}, Precision = Precision.Double)] public sealed partial class Whole {{ }}\n"
                + $"[GeneratedNetwork(Model = \"{file}\", Streaming = true, Precision = Precision.Double)] public sealed partial class Frames {{ }}",
                [(file, ModelFile.ReadAll(path))]);
            Random random = new(8);
            double[] inputs = [.. Enumerable.Range(0, Window * 3).Select(_ => (4 * random.NextDouble()) - 2)];
            double[] expected = NaiveModel.Forward(Chain(Window), inputs);
            INetwork<double> whole = (INetwork<double>)Activator.CreateInstance(types["Whole"])!;
            double[] actual = new double[expected.Length];
            whole.Forward(inputs, actual);
            Approx.Equal(expected, actual, 1e-12, "a window");
            object frames = Activator.CreateInstance(types["Frames"])!;
            Assert.Equal(3, ((INetwork<double>)frames).InputSize);
            Run run = frames.GetType().GetMethod("ForwardStream")!.CreateDelegate<Run>(frames);
            double[] memory = new double[4 + 5 + 5];
            Array.Clear(actual);
            for (int frame = 0; frame < Window; frame++)
                run(inputs.AsSpan(frame * 3, 3), actual.AsSpan(frame * 2, 2), memory);
            Approx.Equal(expected, actual, 1e-12, "frame by frame");
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>As PyTorch exports a module that takes and gives states: a sequence, and the states of the layer as [layers, batch, units].</summary>
    [Fact]
    public void ASequenceThatGoesOnKeepsItsSteps()
    {
        ImportedModel model = Read(Sequence(6));
        Assert.False(model.IsFrame);
        Assert.Equal([6, 3], model.InputShape);
        Assert.Equal(["h0", "c0"], model.Memories.Select(memory => memory.Name));
        Assert.Equal(["hn", "cn"], model.Memories.Select(memory => memory.Output));
        Assert.Equal(["y"], model.Outputs.Count > 0 ? model.Outputs.Select(port => port.Name) : [model.Output!]);
        Random random = new(2);
        double[] inputs = [.. Enumerable.Range(0, 18).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] expected = ModelReading.Open(new ModelSource("model.onnx", Sequence(6).ToByteArray(), null)).Run(inputs);
        Approx.Equal(expected, NaiveModel.Forward(model, inputs), 1e-12, "a sequence");
        Assert.True(Read(Sequence(1)).IsFrame);
    }

    /// <summary>One step as PyTorch's exporter writes it, the states of two layers one upon the other, and what PyTorch computes over five.</summary>
    [Fact]
    public void AStepOfPyTorchGoesOnAsThere()
    {
        string folder = Fixture.Folder("Onnx"), path = Path.Combine(folder, "stream-step.onnx");
        double[][] lines = [.. File.ReadAllLines(Path.Combine(folder, "stream-step.csv")).Select(line => Array.ConvertAll(line.Split(','), number => double.Parse(number, CultureInfo.InvariantCulture)))];
        ImportedModel model = ModelFile.Read(path, window: 5);
        Assert.Equal([5, 3], model.InputShape);
        Assert.Equal(["h0 h1 2", "c0 c1 2", "g0 g1 1"], model.Memories.Select(memory => $"{memory.Name} {memory.Output} {memory.Parts.Count}"));
        Approx.Equal(lines[1], NaiveModel.Forward(model, lines[0]), 1e-12, "by plain loops");
        Approx.Equal(lines[1], GeneratedModel.Compile(model, Precision.Double).Forward(lines[0]), 1e-12, "by generated code");
        Approx.Equal(lines[1], ModelReading.Open(path, window: 5).Run(lines[0]), 1e-12, "executed as it stands");
    }

    [Fact]
    public void StatesThatDoNotComeBackAsTheyWentInAreRefused()
    {
        ModelProto swapped = Sequence(1);
        swapped.Graph.Node.Add(Node("Concat", "out", "both_out", "cn", "hn").With("axis", 2));
        swapped.Graph.Node.Insert(0, Node("Slice", "h", "h0", "both", "zero", "two", "last"));
        swapped.Graph.Node.Insert(1, Node("Slice", "c", "c0", "both", "two", "four", "last"));
        swapped.Graph.Initializer.AddRange([Wholes("zero", 0), Wholes("two", 2), Wholes("four", 4), Wholes("last", 2)]);
        swapped.Graph.Input.Clear();
        swapped.Graph.Input.AddRange([Value("x", 1, 3), State("both", 4)]);
        swapped.Graph.Output.Clear();
        swapped.Graph.Output.AddRange([new ValueInfoProto { Name = "y" }, new ValueInfoProto { Name = "both_out" }]);
        Assert.Contains("its output 'both_out' has the last states in another order than an input takes them", Refuse(swapped));

        // In the same order they are memory.
        swapped.Graph.Node[^1].Input.Clear();
        swapped.Graph.Node[^1].Input.AddRange(["hn", "cn"]);
        ImportedMemory memory = Assert.Single(Read(swapped).Memories);
        Assert.Equal(("both", "both_out", 2), (memory.Name, memory.Output, memory.Parts.Count));
        Assert.EndsWith(".state", memory.Parts[0], StringComparison.Ordinal);

        ModelProto half = Sequence(1);
        half.Graph.Node.Single(node => node.OpType == "LSTM").Input[6] = "";
        half.Graph.Input.RemoveAt(2);
        Assert.Contains("one of its states comes from an input and the other does not", Refuse(half));

        ModelProto scaled = Sequence(1);
        scaled.Graph.Node.Insert(0, Node("Tanh", "scaled", "h1", "h0"));
        scaled.Graph.Node.Single(node => node.OpType == "LSTM").Input[5] = "h1";
        Assert.Contains("one of its states comes from an input and the other does not", Refuse(scaled));
    }

    private delegate void Run(ReadOnlySpan<double> frames, Span<double> outputs, Span<double> memory);

    private static ImportedModel Chain(int steps)
    {
        Random random = new(1);
        LayerChain chain = new(new ModelSource("hand.test", [], null), [steps, 3]);
        chain.Recur("gru", new(RecurrenceKind.GruResetAfter, 3, 4), Numbers(3 * 12), Numbers(4 * 12), Numbers(24), returnSequences: true);
        chain.Dense("between", Numbers(4 * 3), Numbers(3), 3, perStep: true);
        chain.Activate(null, Activation.Elu);
        chain.Recur("lstm", new(RecurrenceKind.Lstm, 3, 5), Numbers(3 * 20), Numbers(5 * 20), Numbers(20), returnSequences: true);
        chain.Dense("head", Numbers(5 * 2), Numbers(2), 2, perStep: true);
        return chain.Build("a test");

        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)((2 * random.NextDouble()) - 1))];
    }

    private static string Write(ImportedModel model)
    {
        string path = Path.Combine(Path.GetTempPath(), $"stream-{Guid.NewGuid():N}.onnx");
        using FileStream stream = File.Create(path);
        OnnxExport.Write(stream, model, Precision.Double);
        return path;
    }

    /// <summary>x [batch, steps, 3], h0 and c0 [1, batch, 2] to y, hn and cn.</summary>
    private static ModelProto Sequence(int steps)
    {
        Random random = new(3);
        NodeProto lstm = Node("LSTM", "lstm", "states", "xt", "w", "r", "b", "", "h0", "c0");
        lstm.Output.AddRange(["hn", "cn"]);
        NodeProto time = Node("Transpose", "time", "xt", "x"), back = Node("Transpose", "back", "y", "rows");
        foreach (NodeProto node in new[] { time, back })
            node.Attribute.Add(new AttributeProto { Name = "perm", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 1, 0, 2 } });
        ModelProto model = Model(
            [time, lstm, Node("Squeeze", "rows", "rows", "states", "one"), back],
            [Floats("w", [1, 8, 3], Numbers(24)), Floats("r", [1, 8, 2], Numbers(16)), Floats("b", [1, 16], Numbers(16)), Wholes("one", 1)],
            steps, 3);
        model.Graph.Input.AddRange([State("h0", 2), State("c0", 2)]);
        model.Graph.Output.AddRange([new ValueInfoProto { Name = "hn" }, new ValueInfoProto { Name = "cn" }]);
        return model;

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    private static ValueInfoProto State(string name, int units)
    {
        ValueInfoProto value = Value(name, 1, units);
        TensorShapeProto shape = value.Type.TensorType.Shape;
        (shape.Dim[0], shape.Dim[1]) = (shape.Dim[1], shape.Dim[0]);
        return value;
    }

    private static TensorProto Wholes(string name, params long[] values)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.AddRange(values);
        return tensor;
    }
}
