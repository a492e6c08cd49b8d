using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Watchbill.Cli.Input;

/// <summary>Reads an instant: a date, a date and time (UTC unless an offset is written), or how long ago ("3d", "12h").</summary>
internal static partial class Moments
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>An option whose value is an instant; <c>--at</c> unless another is named.</summary>
    public static Option<DateTimeOffset?> CreateOption(TimeProvider clock, string name = "--at", string? description = null) => new(name)
    {
        Description = description ?? "Answer as of this instant: 2026-11-01, 2026-11-01T12:00Z, or how long ago (3d, 12h) [default: now]",
        HelpName = "time",
        CustomParser = result => Parse(result, clock, name),
    };

    /// <summary>An argument that is an instant; null when it is left out.</summary>
    public static Argument<DateTimeOffset?> CreateArgument(TimeProvider clock, string name, string description) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result => Parse(result, clock, name),
    };

    private static DateTimeOffset? Parse(ArgumentResult result, TimeProvider clock, string name)
    {
        if (result.Tokens is [var token] && TryParse(token.Value, clock.GetUtcNow(), out var moment))
        {
            return moment;
        }

        result.AddError($"{name} is a time that has been: 2026-11-01, 2026-11-01T12:00Z (UTC unless an offset is written), or how long ago, for example 3d or 12h.");
        return null;
    }

    /// <summary>Reads a text; the future is refused because nothing is known of it.</summary>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset moment)
    {
        if (TryAge(text, out var age))
        {
            moment = age < now - DateTimeOffset.MinValue ? now - age : now;
            return true;
        }

        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, Styles, out moment) && moment <= now;
    }

    private static bool TryAge(string text, out TimeSpan age)
    {
        var match = Age().Match(text);
        var count = match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        age = match.Groups[2].Value switch
        {
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            "d" => TimeSpan.FromDays(count),
            _ => TimeSpan.Zero,
        };
        return match.Success;
    }

    [GeneratedRegex("^([0-9]{1,5})([mhd])$", RegexOptions.CultureInvariant)]
    private static partial Regex Age();
}
