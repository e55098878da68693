using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;

namespace GeneratedNetworks.Benchmarks.Fashion;

/// <summary>Fashion-MNIST as the Debian package dataset-fashion-mnist installs it: 60,000 and 10,000 images of 28 × 28 grey levels.</summary>
internal static class FashionData
{
    public const int Pixels = 28 * 28, Classes = 10;

    private const string Installed = "/usr/share/datasets/fashion-mnist";

    public static bool IsInstalled => Directory.Exists(Installed);

    /// <summary>Inputs in [0, 1] and one-hot targets.</summary>
    public static Dataset<float> Load(bool test)
    {
        byte[] images = Read(test, "images", 16), labels = Read(test, "labels", 8);
        float[] inputs = Array.ConvertAll(images, static level => level / 255f);
        return Dataset<float>.FromLabels(Pixels, Classes, inputs, Array.ConvertAll(labels, static label => (int)label));
    }

    /// <summary>Unpacks the four files as a native peer reads them: train-images, train-labels, test-images, test-labels.</summary>
    public static void Unpack(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (bool test in (bool[])[false, true])
        {
            foreach (string kind in (string[])["images", "labels"])
            {
                using FileStream target = File.Create(Path.Combine(folder, $"{(test ? "test" : "train")}-{kind}"));
                using Stream source = Open(test, kind);
                source.CopyTo(target);
            }
        }
    }

    private static byte[] Read(bool test, string kind, int headerLength)
    {
        using MemoryStream buffer = new();
        using (Stream source = Open(test, kind))
        {
            source.CopyTo(buffer);
        }

        byte[] bytes = buffer.ToArray();
        int count = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4));
        int expected = count * (kind == "images" ? Pixels : 1);
        return bytes.Length - headerLength == expected
            ? bytes[headerLength..]
            : throw new InvalidDataException($"{kind}: {bytes.Length - headerLength} bytes instead of {expected}.");
    }

    private static Stream Open(bool test, string kind)
    {
        string name = $"{(test ? "t10k" : "train")}-{kind}-idx{(kind == "images" ? 3 : 1)}-ubyte.gz";
        return new GZipStream(File.OpenRead(Path.Combine(Installed, name)), CompressionMode.Decompress);
    }
}
