using System.Text;
using Watchbill.Kernel;

namespace Watchbill.People.Passwords;

/// <summary>Whose password it will be; what is known of them makes a password easy to guess.</summary>
internal sealed record PasswordOwner(string? Name, string Address);

/// <summary>
/// What a password must be, as NIST SP 800-63B-4 has it for a password that is the only factor: 15 characters or more, all characters allowed, nothing
/// asked about their kinds, not among the common or the obvious ones. It never expires. A character is a Unicode code point.
/// </summary>
internal static class PasswordRules
{
    public const int Shortest = 15;
    public const int Longest = 256;

    /// <summary>More than the longest password can have in UTF-16; longer input is not even hashed.</summary>
    public const int LongestInput = 2 * Longest;

    /// <summary>What must be left of a password when the obvious words are taken out of it.</summary>
    private const int LeastOfOwn = 8;

    private static readonly string[] Product = ["watchbill", "sentry"];

    /// <summary>Why this password cannot be chosen; null when it can.</summary>
    public static Refusal? Refuse(string? password, PasswordOwner owner)
    {
        var text = password ?? "";
        var characters = text.Length > LongestInput ? Longest + 1 : text.EnumerateRunes().Count();
        return characters < Shortest ? PeopleRefusals.PasswordTooShort(Shortest)
            : characters > Longest ? PeopleRefusals.PasswordTooLong(Longest)
            : text.EnumerateRunes().Any(static rune => rune == Rune.ReplacementChar || rune.Value == 0) ? PeopleRefusals.PasswordNotText()
            : IsCommon(Plain(text)) || IsRepetition(text) ? PeopleRefusals.PasswordTooCommon()
            : IsPersonal(text, owner) ? PeopleRefusals.PasswordTooPersonal()
            : null;
    }

    /// <summary>Upper case, spaces and signs are what people add to a common password; they are looked through.</summary>
    private static string Plain(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));

    private static bool IsCommon(string plain) =>
        CommonPasswords.Contains(plain) || IsRepetition(plain) || IsRow(plain) || CommonPasswords.Contains(plain.TrimEnd("0123456789".ToCharArray()));

    /// <summary>One short piece again and again: "aaaaaaaaaaaaaaa", "abc123abc123abc123", "passwordpassword".</summary>
    private static bool IsRepetition(string plain) =>
        Enumerable.Range(1, plain.Length / 2).Where(length => length <= 12)
            .Any(length => Enumerable.Range(length, plain.Length - length).All(at => plain[at] == plain[at - length]));

    /// <summary>Neighbours in the alphabet, among digits or on the keyboard, forwards or backwards, all the way.</summary>
    private static bool IsRow(string plain) => plain.Length > 0 && CommonPasswords.Rows.Any(row =>
    {
        var long_ = string.Concat(Enumerable.Repeat(row, 1 + (plain.Length / row.Length) + 1));
        return long_.Contains(plain, StringComparison.Ordinal) || long_.Contains(string.Concat(plain.Reverse()), StringComparison.Ordinal);
    });

    private static bool IsPersonal(string text, PasswordOwner owner)
    {
        var plain = Plain(text);
        var rest = WordsOf(owner).OrderByDescending(static word => word.Length).Aggregate(plain, static (left, word) => left.Replace(word, "", StringComparison.Ordinal));
        var taken = plain.Length - rest.Length;
        return taken > 0 && text.EnumerateRunes().Count() - taken < LeastOfOwn;
    }

    /// <summary>Shorter words than four letters are in everything.</summary>
    private static IEnumerable<string> WordsOf(PasswordOwner owner)
    {
        char[] between = [' ', '.', '-', '_', '+', '@'];
        var words = $"{owner.Name} {owner.Address}".Split(between, StringSplitOptions.RemoveEmptyEntries).Select(Plain);
        return words.Concat(Product).Where(static word => word.Length >= 4).Distinct();
    }
}
