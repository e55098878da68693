using System.IO.Compression;
using GeneratedNetworks.Import.Onnx;
using GeneratedNetworks.Import.Onnx.Schema;
using GeneratedNetworks.Import.Tests.Support;

namespace GeneratedNetworks.Import.Tests.Onnx;

/// <summary>One of ONNX's own node tests, as collect_backend.py stores it.</summary>
/// <param name="Name">As ONNX calls it.</param>
/// <param name="Model">The file, every input but the first an initializer.</param>
/// <param name="Input">Null for a case whose input is no tensor.</param>
/// <param name="Output">What ONNX says that the model computes.</param>
internal sealed record BackendCase(string Name, byte[] Model, OnnxConstant? Input, OnnxConstant? Output)
{
    /// <summary>The inputs behind the first one, of an operator that joins values.</summary>
    public IReadOnlyList<OnnxConstant> MoreInputs { get; init; } = [];

    /// <summary>One sample: all inputs, one after another.</summary>
    public double[] Sample => [.. Input?.Values ?? [], .. MoreInputs.SelectMany(input => input.Values ?? [])];

    /// <summary>The same, one sample after another: rows of sequences that have their time first are gathered.</summary>
    public double[] Samples
    {
        get
        {
            if (Input is not { Values: { } values, Shape: [var steps and > 1, var batch, var features] } || !Name.EndsWith("_seq_length", StringComparison.Ordinal))
                return Sample;
            return [.. Enumerable.Range(0, batch).SelectMany(row => Enumerable.Range(0, steps).SelectMany(step => values.Skip(((step * batch) + row) * features).Take(features)))];
        }
    }

    public static IReadOnlyList<BackendCase> LoadAll()
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(Fixture.Folder("Onnx"), "backend.zip"));
        return
        [
            .. archive.Entries.Select(entry => entry.FullName.Split('/')[0]).Distinct().Order(StringComparer.Ordinal)
                .Select(name => new BackendCase(name, Bytes(archive, name, "model.onnx")!, Tensor(archive, name, "input.pb"), Tensor(archive, name, "output.pb"))
                {
                    MoreInputs = [.. Enumerable.Range(1, 8).Select(i => Tensor(archive, name, $"input_{i}.pb")).OfType<OnnxConstant>()],
                }),
        ];
    }

    /// <summary>Of the comparison: what is written in 16 bits cannot be held to more.</summary>
    public double Tolerance => Output!.Type switch
    {
        TensorProto.Types.DataType.Float16 => 1.0 / 2048,
        TensorProto.Types.DataType.Bfloat16 => 1.0 / 128,
        _ => 1e-5,
    };

    private static byte[]? Bytes(ZipArchive archive, string name, string file)
    {
        if (archive.GetEntry($"{name}/{file}") is not { } entry)
            return null;
        using Stream stream = entry.Open();
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static OnnxConstant? Tensor(ZipArchive archive, string name, string file)
    {
        if (Bytes(archive, name, file) is not { } bytes)
            return null;
        ModelSource source = new($"{name}/{file}", bytes, null);
        return new TensorReader(source, new TensorBudget(source)).Read(TensorProto.Parser.ParseFrom(bytes), file);
    }
}
