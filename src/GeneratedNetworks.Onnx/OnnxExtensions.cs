using System;
using System.IO;
using GeneratedNetworks.Onnx.Export;

namespace GeneratedNetworks.Onnx;

/// <summary>Networks as ONNX files, which ONNX Runtime, Sentis, game engines and browsers run, and which a project can declare a network by.</summary>
/// <remarks>
/// The file holds what <see cref="INetwork{T}.Forward"/> computes, in the precision of the network, with a free axis <c>batch</c> before the axes of one sample, and
/// Dropout left out. Each declared input and output is one of the graph, by its name, in its shape. Where the layers come from an ONNX file, its names of input and
/// output and its operator set are kept; see <see cref="OnnxOptions"/>.
/// <para>
/// Parameters have the names of <see cref="INetwork{T}.ParameterLayout"/> and lie as ONNX takes them: weights of dense layers <c>[in, out]</c>, of convolutions
/// <c>[out, in / groups, kernel…]</c>, of transposed ones <c>[in, out, kernel…]</c>. Inputs and outputs of the graph have their channels last, as in
/// <see cref="INetwork{T}.Forward"/>. Convolutions, pools and batch normalizations take channels first in ONNX: a Transpose stands where a run of them begins and where
/// one ends, and none inside of it. Where a run ends in a dense layer, the rows of that layer's weight are in the run's order instead: channels, height, width.
/// </para>
/// </remarks>
public static class OnnxExtensions
{
    /// <summary>Saves the network to a file, which is replaced only once the new content is complete.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network; <c>Instance</c> of a static class.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">Names and operator set; <see langword="null"/> for those of the source, or the defaults.</param>
    /// <exception cref="ArgumentException">Input and output are called alike, a name is empty, or a layer cannot be written, such as one that sees several frames of a stream.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The operator set is one that is not written.</exception>
    /// <exception cref="NotSupportedException">The file would be larger than the format allows, 2 GB.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveOnnx<T>(this INetwork<T> network, string path, OnnxOptions? options = null)
        where T : struct
    {
        if (path is null)
            throw new ArgumentNullException(nameof(path));
        ProtoMessage file = Write(network, options);
        AtomicFile.Write(path, file.WriteTo);
    }

    /// <summary>Saves the network to a stream.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network; <c>Instance</c> of a static class.</param>
    /// <param name="stream">Where to write, from its current position on; not closed.</param>
    /// <param name="options">Names and operator set; <see langword="null"/> for those of the source, or the defaults.</param>
    /// <exception cref="ArgumentException">Input and output are called alike, a name is empty, or a layer cannot be written, such as one that sees several frames of a stream.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The operator set is one that is not written.</exception>
    /// <exception cref="NotSupportedException">The file would be larger than the format allows, 2 GB.</exception>
    public static void SaveOnnx<T>(this INetwork<T> network, Stream stream, OnnxOptions? options = null)
        where T : struct
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        Write(network, options).WriteTo(stream);
    }

    private static ProtoMessage Write<T>(INetwork<T> network, OnnxOptions? options)
        where T : struct
    {
        if (network is null)
            throw new ArgumentNullException(nameof(network));
        options ??= new OnnxOptions();
        ExportNetwork export = ExportNetwork.Of(network) with { Streams = options.Streaming };
        return OnnxFile.Write(export, options.Precision ?? network.Info.Precision, OnnxHeader.Of(network.Info, export, options));
    }
}
