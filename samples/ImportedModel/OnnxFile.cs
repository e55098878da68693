using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GeneratedNetworks;
using GeneratedNetworks.Import;
using GeneratedNetworks.Import.Onnx;

namespace ImportedDigits;

/// <summary>A trained student as an ONNX file.</summary>
internal static class OnnxFile
{
    /// <summary>Writes the layers of the file that it came from, with the parameters that it has now.</summary>
    public static void Write(Student student, string origin, string path)
    {
        float[] parameters = new float[Student.ParameterCount];
        student.GetParameters(parameters);
        GeneratedNetworks.Import.ImportedModel model = ModelFile.Read(origin);
        List<ImportedTensor> tensors = [];
        int offset = 0;
        foreach (ImportedTensor tensor in model.Tensors)
        {
            int count = tensor.Shape.Aggregate(1, (product, extent) => product * extent);
            tensors.Add(tensor with { Values = [.. parameters.AsSpan(offset, count).ToArray().Select(value => (double)value)] });
            offset += count;
        }

        using FileStream file = File.Create(path);
        OnnxExport.Write(file, model with { Tensors = tensors }, Precision.Single);
    }

    /// <summary>Reads such a file as any other and takes its parameters.</summary>
    public static void Read(string path, Student student) =>
        student.SetParameters([.. ModelFile.Read(path).Tensors.SelectMany(tensor => tensor.Values!).Select(value => (float)value)]);
}
