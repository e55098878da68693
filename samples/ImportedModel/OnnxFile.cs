using System.Linq;
using GeneratedNetworks.Import;

namespace ImportedDigits;

/// <summary>A trained student from an ONNX file.</summary>
internal static class OnnxFile
{
    /// <summary>Reads what <c>SaveOnnx</c> wrote, as any other file, and takes its parameters.</summary>
    public static void Read(string path, Student student) =>
        student.SetParameters([.. ModelFile.Read(path).Tensors.SelectMany(tensor => tensor.Values!).Select(value => (float)value)]);
}
