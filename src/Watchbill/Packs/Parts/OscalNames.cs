using System.Security.Cryptography;
using System.Text;

namespace Watchbill.Packs.Parts;

/// <summary>Identifiers as OSCAL wants them: tokens for controls, UUIDs of version 5 that are the same for the same thing in every pack.</summary>
internal static class OscalNames
{
    /// <summary>What our UUIDs are made from; never changes.</summary>
    private static readonly Guid Space = new("6a1f2c9e-0d7b-4c55-9a3e-5b8e7d2f4c10");

    /// <summary>The UUID of a thing (RFC 9562, version 5).</summary>
    public static string Uuid(params ReadOnlySpan<string> parts)
    {
        // SHA-1 is what the version says; nothing rests on it being hard to find another text for the same name.
#pragma warning disable CA5350
        var hash = SHA1.HashData([.. Space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(string.Join('\n', parts))]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString();
    }

    /// <summary>The token of a control: OSCAL takes no id that begins with a digit, and no brackets or blanks.</summary>
    public static string ControlId(string framework, string control)
    {
        if (framework.StartsWith("nist-800-53", StringComparison.Ordinal))
        {
            // As NIST's own catalog writes them: ac-2 and ac-2.1.
            return control.ToLowerInvariant().Replace("(", ".", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
        }

        var prefix = framework.Split('-')[0];
        var text = string.Concat(control.Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '.'));
        while (text.Contains("..", StringComparison.Ordinal))
        {
            text = text.Replace("..", ".", StringComparison.Ordinal);
        }

        text = text.Trim('.');
        return char.IsAsciiLetter(text[0]) ? text : $"{prefix}-{text}";
    }

    /// <summary>The statement of a control, which findings are about.</summary>
    public static string StatementId(string framework, string control) => ControlId(framework, control) + "_smt";
}
