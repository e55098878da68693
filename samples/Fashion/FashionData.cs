using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using GeneratedNetworks;

namespace Fashion;

/// <summary>Fashion-MNIST: 60,000 images to train on and 10,000 to test on, in the four files that it is published as.</summary>
internal static class FashionData
{
    /// <summary>Where Debian's package puts them.</summary>
    public const string Installed = "/usr/share/datasets/fashion-mnist";

    private const int Side = 28;

    private static readonly string[] Classes = ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"];

    /// <summary>What to do where the files are missing.</summary>
    public static string Advice(string folder) => $"""
        There is no Fashion-MNIST in {folder}. On Debian and Ubuntu:

            apt-get install dataset-fashion-mnist

        Elsewhere, download these four files of https://github.com/zalandoresearch/fashion-mnist into a folder, and name it by --data FOLDER:

            {FileOf(test: false, "images")}   {FileOf(test: false, "labels")}
            {FileOf(test: true, "images")}    {FileOf(test: true, "labels")}
        """;

    public static bool IsIn(string folder)
    {
        foreach (bool test in (bool[])[false, true])
        {
            if (!File.Exists(Path.Combine(folder, FileOf(test, "images"))) || !File.Exists(Path.Combine(folder, FileOf(test, "labels"))))
                return false;
        }

        return true;
    }

    /// <summary>Inputs in [0, 1], row by row, and a target for each class.</summary>
    /// <param name="folder">Where the four files lie.</param>
    /// <param name="test">Whether the images to test on are read.</param>
    /// <param name="most">How many are taken, from the first on.</param>
    /// <exception cref="InvalidDataException">A file is not what its name says, or two of them do not belong together.</exception>
    public static Dataset<float> Load(string folder, bool test, int most)
    {
        byte[] pixels = Read(Path.Combine(folder, FileOf(test, "images")), [Side, Side], most);
        byte[] labels = Read(Path.Combine(folder, FileOf(test, "labels")), [], most);
        if (labels.Length * FashionNet.InputSize != pixels.Length)
            throw new InvalidDataException($"{folder}: there are {pixels.Length / FashionNet.InputSize} images in {FileOf(test, "images")} and {labels.Length} labels in {FileOf(test, "labels")}.");
        int wrong = Array.FindIndex(labels, label => label >= Classes.Length);
        if (wrong >= 0)
            throw new InvalidDataException($"{Path.Combine(folder, FileOf(test, "labels"))}: label {wrong} is {labels[wrong]}; there are {Classes.Length} classes.");
        float[] inputs = Array.ConvertAll(pixels, level => level / 255f);
        return Dataset<float>.FromLabels(FashionNet.InputSize, Classes.Length, inputs, Array.ConvertAll(labels, label => (int)label), Classes);
    }

    private static string FileOf(bool test, string kind) => $"{(test ? "t10k" : "train")}-{kind}-idx{(kind == "images" ? 3 : 1)}-ubyte.gz";

    /// <summary>The first elements of an IDX file of bytes: two zeros, 8 for bytes, the number of axes, each extent in four bytes, then the elements.</summary>
    private static byte[] Read(string path, int[] shape, int most)
    {
        using GZipStream stream = new(File.OpenRead(path), CompressionMode.Decompress);
        byte[] header = new byte[4 * (2 + shape.Length)];
        Fill(header, 0);
        int magic = BinaryPrimitives.ReadInt32BigEndian(header);
        if (magic != 0x0801 + shape.Length)
            throw new InvalidDataException($"{path}: it begins with 0x{magic:x8} instead of 0x{0x0801 + shape.Length:x8}, so it is no IDX file of {1 + shape.Length} axes.");
        int length = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            int extent = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 * (2 + i)));
            if (extent != shape[i])
                throw new InvalidDataException($"{path}: images of {shape[i]} are expected along axis {1 + i}, and the file has {extent} (byte {4 * (2 + i)}).");
            length *= extent;
        }

        int count = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        byte[] elements = new byte[Math.Min(count, most) * length];
        Fill(elements, header.Length);
        return elements;

        void Fill(byte[] buffer, int position)
        {
            int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (read < buffer.Length)
                throw new InvalidDataException($"{path}: it ends at byte {position + read} where {position + buffer.Length} were expected (unpacked).");
        }
    }
}
