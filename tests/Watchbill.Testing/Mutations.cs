using System.Text;

namespace Watchbill.Testing;

/// <summary>
/// Texts that are almost right: samples with bytes flipped, cut, doubled, swapped for what breaks parsers, or taken from one another. The same seed makes the same texts.
/// </summary>
/// <param name="seed">Where chance begins.</param>
/// <param name="samples">Texts that are right.</param>
public sealed class Mutations(int seed, IReadOnlyList<string> samples)
{
    private static readonly string[] Nasty =
        ["\0", "\uFFFD", "\uD800", "\u202E", "\r", "\n\n", "\"", "'", "\\", "{", "}", "[", "]", ":", ",", ".", "-", "%00", "&", "*", "!!binary", "null", "NaN", "1e999", "-9223372036854775809", "99999999999999999999", "true", "\t", "  ", "é", "𝔸", "<<", "@", "(", "eq"];

    private readonly Random _random = new(seed);

    /// <summary>How many broken texts a test tries: so many, or what <c>WATCHBILL_FUZZ_ROUNDS</c> says.</summary>
    public static int Rounds(int usual) => int.TryParse(Environment.GetEnvironmentVariable("WATCHBILL_FUZZ_ROUNDS"), out var rounds) ? Math.Clamp(rounds, 1, 100_000_000) : usual;

    /// <summary>Another one.</summary>
    public string Next()
    {
        var text = new StringBuilder(Any());
        for (var changes = _random.Next(1, 6); changes > 0; changes--)
        {
            Change(text);
        }

        return text.ToString();
    }

    private void Change(StringBuilder text)
    {
        var at = _random.Next(text.Length + 1);
        var length = Math.Min(_random.Next(1, 20), text.Length - at);
        switch (_random.Next(7))
        {
            case 0 when text.Length > 0:
                text[Math.Min(at, text.Length - 1)] = (char)_random.Next(1, 0x300);
                break;
            case 1:
                text.Remove(at, length);
                break;
            case 2:
                text.Insert(at, text.ToString(at, length));
                break;
            case 3:
                text.Insert(at, Nasty[_random.Next(Nasty.Length)]);
                break;
            case 4:
                text.Length = at;
                break;
            case 5:
                var other = Any();
                text.Insert(at, other[_random.Next(other.Length + 1)..]);
                break;
            default:
                text.Insert(at, new string(Nasty[_random.Next(Nasty.Length)][0], _random.Next(1, 300)));
                break;
        }
    }

    private string Any() => samples[_random.Next(samples.Count)];
}
