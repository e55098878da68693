using System.IO;

namespace GeneratedNetworks;

internal static class StreamExtensions
{
    /// <summary>Reads until <paramref name="count"/> bytes are there or the stream ends; returns how many came.</summary>
    public static int ReadUpTo(this Stream stream, byte[] buffer, int offset, int count)
    {
        int total = 0;
        while (total < count)
        {
            int read = stream.Read(buffer, offset + total, count - total);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }

    public static int ReadUpTo(this Stream stream, byte[] buffer, int count) => stream.ReadUpTo(buffer, 0, count);

    public static void ReadFully(this Stream stream, byte[] buffer)
    {
        if (stream.ReadUpTo(buffer, buffer.Length) != buffer.Length)
            throw new EndOfStreamException();
    }
}
