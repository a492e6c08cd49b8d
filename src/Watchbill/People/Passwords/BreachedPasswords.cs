using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Watchbill.Kernel;

namespace Watchbill.People.Passwords;

/// <summary>
/// Looks a password up in a sorted file of digests. The file has a billion lines, so it is halved again and again where it lies: some forty reads, no memory. Nobody
/// else is asked, and it is opened anew each time, because operators replace it.
/// </summary>
internal sealed class BreachedPasswords(BreachedPasswordOptions options)
{
    /// <summary>How many characters of a line are the digest.</summary>
    public const int DigitsOfDigest = 40;

    /// <summary>More than the longest line: a digest, a colon, a count and an end.</summary>
    private const int LongestLine = 80;

    /// <summary>Why it cannot be chosen: it is known, or nobody can tell whether it is; null when it can.</summary>
    public Refusal? Refuse(string password)
    {
        if (options.File is not { } file)
        {
            return null;
        }

        try
        {
            using var handle = File.OpenHandle(file, share: FileShare.ReadWrite | FileShare.Delete);
            return Holds(handle, DigestOf(password)) ? PeopleRefusals.PasswordBreached() : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return PeopleRefusals.BreachedPasswordsUnreadable();
        }
    }

    private static bool Holds(SafeFileHandle file, byte[] wanted)
    {
        var (low, high) = (0L, RandomAccess.GetLength(file));
        Span<byte> buffer = stackalloc byte[2 * LongestLine];
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var digest = LineFrom(file, middle, buffer, out var start);
            if (start >= high || digest.Length < DigitsOfDigest)
            {
                // No line begins between the middle and the upper end.
                high = middle;
                continue;
            }

            switch (digest.SequenceCompareTo(wanted))
            {
                case 0:
                    return true;
                case < 0:
                    low = start + DigitsOfDigest;
                    break;
                default:
                    high = middle;
                    break;
            }
        }

        return false;
    }

    /// <summary>The digest of the first line that begins at a place or after it; too short where no line follows.</summary>
    private static ReadOnlySpan<byte> LineFrom(SafeFileHandle file, long place, Span<byte> buffer, out long start)
    {
        // A line begins after the end of another, or where the file does.
        var from = Math.Max(place - 1, 0);
        ReadOnlySpan<byte> read = buffer[..RandomAccess.Read(file, buffer, from)];
        var skipped = place == 0 ? 0 : read.IndexOf((byte)'\n') + 1;
        start = from + skipped;
        return skipped == 0 && place > 0 ? [] : read[skipped..Math.Min(skipped + DigitsOfDigest, read.Length)];
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Lists of breached passwords are made with SHA-1; nothing is protected by it here.")]
    private static byte[] DigestOf(string password) => Encoding.ASCII.GetBytes(Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password))));
}
