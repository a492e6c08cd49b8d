using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Watchbill.Kernel;

namespace Watchbill.People;

/// <summary>The form of what somebody enters about a person.</summary>
internal static partial class PersonInput
{
    private const int LongestName = 100;
    private const int LongestAddress = 254;

    /// <summary>The name without spaces around it; null when it cannot be a name.</summary>
    public static string? Name(string? text)
    {
        var name = text?.Trim();
        return name is { Length: > 0 and <= LongestName } && name.EnumerateRunes().All(IsPrintable) ? name : null;
    }

    /// <summary>The address as it is stored: lower-case, without spaces around it; null when it cannot be an address.</summary>
    public static string? Address(string? text)
    {
        var address = text?.Trim();
        return address is { Length: > 0 and <= LongestAddress } && AddressPattern.IsMatch(address) ? address.ToLowerInvariant() : null;
    }

    /// <summary>The refusal for roles that nobody can have; null when they are fine.</summary>
    public static Refusal? RefuseRoles(IReadOnlyCollection<Role> roles) =>
        roles.Count == 0 || roles.Any(static role => !Enum.IsDefined(role)) ? PeopleRefusals.BadRoles() : null;

    /// <summary>Nothing that hides, reverses or breaks the text around it. A lone surrogate arrives as the replacement character.</summary>
    public static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    [GeneratedRegex(
        @"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AddressPattern { get; }
}
