using System.Diagnostics;
using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Tests.Support;
using Google.Protobuf;
using static GeneratedNetworks.Import.Tests.Onnx.OnnxModels;
using DataType = GeneratedNetworks.Import.Onnx.Schema.TensorProto.Types.DataType;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>What cannot become a network is refused with the place, what was expected and what was found, whatever the file claims.</summary>
public sealed class OnnxRefusalTests
{
    private static readonly TensorProto Weight = Floats("fc.weight", [4, 2], 1, 2, 3, 4, 5, 6, 7, 8);

    [Fact]
    public void AnUnknownOperatorIsNamedWithItsNodeAndWhatIsSupported()
    {
        string message = Refuse(Model([Node("GridSample", "grid1", "y", "x")], []));
        Assert.StartsWith("model.onnx: node 'grid1' (GridSample): this operator is not supported. Supported are Add, AveragePool, BatchNormalization, Cast, Celu, Clip,", message);
        NodeProto foreign = Node("Gelu", "g", "y", "x");
        foreign.Domain = "com.example";
        Assert.Contains("node 'g' (com.example.Gelu): this operator is not supported", Refuse(Model([foreign], [])));
    }

    [Fact]
    public void ValuesThatDoNotFitAreNamed()
    {
        NodeProto wide = Node("Gemm", "fc", "a", "x", "fc.weight");
        string message = Refuse(Model([wide, Node("Relu", "right", "b", "x"), Node("Add", "join", "y", "a", "b")], [Weight]));
        Assert.Contains("node 'join' (Add): it computes element by element with values of the shapes [batch, 2] and [batch, 4]", message);
        Assert.Contains("node 'd' (Div): it reads 'x' and 'b', which are both computed", Refuse(Model([Node("Relu", "r", "b", "x"), Node("Div", "d", "y", "x", "b")], [])));
        Assert.Contains("it joins along the batch axis", Refuse(Model([Node("Relu", "r", "b", "x"), Node("Concat", "c", "y", "x", "b").With("axis", 0)], [])));
    }

    [Fact]
    public void SettingsThatOursLackAreNamed()
    {
        Assert.Contains("node 'e' (Elu): alpha is 0.5; only 1 is supported", Refuse(Model([Node("Elu", "e", "y", "x").With("alpha", 0.5)], [])));
        Assert.Contains("node 'p' (PRelu): its slopes differ along other axes than the channels", Refuse(Model([Node("PRelu", "p", "y", "x", "s")], [Floats("s", [4, 1], 0.1f, 0.2f, 0, 1)], 4, 3)));
        Assert.Contains("its attribute 'axis' is not supported", Refuse(Model([Node("Relu", "r", "y", "x").With("axis", 1)], [])));
        Assert.Contains("its attribute 'alpha' must be of type Float, and is Int", Refuse(Model([Node("Elu", "e", "y", "x").With("alpha", 1L)], [])));
        Assert.Contains("it has the attribute 'alpha' twice", Refuse(Model([Node("Elu", "e", "y", "x").With("alpha", 1.0).With("alpha", 1.0)], [])));
        Assert.Contains("it runs along axis 1 of a value of shape [batch, 2, 3]", Refuse(Model([Node("Softmax", "s", "y", "x").With("axis", 1)], [], 2, 3)));
        Assert.Contains("transA = 1", Refuse(Model([Node("Gemm", "g", "y", "x", "fc.weight").With("transA", 1)], [Weight])));
        Assert.Contains("it clips to [1, 0]", Refuse(Model([Node("Clip", "c", "y", "x", "low", "high")], [Floats("low", [], 1), Floats("high", [], 0)])));
        Assert.Contains("it divides by 0", Refuse(Model([Node("Div", "d", "y", "x", "zero")], [Floats("zero", [], 0)])));
        Assert.Contains("it divides a constant", Refuse(Model([Node("Div", "d", "y", "one", "x")], [Floats("one", [], 1)])));
    }

    /// <summary>A softmax ends a network: what limits it or computes with it is named, with the value to ask for.</summary>
    [Theory]
    [InlineData("LogSoftmax", "Clip", "'limit' limits the result of a LogSoftmax to [-2, 0], and a network ends in its LogSoftmax. The LogSoftmax alone is 'p' of shape [batch, 2]")]
    [InlineData("Softmax", "Mul", "'limit' computes with the result of a Softmax, and a network ends in its Softmax. The Softmax alone is 'p' of shape [batch, 2]")]
    [InlineData("Softmax", "MatMul", "'limit' computes with the result of a Softmax, and a network ends in its Softmax. The Softmax alone is 'p' of shape [batch, 2]")]
    public void WhatFollowsASoftmaxIsNamed(string head, string behind, string expected)
    {
        NodeProto last = behind == "Clip" ? Node("Clip", "limit", "y", "p", "low", "high") : Node(behind, "limit", "y", "p", behind == "Mul" ? "half" : "m");
        ModelProto model = Model(
            [Node("Gemm", "fc", "g", "x", "fc.weight"), Node(head, "head", "p", "g"), last],
            [Weight, Floats("low", [], -2), Floats("high", [], 0), Floats("half", [], 0.5f), Floats("m", [2, 3], 1, 2, 3, 4, 5, 6)]);
        string message = Refuse(model);
        Assert.Contains(expected, message);
        Assert.EndsWith("Outputs = \"p\" beside Model, or --outputs, asks for it.", message);
    }

    [Fact]
    public void GraphsThatAreNoneAreNamed()
    {
        Assert.Contains("it reads 'ghost', which neither", Refuse(Model([Node("Relu", "r", "y", "ghost")], [])));
        Assert.Contains("node 'a' (Relu): it reads 'b'", Refuse(Model([Node("Relu", "a", "y", "b"), Node("Relu", "b", "b", "y")], [])));
        Assert.Contains("it gives 'x', which exists already", Refuse(Model([Node("Relu", "a", "x", "x"), Node("Relu", "b", "y", "x")], [])));
        Assert.Contains("output 'y' is given by no node", Refuse(Model([Node("Relu", "a", "z", "x")], [])));
        Assert.Contains("does not depend on its input", Refuse(Model([Node("Relu", "a", "y", "w")], [Floats("w", [1], 1)])));
        Assert.Contains("it holds no graph", Refuse(new ModelProto { OpsetImport = { new OperatorSetIdProto { Version = 13 } } }));
        Assert.Contains("opset_import", Refuse(new ModelProto { Graph = new GraphProto() }));
        Assert.Contains("axis 1 of the input 'x' must have a fixed extent above 0", Refuse(Model([Node("Relu", "r", "y", "x")], [], -3)));
    }

    [Fact]
    public void TensorsThatAreNotThereAreNotMade()
    {
        Assert.Contains("tensor 'w' must have 100000000 elements by its shape, and has 1", Refuse(Gemm(Floats("w", [4, 25_000_000], 1))));
        Assert.Contains("its constants have more than 134217728 elements", Refuse(Gemm(Floats("w", [4, 250_000_000], 1))));
        Assert.Contains("tensor 'w' must have 8 elements by its shape, and has 7", Refuse(Gemm(Floats("w", [4, 2], 1, 2, 3, 4, 5, 6, 7))));
        Assert.Contains("tensor 'w' has the extent -2", Refuse(Gemm(Floats("w", [4, -2], 1))));
        Assert.Contains("more than 2147483647 elements", Refuse(Gemm(Floats("w", [4, 2147483647], 1))));
        TensorProto raw = new() { Name = "w", DataType = (int)DataType.Float, RawData = ByteString.CopyFrom(new byte[31]), Dims = { 4, 2 } };
        Assert.Contains("tensor 'w' of type FLOAT and shape [4, 2] needs 32 bytes, and has 31", Refuse(Gemm(raw)));
        TensorProto text = new() { Name = "w", DataType = (int)DataType.String, Dims = { 4, 2 } };
        Assert.Contains("the weights must be floating-point numbers, and 'w' is of type STRING", Refuse(Gemm(text)));
        Assert.Contains("its weights have 3 rows, and its input has the shape [batch, 4]", Refuse(Gemm(Floats("w", [3, 1], 1, 2, 3))));
    }

    [Theory]
    [InlineData("/etc/passwd", "only a path inside of the model's folder")]
    [InlineData("../weights.bin", "only a path inside of the model's folder")]
    [InlineData("a/../../weights.bin", "only a path inside of the model's folder")]
    [InlineData("C:\\weights.bin", "only a path inside of the model's folder")]
    [InlineData("", "only a path inside of the model's folder")]
    [InlineData("absent.bin", "there is no such file")]
    [InlineData("short.bin", "needs 32 bytes from 0 on of 'short.bin', which has 31")]
    [InlineData("link.bin", "is a link, which is not followed")]
    [InlineData("linked/outside.bin", "is a link, which is not followed")]
    public void ExternalDataComesFromTheModelsFolderOnly(string location, string expected)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("onnx");
        try
        {
            string folder = root.CreateSubdirectory("model").FullName;
            string outside = root.CreateSubdirectory("elsewhere").FullName;
            File.WriteAllBytes(Path.Combine(outside, "outside.bin"), new byte[32]);
            File.WriteAllBytes(Path.Combine(root.FullName, "weights.bin"), new byte[32]);
            File.WriteAllBytes(Path.Combine(folder, "short.bin"), new byte[31]);
            File.WriteAllBytes(Path.Combine(folder, "sound.bin"), new byte[40]);
            File.CreateSymbolicLink(Path.Combine(folder, "link.bin"), Path.Combine(outside, "outside.bin"));
            Directory.CreateSymbolicLink(Path.Combine(folder, "linked"), outside);
            Assert.Contains(expected, Refuse(External(location), folder));
            Assert.Contains("there is no folder to look in", Refuse(External(location)));
            Assert.Equal(8, Read(External("sound.bin", 8), folder).Tensors.Single().Values!.Length);
            Assert.Contains("needs 32 bytes from 9 on of 'sound.bin', which has 40", Refuse(External("sound.bin", 9), folder));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public void SmallFilesCannotAskForMuchMemoryOrTime()
    {
        Stopwatch watch = Stopwatch.StartNew();
        long before = GC.GetTotalAllocatedBytes();

        // A value of two thousand million elements, scaled by one number.
        Assert.Contains("the most is 4194304", Refuse(Model([Node("Mul", "m", "y", "x", "two")], [Floats("two", [], 2)], 2_000_000_000)));

        // Products by 0 between functions, each of which would become a matrix of 4096 × 4096.
        List<NodeProto> nodes = [];
        for (int i = 0; i < 50; i++)
        {
            nodes.Add(Node("Mul", $"m{i}", $"a{i}", i == 0 ? "x" : $"b{i - 1}", "zero"));
            nodes.Add(Node("Tanh", $"t{i}", i == 49 ? "y" : $"b{i}", $"a{i}"));
        }

        Assert.Contains("too many such scalings", Refuse(Model(nodes, [Floats("zero", [], 0)], 4096)));

        // More messages than a network has.
        byte[] empty = [0x3A, .. Varint(6_000_000), .. Enumerable.Repeat<byte[]>([0x0A, 0x00], 3_000_000).SelectMany(bytes => bytes)];
        ModelSource source = new("bomb.onnx", empty, null);
        Assert.Contains("more than 2000000 messages", Assert.Throws<ModelFileException>(() => OnnxFormat.Read(source)).Message);

        // Graphs nested deeper than the container's library follows them.
        GraphProto graph = new();
        for (int i = 0; i < 300; i++)
        {
            NodeProto node = new() { OpType = "If" };
            node.Attribute.Add(new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = graph });
            graph = new GraphProto { Node = { node } };
        }

        Assert.Contains("damaged or no ONNX file", Refuse(new ModelProto { Graph = graph }));
        Assert.True(GC.GetTotalAllocatedBytes() - before < 4L << 30, $"{(GC.GetTotalAllocatedBytes() - before) >> 20} MB");
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(5), $"{watch.Elapsed}");
    }

    [Fact]
    public void LongChainsAreFollowedWithoutRecursion()
    {
        const int Count = 150_000;
        List<NodeProto> nodes = [.. Enumerable.Range(0, Count).Select(i => Node("Identity", $"i{i}", $"v{i}", i == 0 ? "x" : $"v{i - 1}"))];
        List<NodeProto> constants = [.. Enumerable.Range(0, Count).Select(i => Node("Identity", $"c{i}", $"w{i}", i == 0 ? "fc.weight" : $"w{i - 1}"))];
        nodes.AddRange(constants);
        nodes.Add(Node("MatMul", "product", "y", $"v{Count - 1}", $"w{Count - 1}"));
        Assert.Equal("fc.weight", Read(Model(nodes, [Weight])).Tensors.Single().Name);
    }

    /// <summary>A short slice of fuzzing: whatever bytes change, the file is read or refused, with no other exception.</summary>
    [Fact]
    public void DamagedFilesAreRefusedOrRead()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("ONNX_MUTATIONS"), out int asked) ? asked : 2000;
        byte[][] files = [.. Fixture.Names("Onnx").Select(name => File.ReadAllBytes(Fixture.Load("Onnx", name, ".onnx").Path))];
        for (int seed = 0; seed < count; seed++)
        {
            Random random = new(seed);
            byte[] file = [.. files[random.Next(files.Length)]];
            int changes = 1 + random.Next(4);
            for (int i = 0; i < changes; i++)
                file[random.Next(file.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0)
                file = file[..random.Next(file.Length)];
            try
            {
                OnnxFormat.Read(new ModelSource("mutated.onnx", file, Fixture.Folder("Onnx")));
            }
            catch (ModelFileException)
            {
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {seed}: {exception}");
            }
        }
    }

    private static ModelProto External(string location, long offset = 0)
    {
        TensorProto tensor = new() { Name = "w", DataType = (int)DataType.Float, DataLocation = TensorProto.Types.DataLocation.External, Dims = { 4, 2 } };
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{offset}" });
        return Gemm(tensor);
    }

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value > 127; value >>= 7)
            yield return (byte)(value | 128);
        yield return (byte)value;
    }
}
