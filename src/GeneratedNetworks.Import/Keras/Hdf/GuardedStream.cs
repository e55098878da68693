using System.Runtime.CompilerServices;

namespace GeneratedNetworks.Import.Keras.Hdf;

/// <summary>
/// The file for a library that reads as it is told by the file: a bound on all that is read ends loops, and one on the stack ends recursion,
/// as exceptions.
/// </summary>
internal sealed class GuardedStream(byte[] content) : Stream
{
    private readonly MemoryStream _content = new(content, writable: false);
    private long _left = (1 << 26) + (64L * content.Length);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _content.Length;

    public override long Position
    {
        get => _content.Position;
        set => _content.Position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _left -= 16 + buffer.Length;
        if (_left < 0)
            throw new InvalidDataException("Its parts lead to each other without an end.");
        return _content.Read(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => _content.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
