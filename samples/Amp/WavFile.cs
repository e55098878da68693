using System;
using System.Buffers.Binary;
using System.IO;

namespace Amp;

/// <summary>One channel of 16 bits a sample.</summary>
internal static class WavFile
{
    private const int HeaderSize = 44;

    /// <param name="path">The file, which is replaced.</param>
    /// <param name="samples">In [−1, 1]; what lies outside is clipped.</param>
    public static void Save(string path, ReadOnlySpan<float> samples)
    {
        byte[] bytes = new byte[HeaderSize + (2 * samples.Length)];
        "RIFF"u8.CopyTo(bytes);
        Write(4, bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        Write(16, 16);
        Write(20, 0x1_0001);                        // PCM, one channel
        Write(24, Guitar.Rate);
        Write(28, 2 * Guitar.Rate);
        Write(32, 0x10_0002);                       // 2 bytes a frame, 16 bits a sample
        "data"u8.CopyTo(bytes.AsSpan(36));
        Write(40, 2 * samples.Length);
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(HeaderSize + (2 * i)), (short)Math.Round(short.MaxValue * Math.Clamp(samples[i], -1, 1)));
        File.WriteAllBytes(path, bytes);

        void Write(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
    }
}
