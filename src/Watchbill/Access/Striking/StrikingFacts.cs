using Watchbill.Access.Effective;

namespace Watchbill.Access.Striking;

/// <summary>What striking facts are found in.</summary>
/// <param name="Graph">The whole organization.</param>
/// <param name="Activity">What was last seen of each principal, by member id or principal key. Whoever is missing was not told of, and is not called dormant.</param>
/// <param name="Freshness">What the graph rests on.</param>
public sealed record StrikingBasis(AccessGraph Graph, IReadOnlyDictionary<string, PrincipalActivity> Activity, Freshness Freshness)
{
    /// <summary>Whoever was not active for this long is dormant.</summary>
    public TimeSpan DormantAfter { get; init; } = TimeSpan.FromDays(90);
}

/// <summary>Puts an organization's access into a few sentences, the gravest first.</summary>
public static class StrikingFacts
{
    /// <summary>Everything worth telling about the organization; what does not occur is not told.</summary>
    public static IReadOnlyList<StrikingFact> Of(StrikingBasis basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        var standings = new Standings(basis.Graph);
        return
        [
            .. OrganizationFacts.Of(basis.Graph)
                .Concat(PrivilegeFacts.Of(basis, standings))
                .Concat(PeopleFacts.Of(basis, standings))
                .Concat(NonHumanFacts.Of(basis.Graph))
                .Concat(ResourceFacts.Of(basis.Graph))
                .Concat(BlindSpotFacts.Of(basis.Freshness))
                .OrderBy(static fact => fact.Gravity).ThenByDescending(static fact => fact.Count).ThenBy(static fact => fact.Code, StringComparer.Ordinal),
        ];
    }

    /// <summary>A fact about some subjects; nothing when there are none.</summary>
    internal static IEnumerable<StrikingFact> About(string code, Gravity gravity, IEnumerable<string> subjects, Func<int, string> sentence)
    {
        string[] ids = [.. subjects];
        return ids.Length == 0 ? [] : [new StrikingFact(code, gravity, sentence(ids.Length), ids.Length, ids)];
    }
}
