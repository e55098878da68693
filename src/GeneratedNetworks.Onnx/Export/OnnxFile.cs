using System;
using System.Linq;
using System.Reflection;

namespace GeneratedNetworks.Onnx.Export;

/// <summary>The file around a graph. Source of the field numbers: the published schema, onnx.proto (Apache-2.0).</summary>
internal static class OnnxFile
{
    private const string Producer = "GeneratedNetworks";

    public static ProtoMessage Write(ExportNetwork network, Precision precision, OnnxHeader header)
    {
        long bytes = network.Tensors.Sum(tensor => (long)tensor.Values.Length) * (precision == Precision.Double ? sizeof(double) : sizeof(float));
        if (bytes > int.MaxValue)
            throw new NotSupportedException($"The weights have {bytes} bytes, and an ONNX file has at most {int.MaxValue}.");
        ProtoMessage file = new ProtoMessage()
            .Whole(1, header.IrVersion)
            .Text(2, Producer)
            .Text(3, Version())
            .Message(7, new NetworkWriter(network, precision, header).Write())
            .Message(8, new ProtoMessage().Text(1, "").Whole(2, header.Opset));
        return file.Length <= int.MaxValue
            ? file
            : throw new NotSupportedException($"The file would have {file.Length} bytes, and an ONNX file has at most {int.MaxValue}.");
    }

    private static string Version() => typeof(OnnxFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
