using System.IO.Compression;

namespace GeneratedNetworks.Import.Tests.Formats;

/// <summary>A file that is not what its name says is told by its content, and one whose end is missing by where it ends.</summary>
public sealed class WrongFormatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wrong-format").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("TfLite/float.tflite", "a.onnx", "it looks like TFLite and not like ONNX: name it .tflite.")]
    [InlineData("TfLite/float.tflite", "a.h5", "it looks like TFLite and not like HDF5: name it .tflite.")]
    [InlineData("SafeTensors/types.safetensors", "a.onnx", "it looks like safetensors and not like ONNX: name it .safetensors.")]
    [InlineData("Keras/sequential-2.h5", "a.onnx", "it looks like HDF5 and not like ONNX: name it .h5.")]
    [InlineData("Keras/sequential-2.h5", "a.keras", "it looks like HDF5 and not like Keras: name it .h5.")]
    [InlineData("Keras/heads-3.keras", "a.h5", "it looks like Keras and not like HDF5: name it .keras.")]
    [InlineData("Keras/heads-3.keras", "a.onnx", "it looks like Keras and not like ONNX: name it .keras.")]
    public void AnotherFormatIsTold(string model, string name, string message)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Models", model), Path.Combine(_folder, name));
        Assert.Equal($"{name}: {message}", Refuse(name));
    }

    [Theory]
    [InlineData("a.onnx", "not a model\n", "it is a text and no ONNX file.")]
    [InlineData("a.tflite", "näher betrachtet", "it is a text and no TFLite file.")]
    [InlineData("a.safetensors", "<html><body>404</body></html>", "it is a text and no safetensors file.")]
    [InlineData("a.onnx", "version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 9\n", "it is the pointer that Git LFS keeps in place of a file: git lfs pull brings the file.")]
    public void ATextIsTold(string name, string text, string message)
    {
        File.WriteAllText(Path.Combine(_folder, name), text);
        Assert.Equal($"{name}: {message}", Refuse(name));
    }

    [Theory]
    [InlineData("archive/data.pkl", "it looks like a file of PyTorch's and not like ONNX: PyTorch writes ONNX by torch.onnx.export, and tensors by safetensors.torch.save_file.")]
    [InlineData("readme.txt", "it looks like a zip archive and not like ONNX: unpack it.")]
    public void AnArchiveIsTold(string entry, string message)
    {
        using (ZipArchive archive = ZipFile.Open(Path.Combine(_folder, "a.onnx"), ZipArchiveMode.Create))
            archive.CreateEntry(entry).Open().Dispose();
        Assert.Equal($"a.onnx: {message}", Refuse("a.onnx"));
    }

    [Theory]
    [InlineData("a.pt", "'.pt' is none of the formats that can be read: .onnx, .safetensors, .tflite, .h5, .hdf5, .keras; PyTorch writes ONNX by torch.onnx.export, and tensors by safetensors.torch.save_file.")]
    [InlineData("a.txt", "'.txt' is none of the formats that can be read: .onnx, .safetensors, .tflite, .h5, .hdf5, .keras.")]
    public void AnExtensionOfNoFormatSaysHowToComeByOne(string name, string message)
    {
        File.WriteAllBytes(Path.Combine(_folder, name), [1]);
        Assert.Equal($"{name}: {message}", Refuse(name));
    }

    /// <summary>Every length of a file that is not whole: the place where it ends, and no word of the library that reads it.</summary>
    [Fact]
    public void ACutFileSaysWhereItEnds()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Models", "Onnx/torch-softmax.onnx"));
        int told = 0;
        for (int length = 1; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(Path.Combine(_folder, "cut.onnx"), whole[..length]);
            string message = Refuse("cut.onnx");
            Assert.DoesNotContain("protocol", message, StringComparison.OrdinalIgnoreCase);
            told += message.StartsWith("cut.onnx: it is cut off", StringComparison.Ordinal) && message.EndsWith($"the file ends at byte {length}.", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(told, whole.Length / 7 * 9 / 10, whole.Length);
        File.WriteAllBytes(Path.Combine(_folder, "cut.onnx"), whole[..(whole.Length / 2)]);
        Assert.Matches($@"^cut\.onnx: it is cut off: its graph reaches to byte \d+, and the file ends at byte {whole.Length / 2}\.$", Refuse("cut.onnx"));
    }

    private string Refuse(string name) => Assert.Throws<ModelFileException>(() => ModelFile.Read(Path.Combine(_folder, name))).Message;
}
