namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>The <c>query</c> parameter of listings: <c>key:value</c> tokens, several of a kind allowed, and free text.</summary>
internal sealed class SearchQuery
{
    private readonly ILookup<string, string> byKey;

    private SearchQuery(IEnumerable<KeyValuePair<string, string>> tokens) =>
        byKey = tokens.ToLookup(token => token.Key, token => token.Value, StringComparer.Ordinal);

    public bool IsEmpty => byKey.Count == 0;

    public IEnumerable<string> Keys => byKey.Select(group => group.Key).Where(key => key.Length > 0);

    public IEnumerable<string> FreeText => byKey[""];

    public IEnumerable<string> this[string key] => byKey[key];

    public static SearchQuery Parse(string? query) => new((query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Token));

    /// <summary>Whether each word without a key occurs in one of the texts, whatever the case.</summary>
    public bool TextOccursIn(params IEnumerable<string> texts) =>
        FreeText.All(word => texts.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Sentry answers an unknown key with an empty list, not with an error.</summary>
    public bool HasOnly(params ReadOnlySpan<string> known)
    {
        foreach (var key in Keys)
        {
            if (!known.Contains(key))
            {
                return false;
            }
        }

        return true;
    }

    private static KeyValuePair<string, string> Token(string token)
    {
        var colon = token.IndexOf(':');
        return colon <= 0 || token.StartsWith('"')
            ? KeyValuePair.Create("", token.Trim('"'))
            : KeyValuePair.Create(token[..colon], token[(colon + 1)..].Trim('"'));
    }
}
