namespace Watchbill.Sentry.Transport;

/// <summary>
/// Reads a body up to a limit, and remembers its first and last visible byte: they tell HTML from JSON, and whole JSON from a piece of it.
/// It stands after decompression, so a small answer that unpacks into a huge one is caught.
/// </summary>
internal sealed class BoundedStream(Stream inner, long limit) : Stream
{
    public long BytesRead { get; private set; }

    /// <summary>0 while nothing but white space was read.</summary>
    public byte FirstVisible { get; private set; }

    public byte LastVisible { get; private set; }

    public bool AtEnd { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Note(buffer.Span[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Note(ReadOnlySpan<byte> bytes)
    {
        AtEnd = bytes.IsEmpty;
        BytesRead += bytes.Length;
        if (BytesRead > limit)
        {
            throw new BodyTooLargeException(limit);
        }
        var visible = bytes.Trim(" \t\r\n"u8);
        if (visible.IsEmpty)
        {
            return;
        }
        FirstVisible = FirstVisible == 0 ? visible[0] : FirstVisible;
        LastVisible = visible[^1];
    }
}

/// <summary>The body is larger than allowed. Not an <see cref="IOException"/>, because trying again would not help.</summary>
internal sealed class BodyTooLargeException(long limit) : Exception($"The answer is larger than {limit} bytes.");
