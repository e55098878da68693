using System;
using System.IO;
using System.IO.Compression;

namespace GeneratedNetworks;

/// <summary>Text that may be compressed: looks at the first two bytes of a stream, which need not be able to go back.</summary>
internal static class GzipText
{
    /// <summary>The text of a stream, which stays open.</summary>
    public static Stream Open(Stream stream)
    {
        byte[] start = new byte[2];
        int count = 0;
        for (int read = -1; count < start.Length && read != 0; count += read)
            read = stream.Read(start, count, start.Length - count);
        Stream whole = new Prefixed(start.AsMemory(0, count), stream);
        return count == 2 && start[0] == 0x1F && start[1] == 0x8B ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }

    private sealed class Prefixed(ReadOnlyMemory<byte> start, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _start = start;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_start.Length == 0)
                return rest.Read(buffer, offset, count);
            int length = Math.Min(count, _start.Length);
            _start.Slice(0, length).CopyTo(buffer.AsMemory(offset));
            _start = _start.Slice(length);
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
