using System.CommandLine;
using Watchbill.Kernel;

namespace Watchbill.Cli.Input;

/// <summary>Options whose value is one of a few words: an enum's members in kebab-case.</summary>
internal static class Choices
{
    /// <summary>The member that a server's word names.</summary>
    /// <exception cref="BadInputException">It names none: the server is newer than this program.</exception>
    public static T Parse<T>(string word)
        where T : struct, Enum =>
        Word.Parse<T>(word) ?? throw new BadInputException($"The server says '{word}', which this version of watchbill does not know. Use the version that the server has.");

    /// <summary>Accepts exactly the words of these members and completes them in the shell.</summary>
    public static Option<T> AcceptingChoices<T>(this Option<T> option, params T[] values)
        where T : struct, Enum
    {
        var byWord = values.ToDictionary(Word.Of, StringComparer.OrdinalIgnoreCase);
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
        var byWord = values.ToDictionary(Word.Of, StringComparer.OrdinalIgnoreCase);
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
