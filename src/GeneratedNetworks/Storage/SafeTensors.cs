using System;
using System.IO;

namespace GeneratedNetworks;

/// <summary>Parameters as safetensors files, which PyTorch, JAX and others read and write.</summary>
/// <remarks>
/// The format: 8 bytes header length, a JSON header with each tensor's type, shape and place, then the numbers, little-endian.
/// Source: the format section of github.com/huggingface/safetensors. Floats are stored as F32, doubles as F64, under the names of
/// <see cref="INetwork{T}.ParameterLayout"/>.
/// </remarks>
public static class SafeTensors
{
    /// <summary>
    /// Saves all parameters to a file, which is replaced only once the new content is complete: readers find the old content or the new one, whole,
    /// even where several processes save to one path. A link at the path is replaced itself, not what it leads to.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How to write it; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The options give no names, or one twice.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save<T>(this INetwork<T> network, string path, SaveOptions? options = null)
        where T : struct
    {
        if (path is null)
            throw new ArgumentNullException(nameof(path));
        options ??= new SaveOptions();
        CheckArguments(network, options.Order);
        AtomicFile.Write(path, stream => SafeTensorsWriter<T>.Write(network, stream, options));
    }

    /// <summary>Saves all parameters to a stream.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">Where to write, from its current position on; not closed.</param>
    /// <param name="options">How to write it; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The options give no names, or one twice.</exception>
    public static void Save<T>(this INetwork<T> network, Stream stream, SaveOptions? options = null)
        where T : struct
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        options ??= new SaveOptions();
        CheckArguments(network, options.Order);
        SafeTensorsWriter<T>.Write(network, stream, options);
    }

    /// <summary>Saves all parameters to a new array: the bytes that a file would have.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="options">How to write them; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The options give no names, or one twice.</exception>
    public static byte[] SaveToBytes<T>(this INetwork<T> network, SaveOptions? options = null)
        where T : struct
    {
        using MemoryStream stream = new();
        network.Save(stream, options);
        return stream.ToArray();
    }

    /// <summary>Loads all parameters from a file. The network is not touched unless all of it fits.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read it; <see langword="null"/> for the defaults.</param>
    /// <exception cref="NetworkFileException">The file is damaged or does not fit; names the file, the tensor and the position.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Load<T>(this INetwork<T> network, string path, LoadOptions? options = null)
        where T : struct
    {
        if (path is null)
            throw new ArgumentNullException(nameof(path));
        using FileStream stream = SharedFile.OpenRead(path);
        Load(network, stream, options, path);
    }

    /// <summary>Loads all parameters from a stream, from its current position to its end. The network is not touched unless all of it fits.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">What to read; it need not be seekable and is not closed.</param>
    /// <param name="options">How to read it; <see langword="null"/> for the defaults.</param>
    /// <exception cref="NetworkFileException">The content is damaged or does not fit, or the stream stands at its end; names the tensor and the position.</exception>
    public static void Load<T>(this INetwork<T> network, Stream stream, LoadOptions? options = null)
        where T : struct
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        string name = (stream as FileStream)?.Name ?? "safetensors";
        if (stream.CanSeek && stream.Position > 0 && stream.Position >= stream.Length)
        {
            throw new NetworkFileException(
                name, null, stream.Position, "the stream stands at its end, and is read from where it stands: set its Position to where the content begins, such as 0.");
        }

        Load(network, stream, options, name);
    }

    /// <summary>Loads all parameters from the bytes of a file. The network is not touched unless all of them fit.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="bytes">The whole content.</param>
    /// <param name="options">How to read it; <see langword="null"/> for the defaults.</param>
    /// <exception cref="NetworkFileException">The content is damaged or does not fit; names the tensor and the position.</exception>
    public static void Load<T>(this INetwork<T> network, byte[] bytes, LoadOptions? options = null)
        where T : struct
    {
        if (bytes is null)
            throw new ArgumentNullException(nameof(bytes));
        using MemoryStream stream = new(bytes, writable: false);
        Load(network, stream, options, "safetensors");
    }

    private static void Load<T>(INetwork<T> network, Stream stream, LoadOptions? options, string name)
        where T : struct
    {
        options ??= new LoadOptions();
        CheckArguments(network, options.Order ?? WeightOrder.InOut);
        new SafeTensorsReader<T>(network, stream, options, name).Read();
    }

    private static void CheckArguments<T>(INetwork<T> network, WeightOrder order)
        where T : struct
    {
        Real<T>.Require();
        if (network is null)
            throw new ArgumentNullException(nameof(network));
        if (order is not (WeightOrder.InOut or WeightOrder.OutIn))
            throw new ArgumentOutOfRangeException("options", order, FormattableString.Invariant($"Order is {(int)order}; there is no such weight order."));
    }
}
