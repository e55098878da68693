using GeneratedNetworks.Import.Keras;
using GeneratedNetworks.Import.SafeTensors;
using GeneratedNetworks.Import.TfLite;

namespace GeneratedNetworks.Import;

/// <summary>A file format: how it is called, which extensions it has, and its reader.</summary>
/// <param name="Name">For messages: "ONNX".</param>
/// <param name="FileExtensions">With the dot, lower case.</param>
/// <param name="Read">Reads a file or throws <see cref="ModelFileException"/>.</param>
public sealed record ModelFormat(string Name, IReadOnlyList<string> FileExtensions, Func<ModelSource, ImportedModel> Read)
{
    /// <summary>Every format that can be read, one line each.</summary>
    public static IReadOnlyList<ModelFormat> All { get; } =
    [
        new("ONNX", [".onnx"], Onnx.OnnxFormat.Read),
        new("safetensors", [".safetensors"], SafeTensorsImporter.Read),
        new("TFLite", [".tflite"], TfLiteImporter.Read),
        new("HDF5", [".h5", ".hdf5"], KerasImporter.ReadHdf),
        new("Keras", [".keras"], KerasImporter.ReadArchive),
    ];

    /// <summary>The extensions of all formats, for messages: ".onnx, .tflite".</summary>
    public static string Extensions => string.Join(", ", All.SelectMany(format => format.FileExtensions));

    /// <summary>How PyTorch writes what can be read.</summary>
    internal const string FromPyTorch = "PyTorch writes ONNX by torch.onnx.export, and tensors by safetensors.torch.save_file";

    /// <summary>What is wrong with an extension of no format, and how to come by a file of one.</summary>
    /// <param name="extension">With the dot.</param>
    /// <param name="all">The extensions that can be read.</param>
    public static string Unknown(string extension, string all)
    {
        string? hint = extension.ToLowerInvariant() switch
        {
            ".pt" or ".pth" or ".ckpt" or ".bin" => FromPyTorch,
            ".pkl" or ".joblib" => "skl2onnx writes ONNX from scikit-learn",
            ".pb" => "tf2onnx writes ONNX from a SavedModel of TensorFlow",
            _ => null,
        };
        return $"'{extension}' is none of the formats that can be read: {all}{(hint is null ? "" : $"; {hint}")}.";
    }

    /// <summary>The format of a file by its extension, or null.</summary>
    public static ModelFormat? Of(string path)
    {
        string extension = Path.GetExtension(path);
        return All.FirstOrDefault(format => format.FileExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
    }
}
