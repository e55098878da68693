namespace GeneratedNetworks;

/// <summary>The model file that a network's layers or parameters come from.</summary>
public sealed class NetworkSource
{
    internal NetworkSource(string path, string format, string? input, string? output)
    {
        Path = path;
        Format = format;
        Input = input;
        Output = output;
    }

    /// <summary>The file as the project names it, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>The container and who wrote it, such as <c>ONNX, opset 13, by pytorch 1.13.1</c>.</summary>
    public string Format { get; }

    /// <summary>What the file calls the network's input; <see langword="null"/> where it does not say, or the layers are not the file's.</summary>
    public string? Input { get; }

    /// <summary>What the file calls the value that the network ends in; <see langword="null"/> where it does not say, or the layers are not the file's.</summary>
    public string? Output { get; }

    /// <summary>The file and its format.</summary>
    public override string ToString() => $"{Path} ({Format})";
}
