using System.IO.Compression;
using System.Text;
using GeneratedNetworks.Fuzz;
using GeneratedNetworks.Fuzz.Hdf;
using GeneratedNetworks.Fuzz.Text;
using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Tests.Onnx;
using Google.Protobuf;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>
/// Files made to cost more than they are: whatever a format allows to be nested, shared, repeated or packed. Each is held to the bounds of the fuzz
/// run, time with room for a machine that does other things as well, and is read on a stack much smaller than that of a build.
/// </summary>
public sealed class BoundTests
{
    private const int SmallStack = 256 << 10;
    private const int SlowMachine = 10;

    public static TheoryData<string> Cases => [.. Files.Keys];

    private static Dictionary<string, Func<byte[]>> Files { get; } = new()
    {
        ["nested.h5"] = () => HdfGrowth.Nested(15_000),
        ["deeper.h5"] = () => HdfGrowth.Nested(100_000),
        ["shared.h5"] = () => HdfGrowth.Shared(30_000, 60_000, 8_000_000, endEarly: true),
        ["shared-ended.h5"] = () => HdfGrowth.Shared(30_000, 60_000, 8_000_000, endEarly: false),
        ["one-list.h5"] = () => HdfGrowth.Shared(1, 60_000, 1_500_000, endEarly: true),
        ["one-list-ended.h5"] = () => HdfGrowth.Shared(1, 60_000, 1_500_000, endEarly: false),
        ["continued.h5"] = () => HdfGrowth.Continued(2_700, 100_000),
        ["overlapping.h5"] = () => HdfGrowth.Overlapping(60_000, 1_000_000),
        ["nested.keras"] = () => Archive(HdfGrowth.Nested(15_000)),
        ["one-list.keras"] = () => Archive(HdfGrowth.Shared(1, 60_000, 1_500_000, endEarly: true)),
        ["one-list-ended.keras"] = () => Archive(HdfGrowth.Shared(1, 60_000, 1_500_000, endEarly: false)),
        ["bomb.keras"] = () => Archive(new byte[100_000_000]),
        ["json-nested.keras"] = () => Archive([], new string('[', 1_000_000)),
        ["json-layers.keras"] = () => Archive([], Layers(40_000)),
        ["members.keras"] = () => Archive([], "{}", members: 30_000),
        ["header-nested.safetensors"] = () => SafeTensors(new string('[', 1_000_000)),
        ["header-names.safetensors"] = () => SafeTensors("{" + string.Join(',', Enumerable.Range(0, 20_000).Select(
            i => $"\"t{i}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}")) + "}"),
        ["header-same.safetensors"] = () => SafeTensors("{" + string.Join(',', Enumerable.Repeat(
            "\"t\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}", 20_000)) + "}"),
        ["header-claimed.safetensors"] = () => [.. BitConverter.GetBytes(99_999_999L), (byte)'{'],
        ["nested.onnx"] = () => NestedGraphs(100_000),
        ["identities.onnx"] = () => Onnx(Enumerable.Range(0, 20_000).Select(i => OnnxModels.Node("Identity", $"n{i}", i == 19_999 ? "y" : $"v{i + 1}", i == 0 ? "x" : $"v{i}"))),
        ["rectifiers.onnx"] = () => Onnx(Enumerable.Range(0, 5_000).Select(i => OnnxModels.Node("Relu", $"n{i}", i == 4_999 ? "y" : $"v{i + 1}", i == 0 ? "x" : $"v{i}"))),
        ["initializers.onnx"] = () => Onnx([OnnxModels.Node("Relu", "n", "y", "x")], Enumerable.Range(0, 20_000).Select(i => OnnxModels.Floats($"i{i}", [1], 1))),
        ["nested.tflite"] = () => Offsets(1_000_000),
        ["lines.nnmodel"] = () => Text(string.Concat(Enumerable.Repeat("layer Flatten\n", 4_000))),
        ["tensors.nnmodel"] = () => Text(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"tensor \"t{i}\" I64 1\n")), "end 20000\n"),
        ["sizes.nnmodel"] = () => Text("tensor \"t\" F32 " + string.Concat(Enumerable.Repeat("2147483647 ", 50_000)) + "\nAAAA\n"),
        ["quoted.nnmodel"] = () => Text($"error \"{new string('\\', 2_000_000)}\"\n"),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void CostNoMoreThanTheirSizeAllows(string name)
    {
        byte[] content = Files[name]();
        Func<byte[], Trial> run = name.EndsWith(Subject.TextExtension, StringComparison.Ordinal)
            ? new TextTrial().Run
            : bytes => Trial.Run(ModelFormat.Of(name)!, bytes);
        Trial? trial = null;
        Thread thread = new(() => trial = run(content), SmallStack) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromMinutes(2)), $"{name} of {content.Length} bytes has not ended after two minutes");
        Assert.True(trial!.Failure is null, trial.Failure);
        TimeSpan most = Trial.MostTime * Trial.Megabytes(content) * SlowMachine;
        Assert.True(trial.Time < most, $"{name} of {content.Length} bytes took {trial.Time.TotalSeconds:f1} s");
    }

    private static byte[] Archive(byte[] weights, string config = "{}", int members = 0)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (int i = 0; i < members; i++)
                archive.CreateEntry($"{i}");
            Add(archive, "metadata.json", "{}"u8.ToArray());
            Add(archive, "config.json", Encoding.UTF8.GetBytes(config));
            Add(archive, "model.weights.h5", weights);
        }

        return stream.ToArray();

        static void Add(ZipArchive archive, string name, byte[] content)
        {
            using Stream target = archive.CreateEntry(name).Open();
            target.Write(content);
        }
    }

    private static string Layers(int count)
    {
        const string Input = """{"class_name":"InputLayer","config":{"batch_shape":[null,4],"name":"in"}}""";
        IEnumerable<string> layers = Enumerable.Range(0, count).Select(
            i => $$$"""{"class_name":"Activation","config":{"name":"a{{{i}}}","activation":"relu"}}""");
        return $$$"""{"class_name":"Sequential","config":{"layers":[{{{Input}}},{{{string.Join(',', layers)}}}]}}""";
    }

    private static byte[] SafeTensors(string header) => [.. BitConverter.GetBytes((long)header.Length), .. Encoding.ASCII.GetBytes(header)];

    private static byte[] Onnx(IEnumerable<NodeProto> nodes, IEnumerable<TensorProto>? tensors = null) => OnnxModels.Model(nodes, tensors ?? []).ToByteArray();

    /// <summary>A graph with a node with an attribute that is a graph, and so on, written from the innermost on.</summary>
    private static byte[] NestedGraphs(int depth)
    {
        // The fields, length-delimited: node of a graph, attribute of a node, graph of an attribute; the outermost is the graph of the model.
        byte[] fields = [0x0A, 0x2A, 0x32];
        List<byte[]> heads = [];
        int length = 0;
        for (int i = depth * fields.Length; i >= 0; i--)
        {
            List<byte> head = [i == 0 ? (byte)0x3A : fields[(i - 1) % fields.Length]];
            for (int rest = length; ; rest >>= 7)
            {
                head.Add((byte)(rest > 0x7F ? rest | 0x80 : rest));
                if (rest <= 0x7F)
                    break;
            }

            heads.Add([.. head]);
            length += head.Count;
        }

        heads.Reverse();
        return [.. heads.SelectMany(head => head)];
    }

    /// <summary>A flat buffer in which everything leads a little forward.</summary>
    private static byte[] Offsets(int bytes)
    {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i += 4)
            content[i] = 8;
        "TFL3"u8.CopyTo(content.AsSpan(4));
        return content;
    }

    private static byte[] Text(string lines, string end = "end 0\n") => Encoding.UTF8.GetBytes(
        $"{ModelText.Signature}\nsource \"{TextTrial.ModelName}\"\nformat \"a test\"\ninput 4\n{lines}{end}");
}
