using System.Security;
using System.Text;
using Watchbill.Kernel;

namespace Watchbill.People.Passwords;

/// <summary>Passwords that are known from breaches.</summary>
/// <param name="File">
/// The file that lists them: a line for each, its SHA-1 as 40 hexadecimal digits in upper case, in ascending order; what follows a colon is not looked at. That is what
/// the downloader of Have I Been Pwned writes. Null looks nowhere. Setting <c>BREACHED_PASSWORDS_FILE</c>.
/// </param>
public sealed record BreachedPasswordOptions(string? File)
{
    private const string Setting = "BREACHED_PASSWORDS_FILE";

    /// <summary>Reads the setting, and the first line of the file.</summary>
    /// <exception cref="BreachedPasswordSettingsException">There is no such file, or it is none of this kind; the message names it.</exception>
    public static BreachedPasswordOptions Read(IReadOnlyDictionary<string, string?> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Text(Setting) is not { } file)
        {
            return new BreachedPasswordOptions(File: null);
        }

        try
        {
            return HasDigests(file)
                ? new BreachedPasswordOptions(file)
                : throw new BreachedPasswordSettingsException($"{Setting}: {file} does not begin with a SHA-1 of 40 hexadecimal digits in upper case. Give the file that the downloader of Have I Been Pwned writes.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            throw new BreachedPasswordSettingsException($"{Setting}: {file} cannot be read: {failure.Message}");
        }
    }

    private static bool HasDigests(string file)
    {
        using var handle = System.IO.File.OpenHandle(file, share: FileShare.ReadWrite | FileShare.Delete);
        var first = new byte[BreachedPasswords.DigitsOfDigest];
        return RandomAccess.Read(handle, first, fileOffset: 0) == first.Length && Encoding.ASCII.GetString(first).All(static digit => char.IsAsciiHexDigitUpper(digit));
    }
}

/// <summary>The setting about breached passwords is wrong; the message names it.</summary>
public sealed class BreachedPasswordSettingsException(string message) : SettingsException(message);
