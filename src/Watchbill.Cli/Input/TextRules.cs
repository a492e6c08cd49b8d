using System.CommandLine;
using System.CommandLine.Parsing;

namespace Watchbill.Cli.Input;

/// <summary>What may be written where a text is asked for. The sentence says what is wrong; the command line's reader turns it into the end "bad input".</summary>
internal static class TextRules
{
    /// <summary>Names, slugs, addresses of people: what a person types.</summary>
    public const int Name = 256;

    /// <summary>Paths, reasons, connection strings.</summary>
    public const int LongText = 4096;

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public static string? Complaint(string what, string value, int limit)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return $"The {what} is empty; write one, or leave it out where it is optional.";
        }

        if (value.Length > limit)
        {
            return $"The {what} is {value.Length:N0} characters long; at most {limit:N0} are accepted.";
        }

        return value.Any(char.IsControl) ? $"The {what} holds a control character (a line break, a tab or an escape); remove it." : null;
    }

    public static Argument<T> WithText<T>(this Argument<T> argument, string what, int limit)
    {
        argument.Validators.Add(result => Check(result, result.Tokens, what, limit));
        return argument;
    }

    public static Option<T> WithText<T>(this Option<T> option, string what, int limit)
    {
        option.Validators.Add(result => Check(result, result.Tokens, what, limit));
        return option;
    }

    private static void Check(SymbolResult result, IEnumerable<Token> tokens, string what, int limit)
    {
        foreach (var token in tokens)
        {
            if (Complaint(what, token.Value, limit) is { } complaint)
            {
                result.AddError(complaint);
            }
        }
    }
}
