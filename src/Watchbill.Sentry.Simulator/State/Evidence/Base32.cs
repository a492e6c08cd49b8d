using System.Text;

namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>Numbers as Sentry's short ids have them: base 32 without I, L, O and U.</summary>
internal static class Base32
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string Write(int number)
    {
        var text = new StringBuilder();
        for (var rest = number; rest > 0 || text.Length == 0; rest /= Digits.Length)
        {
            text.Insert(0, Digits[rest % Digits.Length]);
        }

        return text.ToString();
    }

    /// <summary>Null for a text that is no such number.</summary>
    public static int? Read(string text)
    {
        var number = 0;
        foreach (var letter in text)
        {
            var digit = Digits.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
            if (digit < 0 || number > int.MaxValue / Digits.Length)
            {
                return null;
            }

            number = (number * Digits.Length) + digit;
        }

        return text.Length > 0 ? number : null;
    }
}
