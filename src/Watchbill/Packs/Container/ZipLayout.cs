using System.Buffers.Binary;
using System.Text;

namespace Watchbill.Packs.Container;

/// <summary>A file in a pack, as the container tells it.</summary>
/// <param name="Name">Its name, with the pack's folder before it.</param>
/// <param name="Size">So many bytes.</param>
/// <param name="Crc">Its CRC-32.</param>
/// <param name="Offset">Where its header begins.</param>
internal sealed record ZipEntry(string Name, long Size, uint Crc, long Offset);

/// <summary>
/// The bytes of the container around the files: a ZIP of stored files without dates, comments or anything else that could differ. Given the names, sizes and checksums there is one way to write it, on
/// every machine and in every version; so the same input gives the same bytes, and a byte that was changed anywhere between the files is found too.
/// </summary>
internal static class ZipLayout
{
    /// <summary>Beyond this the layout would need ZIP64.</summary>
    public const long MostBytes = uint.MaxValue - (64L * 1024 * 1024);

    /// <summary>Beyond this the layout would need ZIP64.</summary>
    public const int MostFiles = 65_000;

    /// <summary>So many bytes a header has before the name.</summary>
    public const int HeaderSize = 30;

    public const uint HeaderMark = 0x04034b50;
    private const uint DirectoryMark = 0x02014b50;
    private const uint EndMark = 0x06054b50;
    private const ushort Version = 20;

    // Names are UTF-8.
    private const ushort Flags = 0x0800;

    // 1980-01-01, the first day that the format knows.
    private const ushort Day = 0x0021;

    /// <summary>What stands before a file.</summary>
    public static byte[] Header(ZipEntry entry)
    {
        var name = Encoding.UTF8.GetBytes(entry.Name);
        var bytes = new byte[HeaderSize + name.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, HeaderMark);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), Version);
        Common(bytes.AsSpan(6), entry, name.Length);
        name.CopyTo(bytes.AsSpan(HeaderSize));
        return bytes;
    }

    /// <summary>What stands for a file in the directory behind all files.</summary>
    public static byte[] DirectoryEntry(ZipEntry entry)
    {
        const int size = 46;
        var name = Encoding.UTF8.GetBytes(entry.Name);
        var bytes = new byte[size + name.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, DirectoryMark);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), Version);
        Common(bytes.AsSpan(8), entry, name.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(42), checked((uint)entry.Offset));
        name.CopyTo(bytes.AsSpan(size));
        return bytes;
    }

    /// <summary>The end of the container.</summary>
    public static byte[] End(int files, long directorySize, long directoryOffset)
    {
        var bytes = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, EndMark);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), checked((ushort)files));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(10), checked((ushort)files));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), checked((uint)directorySize));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), checked((uint)directoryOffset));
        return bytes;
    }

    private static void Common(Span<byte> bytes, ZipEntry entry, int nameLength)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], Day);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], entry.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], checked((uint)entry.Size));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[16..], checked((uint)entry.Size));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[20..], checked((ushort)nameLength));
    }
}
