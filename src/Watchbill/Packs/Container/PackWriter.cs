using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Watchbill.Packs.Container;

/// <summary>Writes a pack file by file, each once and straight through: what a file holds is never in memory as a whole.</summary>
internal sealed class PackWriter
{
    private readonly Stream _target;
    private readonly string _folder;
    private readonly List<ZipEntry> _entries = [];
    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);

    /// <param name="target">A stream that can go back; not closed.</param>
    /// <param name="folder">The folder that everything lies in.</param>
    public PackWriter(Stream target, string folder)
    {
        _target = target;
        _folder = folder;
    }

    /// <summary>SHA-256 of every file, in hex, in the order in which they were written.</summary>
    public IEnumerable<(string Name, string Sha256)> Digests => _entries.Select(entry => (NameOf(entry), _digests[NameOf(entry)]));

    /// <summary>So many bytes all files have.</summary>
    public long Bytes => _entries.Sum(static entry => entry.Size);

    /// <summary>Whether a file was written.</summary>
    public bool Holds(string name) => _digests.ContainsKey(name);

    /// <summary>SHA-256 of a file that was written, in hex.</summary>
    public string Sha256Of(string name) => _digests[name];

    /// <summary>Writes a file.</summary>
    /// <exception cref="PackTooLargeException">The pack would not fit into its container.</exception>
    public async Task AddAsync(string name, Func<Stream, Task> write)
    {
        var offset = _target.Position;
        if (_entries.Count == ZipLayout.MostFiles)
        {
            throw new PackTooLargeException();
        }

        // The header tells what is known only behind the file: its place is taken first.
        var entry = new ZipEntry($"{_folder}/{name}", 0, 0, offset);
        _target.Write(ZipLayout.Header(entry));
        await using (var content = new ContentStream(_target))
        {
            await using (var buffered = new BufferedStream(content, 128 * 1024))
            {
                await write(buffered);
            }

            _digests.Add(name, content.Sha256());
            entry = entry with { Size = content.Size, Crc = content.Crc() };
        }

        var end = _target.Position;
        _target.Position = offset;
        _target.Write(ZipLayout.Header(entry));
        _target.Position = end;
        _entries.Add(entry);
    }

    /// <summary>Writes a file that is at hand.</summary>
    public Task AddAsync(string name, string text) => AddAsync(name, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="AddAsync(string, string)"/>
    public Task AddAsync(string name, byte[] bytes) => AddAsync(name, stream => stream.WriteAsync(bytes).AsTask());

    /// <summary>Writes the directory; nothing can be added any more.</summary>
    public void Finish()
    {
        var offset = _target.Position;
        foreach (var entry in _entries)
        {
            _target.Write(ZipLayout.DirectoryEntry(entry));
        }

        _target.Write(ZipLayout.End(_entries.Count, _target.Position - offset, offset));
        _target.Flush();
    }

    private string NameOf(ZipEntry entry) => entry.Name[(_folder.Length + 1)..];

    /// <summary>Passes on what is written and takes its checksums.</summary>
    private sealed class ContentStream(Stream target) : Stream
    {
        private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly Crc32 _crc = new();

        public long Size { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Size;

        public override long Position { get => Size; set => throw new NotSupportedException(); }

        public string Sha256() => Convert.ToHexStringLower(_sha256.GetCurrentHash());

        public uint Crc() => _crc.GetCurrentHashAsUInt32();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (target.Position + buffer.Length > ZipLayout.MostBytes)
            {
                throw new PackTooLargeException();
            }

            _sha256.AppendData(buffer);
            _crc.Append(buffer);
            target.Write(buffer);
            Size += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override void Flush()
        {
        }

        // BufferedStream closes what it writes to; checksums are asked for after that.
        public override ValueTask DisposeAsync() => base.DisposeAsync();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

/// <summary>A pack would have more than 4 GB or 65,000 files.</summary>
internal sealed class PackTooLargeException : Exception
{
    public PackTooLargeException()
        : base("The pack would have more than 4 GB or 65,000 files.")
    {
    }
}
