using System.Globalization;

namespace Watchbill.Sentry.Simulator.Generation.Evidence;

/// <summary>
/// Ids of 32 hexadecimal digits that look random but name the row they belong to: the first half is drawn, the second half hides two
/// numbers under it. So a million rows can be found by id without an index.
/// </summary>
internal sealed class RowCode(EvidenceSource source, string stream)
{
    private const int PartBits = 20;

    public string Write(long number, int part)
    {
        var packed = (number << PartBits) | (uint)part;
        var head = source.Hex(stream, packed, 16);
        return head + (packed ^ Mask(head)).ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the numbers back. False for every text that <see cref="Write"/> did not make.</summary>
    public bool TryRead(string text, out long number, out int part)
    {
        (number, part) = (0, 0);
        if (text.Length != 32 || !text.All(char.IsAsciiHexDigitLower) || !long.TryParse(text.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hidden))
        {
            return false;
        }

        var packed = hidden ^ Mask(text[..16]);
        (number, part) = (packed >> PartBits, (int)(packed & ((1 << PartBits) - 1)));
        return packed >= 0 && Write(number, part) == text;
    }

    private long Mask(string head)
    {
        var dice = source.Dice(stream + "-mask", long.Parse(head, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        return ((long)dice.Below(int.MaxValue) << 32) | (uint)dice.Below(int.MaxValue);
    }
}
