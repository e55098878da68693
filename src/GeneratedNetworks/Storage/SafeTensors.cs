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
    /// <param name="weightOrder">The order in which weight matrices are written.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save<T>(this INetwork<T> network, string path, WeightOrder weightOrder = WeightOrder.InOut)
        where T : struct
    {
        if (path is null)
            throw new ArgumentNullException(nameof(path));
        CheckArguments(network, weightOrder);
        AtomicFile.Write(path, stream => SafeTensorsWriter<T>.Write(network, stream, weightOrder));
    }

    /// <summary>Saves all parameters to a stream.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="stream">Where to write; not closed.</param>
    /// <param name="weightOrder">The order in which weight matrices are written.</param>
    public static void Save<T>(this INetwork<T> network, Stream stream, WeightOrder weightOrder)
        where T : struct
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        CheckArguments(network, weightOrder);
        SafeTensorsWriter<T>.Write(network, stream, weightOrder);
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
    /// <exception cref="NetworkFileException">The content is damaged or does not fit; names the tensor and the position.</exception>
    public static void Load<T>(this INetwork<T> network, Stream stream, LoadOptions? options)
        where T : struct
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        Load(network, stream, options, (stream as FileStream)?.Name ?? "safetensors");
    }

    private static void Load<T>(INetwork<T> network, Stream stream, LoadOptions? options, string name)
        where T : struct
    {
        options ??= new LoadOptions();
        CheckArguments(network, options.WeightOrder);
        new SafeTensorsReader<T>(network, stream, options, name).Read();
    }

    private static void CheckArguments<T>(INetwork<T> network, WeightOrder weightOrder)
        where T : struct
    {
        Real<T>.Require();
        if (network is null)
            throw new ArgumentNullException(nameof(network));
        if (weightOrder is not (WeightOrder.InOut or WeightOrder.OutIn))
            throw new ArgumentOutOfRangeException(nameof(weightOrder), weightOrder, "There is no such weight order.");
    }
}
