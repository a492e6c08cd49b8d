using System.CommandLine;
using System.Text.Json;

namespace Watchbill.Cli.Input;

/// <summary>Options whose value is one of a few words: an enum's members in kebab-case.</summary>
internal static class Choices
{
    /// <summary>The word for a member, for example <c>internal-integration</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Accepts exactly the words of these members and completes them in the shell.</summary>
    public static Option<T> AcceptingChoices<T>(this Option<T> option, params T[] values)
        where T : struct, Enum
    {
        var byWord = values.ToDictionary(Word, StringComparer.OrdinalIgnoreCase);
        option.CustomParser = result =>
        {
            var word = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (byWord.TryGetValue(word, out var value))
            {
                return value;
            }

            result.AddError($"{option.Name} is one of {string.Join(", ", byWord.Keys)}.");
            return default;
        };
        option.CompletionSources.Add(_ => byWord.Keys.Select(word => new System.CommandLine.Completions.CompletionItem(word)));
        return option;
    }

    /// <inheritdoc cref="AcceptingChoices{T}(Option{T}, T[])"/>
    public static Option<T?> AcceptingChoices<T>(this Option<T?> option, params T[] values)
        where T : struct, Enum
    {
        var byWord = values.ToDictionary(Word, StringComparer.OrdinalIgnoreCase);
        option.CustomParser = result =>
        {
            var word = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (byWord.TryGetValue(word, out var value))
            {
                return value;
            }

            result.AddError($"{option.Name} is one of {string.Join(", ", byWord.Keys)}.");
            return null;
        };
        option.CompletionSources.Add(_ => byWord.Keys.Select(word => new System.CommandLine.Completions.CompletionItem(word)));
        return option;
    }
}
