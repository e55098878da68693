using System.Text;
using GeneratedNetworks.Fuzz.Archive;
using GeneratedNetworks.Fuzz.Hdf;
using GeneratedNetworks.Fuzz.Text;
using GeneratedNetworks.Import;
using GeneratedNetworks.Import.Reading;

namespace GeneratedNetworks.Fuzz;

/// <summary>A reader and the inputs that it gets.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Extension">With the dot; what the option names.</param>
/// <param name="Inputs">Damaged files.</param>
/// <param name="Run">Reads one.</param>
internal sealed record Subject(string Name, string Extension, IInputs Inputs, Func<byte[], Trial> Run)
{
    public const string TextExtension = ".nnmodel";

    private const int LargestText = 1 << 16;

    /// <summary>Before the extension of a format whose files are executed by the independent reading instead of imported: ".reading.onnx".</summary>
    private const string ReadingPrefix = ".reading";

    public static IEnumerable<string> Extensions =>
    [
        .. ModelFormat.All.Select(format => format.FileExtensions[0]),
        TextExtension,
        .. ModelFormat.All.Select(format => format.FileExtensions[0]).Where(ModelReading.Knows).Select(extension => ReadingPrefix + extension),
    ];

    /// <summary>That of a file with such content.</summary>
    public string FileExtension => Path.GetExtension(Extension);

    /// <param name="extension">One of <see cref="Extensions"/>.</param>
    /// <param name="seed">Of the run.</param>
    public static Subject Of(string extension, int seed)
    {
        if (extension == TextExtension)
            return new Subject("packed text", extension, new TextInputs(Texts(), seed), new TextTrial().Run);
        bool isReading = extension.StartsWith(ReadingPrefix, StringComparison.Ordinal);
        string file = isReading ? extension[ReadingPrefix.Length..] : extension;
        ModelFormat format = ModelFormat.Of("input" + file)!;
        IReadOnlyList<byte[]> seeds = Seeds.Of(format);
        IInputs inputs = file switch
        {
            ".h5" => new HdfInputs(seeds, seed),
            ".keras" => new ArchiveInputs(seeds, seed),
            _ => new Mutator(seeds, seed),
        };
        return isReading
            ? new Subject(format.Name + " run", extension, inputs, content => ReadingTrial.Run(file, content))
            : new Subject(format.Name, extension, inputs, content => Trial.Run(format, content));
    }

    /// <summary>The texts of all models that have layers and are not large.</summary>
    private static IReadOnlyList<byte[]> Texts()
    {
        List<byte[]> texts = [];
        foreach (ModelFormat format in ModelFormat.All)
        {
            foreach (byte[] content in Seeds.Of(format))
            {
                ImportedModel model = format.Read(new ModelSource(TextTrial.ModelName, content, null));
                StringWriter text = new();
                ModelText.Write(text, TextTrial.ModelName, model);
                if (model.HasArchitecture && text.ToString() is { Length: <= LargestText } small)
                    texts.Add(Encoding.UTF8.GetBytes(small));
            }
        }

        return texts;
    }
}
