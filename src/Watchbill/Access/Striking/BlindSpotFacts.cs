using static Watchbill.Access.Striking.Wording;

namespace Watchbill.Access.Striking;

/// <summary>What the other sentences cannot know.</summary>
internal static class BlindSpotFacts
{
    public static IEnumerable<StrikingFact> Of(Freshness freshness) =>
    [
        .. StrikingFacts.About("blind-spots", Gravity.Medium, freshness.BlindSpots.Select(static scope => scope.Scope),
            count => $"{Count(count, "listing")} {Fit(count, "was", "were")} never read to the end ({Named(freshness.BlindSpots)}): what {Fit(count, "it", "they")} would say is unknown."),
        .. StrikingFacts.About("stale", Gravity.Medium, freshness.Stale.Select(static scope => scope.Scope),
            count => $"{Count(count, "listing")} could not be read lately ({Named(freshness.Stale)}): what {Fit(count, "it says", "they say")} may have changed."),
        new StrikingFact("personal-tokens", Gravity.Low, "Sentry does not list the personal API tokens of members; they work as far as their owner's role does.", 1, []),
    ];

    private static string Named(IEnumerable<ScopeFreshness> scopes)
    {
        const int shown = 3;
        string[] names = [.. scopes.Select(static scope => scope.Scope)];
        return string.Join(", ", names.Take(shown)) + (names.Length > shown ? ", …" : "");
    }
}
