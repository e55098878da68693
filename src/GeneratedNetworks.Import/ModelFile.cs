namespace GeneratedNetworks.Import;

/// <summary>Reads a model file of any supported format.</summary>
public static class ModelFile
{
    /// <summary>No file above this size is read: arrays of .NET end there.</summary>
    public const long MaximumBytes = int.MaxValue - 65536;

    // Beyond as many, the outputs of a file are read only where they are asked for: each is read by itself.
    private const int MostOutputs = 8;

    // Stands for the steps that a file leaves open.
    private const int AnyWindow = 16;

    /// <summary>Reads the file by its extension.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What to call it in messages; null: its file name.</param>
    /// <param name="output">
    /// The value that the last layer is to give, an output of the file or any value inside, or the layer that gives it; null: its only output.
    /// </param>
    /// <param name="opening">
    /// Is told the full path of every other file that the model's data are looked for in, before it is opened, and whether or not it is there; null:
    /// nobody is.
    /// </param>
    /// <param name="window">How many steps an input has where the file leaves that open; null: it has to say.</param>
    /// <exception cref="ModelFileException">
    /// The file is missing, of an unknown format, damaged, or holds something that is not supported, or it says how many steps there are beside
    /// <paramref name="window"/>.
    /// </exception>
    public static ImportedModel Read(string path, string? name = null, string? output = null, Action<string>? opening = null, int? window = null)
    {
        (ModelFormat format, ModelSource source) = Open(path, name, opening);
        try
        {
            return Read(format, source with { Output = output }, window);
        }
        catch (ModelFileException exception) when (output is not null && exception.Candidates.Count > 0)
        {
            IReadOnlyList<ImportedModel> models = [.. new string?[] { null }.Concat(exception.Candidates.Select(candidate => candidate.Name).Take(MostOutputs)).Select(TryRead).OfType<ImportedModel>()];
            return LayerOutput.ValueOf(models, output) is { } value
                ? Read(format, source with { Output = value }, window)
                : throw new ModelFileException(source.Name, exception.Problem + LayerOutput.List(models), exception) { Candidates = exception.Candidates };
        }

        ImportedModel? TryRead(string? value)
        {
            try
            {
                return Read(format, source with { Output = value }, window);
            }
            catch (ModelFileException)
            {
                // Other outputs may do.
                return null;
            }
        }
    }

    /// <summary>With a number of steps, where the file leaves that open.</summary>
    private static ImportedModel Read(ModelFormat format, ModelSource source, int? window)
    {
        if (window is null)
            return Read(format, source);
        bool isOpen;
        try
        {
            isOpen = Read(format, source).IsFrame;
        }
        catch (ModelFileException exception) when (exception.NeedsWindow)
        {
            isOpen = true;
        }

        return isOpen ? Read(format, source with { Window = window }) : throw source.Error("it leaves no number of steps open, so that no window can be chosen.");
    }

    /// <summary>Reads the file, and each of its outputs that can become a network.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What to call it in messages; null: its file name.</param>
    /// <param name="opening">
    /// Is told the full path of every other file that the model's data are looked for in, before it is opened, and whether or not it is there; null:
    /// nobody is.
    /// </param>
    /// <exception cref="ModelFileException">The file is missing or of an unknown format.</exception>
    public static ImportedChoice ReadAll(string path, string? name = null, Action<string>? opening = null)
    {
        (ModelFormat format, ModelSource source) = Open(path, name, opening);
        ImportedModel? usual = null;
        ModelFileException? problem = null;
        IEnumerable<string> candidates = [];
        try
        {
            usual = ReadAny(format, source);
            candidates = usual.OtherOutputs;
        }
        catch (ModelFileException exception)
        {
            problem = exception;
            candidates = exception.Candidates.Select(candidate => candidate.Name);
        }

        List<ImportedModel> others = [];
        foreach (string candidate in candidates.Take(MostOutputs))
        {
            try
            {
                others.Add(ReadAny(format, source with { Output = candidate }));
            }
            catch (ModelFileException)
            {
                // Whoever asks for it by name is told why.
            }
        }

        return new ImportedChoice(usual, problem, others);
    }

    /// <summary>A file that leaves its steps open becomes the network of any window: one that is the same but for its input's shape.</summary>
    private static ImportedModel ReadAny(ModelFormat format, ModelSource source)
    {
        try
        {
            ImportedModel frame = Read(format, source);
            return frame.IsFrame && TextOf(frame) != TextOf(OfShape(Read(format, source with { Window = AnyWindow }), frame))
                ? throw source.Error("it computes one frame of a stream, and its layers depend on how many there are: read it by 'gennet import --window'.")
                : frame;
        }
        catch (ModelFileException exception) when (exception.NeedsWindow)
        {
            ImportedModel model = Read(format, source with { Window = AnyWindow });
            ImportedModel other = Read(format, source with { Window = AnyWindow + 1 });
            if (model.Inputs.Count > 0)
                throw source.Error("it leaves the number of steps open, and has several inputs, which is not supported: export it with a fixed number of steps.");
            return TextOf(model) == TextOf(other with { InputShape = model.InputShape })
                ? model with { HasOpenSteps = true }
                : throw source.Error("it leaves the number of steps open, and its layers depend on it: export it with a fixed number of steps, or read it by 'gennet import --window'.");
        }

        static ImportedModel OfShape(ImportedModel model, ImportedModel other) => model with { InputShape = other.InputShape, Inputs = other.Inputs };

        static string TextOf(ImportedModel model)
        {
            StringWriter text = new();
            ModelText.Write(text, "", model);
            return text.ToString();
        }
    }

    private static (ModelFormat Format, ModelSource Source) Open(string path, string? name, Action<string>? opening)
    {
        name ??= Path.GetFileName(path);
        ModelFormat format = ModelFormat.Of(path)
            ?? throw new ModelFileException(name, ModelFormat.Unknown(Path.GetExtension(path), ModelFormat.Extensions));
        byte[] content = Load(path, name);
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        string? linked = Path.GetDirectoryName(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName);
        return (format, new ModelSource(name, content, folder) { LinkedFolder = linked, Opening = opening });
    }

    private static ImportedModel Read(ModelFormat format, ModelSource source)
    {
        try
        {
            return format.Read(source);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && FileKind.Instead(source.Content, format) is { } instead)
        {
            throw new ModelFileException(source.Name, $"it {instead}.", exception);
        }
        catch (Exception exception) when (exception is not ModelFileException and not OutOfMemoryException)
        {
            // A library's own word on a damaged file: it must not end a build with a stack trace.
            throw new ModelFileException(source.Name, $"it is damaged or no {format.Name} file ({exception.Message.ReplaceLineEndings(" ")}).", exception);
        }
    }

    private static byte[] Load(string path, string name)
    {
        try
        {
            RequireContent(path, name);
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(name, $"it cannot be read ({Reason(exception, path)}).", exception);
        }
    }

    private static void RequireContent(string path, string name)
    {
        if (Directory.Exists(path))
            throw new ModelFileException(name, "it is a folder.");
        FileInfo file = new(path);
        if (!file.Exists)
            throw new ModelFileException(name, "there is no such file.");

        // A link's own size is that of the path in it.
        if (file.LinkTarget is not null)
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        if (!file.Exists)
            throw new ModelFileException(name, $"it is a link to '{file.Name}', and there is no such file.");

        // Opening a pipe would wait for somebody to write, and a device may never end. Neither has a size.
        if (file.Length == 0)
            throw new ModelFileException(name, "it is empty, or a pipe or device instead of a file.");
        if (file.Length > MaximumBytes)
            throw new ModelFileException(name, $"it has {file.Length} bytes, and at most {MaximumBytes} can be read.");
    }

    /// <summary>The system's word without the path, which differs from machine to machine and must not reach a text that is compiled.</summary>
    private static string Reason(Exception exception, string path) =>
        exception.Message.Replace(Path.GetFullPath(path), Path.GetFileName(path), StringComparison.Ordinal).TrimEnd('.');
}

/// <summary>A file's content on its way through a reader.</summary>
/// <param name="Name">What to call the file in messages.</param>
/// <param name="Content">All of it.</param>
/// <param name="Folder">Where it lies, for formats with data beside the file; null: nowhere. Nothing outside of it may be read.</param>
public sealed record ModelSource(string Name, byte[] Content, string? Folder)
{
    /// <summary>Where the file lies that a link leads to; null where the model is no link. Data are looked for there too.</summary>
    public string? LinkedFolder { get; init; }

    /// <summary>Is told the path of every other file that data are looked for in, before it is opened.</summary>
    public Action<string>? Opening { get; init; }

    /// <summary>How many steps an input has where the file leaves that open; null where that is a problem.</summary>
    public int? Window { get; init; }

    /// <summary>The value that the last layer is to give, by the file's name for it; null: the file's only output.</summary>
    public string? Output { get; init; }

    /// <summary>The frames of a window where the file computes one.</summary>
    internal int Steps => Window is null or > 0 ? Window ?? 1 : throw Error($"a window has at least one step, not {Window}.");

    /// <summary>The steps of an input that the file leaves open.</summary>
    /// <param name="what">The input, for a message.</param>
    public int OpenSteps(string what) => Window is { } window
        ? window > 0 ? window : throw Error($"a window has at least one step, not {window}.")
        : throw new ModelFileException(Name, $"{what} leaves the number of its steps open: say how many a window has, Window = n beside Model, or --window.") { NeedsWindow = true };

    /// <summary>An exception that names the file.</summary>
    public ModelFileException Error(string problem, Exception? inner = null) => new(Name, problem, inner);
}
