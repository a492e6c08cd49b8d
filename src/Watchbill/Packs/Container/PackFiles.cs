using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Watchbill.Packs.Container;

/// <summary>The files of a pack to be verified, each with the SHA-256 of what lies there now.</summary>
internal abstract class PackFiles : IDisposable
{
    /// <summary>Longer files are never read into memory.</summary>
    private const long MostInMemory = 64 * 1024 * 1024;

    /// <summary>SHA-256 of every file by its name, in hex.</summary>
    public SortedDictionary<string, string> Digests { get; } = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the container itself; empty when nothing is.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>So many bytes all files have.</summary>
    public long Bytes { get; protected set; }

    /// <summary>A file; null when there is none with this name.</summary>
    public abstract Stream? Open(string name);

    /// <summary>A file as bytes; null when there is none with this name, or when it is too long to be one of those that are read whole.</summary>
    public byte[]? Read(string name)
    {
        using var stream = Open(name);
        if (stream is null || stream.Length > MostInMemory)
        {
            return null;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A file as text; null as <see cref="Read"/> says, and when it is no UTF-8.</summary>
    public string? ReadText(string name)
    {
        try
        {
            return Read(name) is { } bytes ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The lines of a file, one after the other; none when there is no file with this name.</summary>
    public IEnumerable<string> Lines(string name)
    {
        using var stream = Open(name);
        if (stream is null)
        {
            yield break;
        }

        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Takes up a pack: a file, or the folder that it was unpacked to.</summary>
    public static PackFiles Of(string path) => Directory.Exists(path) ? new FolderFiles(path) : new ZipFiles(path);
}

/// <summary>A pack that was unpacked.</summary>
internal sealed class FolderFiles : PackFiles
{
    private readonly string _folder;

    public FolderFiles(string folder)
    {
        _folder = Path.GetFullPath(folder);
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            using var stream = File.OpenRead(file);
            Digests.Add(Path.GetRelativePath(_folder, file).Replace(Path.DirectorySeparatorChar, '/'), Convert.ToHexStringLower(SHA256.HashData(stream)));
            Bytes += stream.Length;
        }
    }

    public override Stream? Open(string name) => Digests.ContainsKey(name) ? File.OpenRead(Path.Combine(_folder, name)) : null;
}

/// <summary>
/// A pack as it was written. It is walked from its first byte to its last: everything that is not a file must be exactly what <see cref="ZipLayout"/> writes for the files that are there.
/// </summary>
internal sealed class ZipFiles : PackFiles
{
    private readonly FileStream _file;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);

    public ZipFiles(string path)
    {
        _file = File.OpenRead(path);
        try
        {
            Walk();
        }
        catch (InvalidDataException broken)
        {
            Problems.Add(broken.Message);
        }
    }

    /// <summary>The files as the container tells them.</summary>
    public IEnumerable<ZipEntry> Entries => _entries.Values;

    public override Stream? Open(string name) => _entries.TryGetValue(name, out var entry) ? new PartStream(_file, entry.Offset + ZipLayout.Header(entry).Length, entry.Size) : null;

    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }

    private void Walk()
    {
        List<ZipEntry> entries = [];
        while (NextEntry() is { } entry)
        {
            entries.Add(entry);
        }

        var directory = _file.Position;
        foreach (var entry in entries)
        {
            Expect(ZipLayout.DirectoryEntry(entry), $"what the container's directory says of {entry.Name}");
        }

        Expect(ZipLayout.End(entries.Count, _file.Position - directory, directory), "the end of the container");
        if (_file.Position != _file.Length)
        {
            throw new InvalidDataException($"Behind the end of the container are {_file.Length - _file.Position:N0} more bytes.");
        }
    }

    /// <summary>Reads the next file through; null where the files end.</summary>
    private ZipEntry? NextEntry()
    {
        var offset = _file.Position;
        var head = new byte[ZipLayout.HeaderSize];
        if (_file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || BinaryPrimitives.ReadUInt32LittleEndian(head) != ZipLayout.HeaderMark)
        {
            _file.Position = offset;
            return null;
        }

        var name = new byte[BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(26))];
        var size = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(18));
        if (_file.ReadAtLeast(name, name.Length, throwOnEndOfStream: false) < name.Length || _file.Length - _file.Position < size)
        {
            throw new InvalidDataException($"The container ends in the middle of a file, or was changed near byte {offset:N0}.");
        }

        var (sha256, crc) = Checksums(size);
        var entry = new ZipEntry(Encoding.UTF8.GetString(name), size, crc, offset);
        var end = _file.Position;
        _file.Position = offset;
        Expect(ZipLayout.Header(entry), $"what stands before {entry.Name}, or the file itself,");
        _file.Position = end;
        Bytes += size;
        var inside = entry.Name[(entry.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (!_entries.TryAdd(inside, entry) || _entries.Values.First().Name.Split('/')[0] != entry.Name.Split('/')[0])
        {
            throw new InvalidDataException($"The file {entry.Name} is in the container twice, or not in the folder of the others.");
        }

        Digests.Add(inside, sha256);
        return entry;
    }

    private (string Sha256, uint Crc) Checksums(long size)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var crc = new Crc32();
        var buffer = new byte[128 * 1024];
        for (var left = size; left > 0;)
        {
            var read = _file.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0)
            {
                throw new InvalidDataException("The container ends in the middle of a file.");
            }

            sha256.AppendData(buffer, 0, read);
            crc.Append(buffer.AsSpan(0, read));
            left -= read;
        }

        return (Convert.ToHexStringLower(sha256.GetHashAndReset()), crc.GetCurrentHashAsUInt32());
    }

    private void Expect(byte[] expected, string what)
    {
        var bytes = new byte[expected.Length];
        if (_file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length || !bytes.AsSpan().SequenceEqual(expected))
        {
            throw new InvalidDataException($"In the container {what} is not as it was written.");
        }
    }

    /// <summary>A part of the file.</summary>
    private sealed class PartStream(FileStream file, long start, long length) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, buffer.AsSpan(offset, (int)Math.Min(count, length - _position)), start + _position);
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
