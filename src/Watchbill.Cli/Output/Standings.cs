using Watchbill.Access;
using Watchbill.Access.Queries;

namespace Watchbill.Cli.Output;

/// <summary>Says in sentences what an answer's freshness means.</summary>
internal static class Standings
{
    private const string Memberships = "team memberships";

    public static Standing Of<T>(Answer<T> answer)
    {
        // A scope that was read after the instant in question cannot make the answer stale, whatever happened to it since.
        var stale = answer.Freshness.Stale.Where(scope => scope.LastCompleteAt < answer.At).ToList();
        var blind = answer.Freshness.BlindSpots.ToList();
        var oldest = answer.Freshness.Scopes.Where(static scope => !scope.IsBlindSpot).Min(static scope => scope.LastCompleteAt);
        var asOf = oldest is null ? null : answer.At < oldest ? answer.At : oldest;
        return new Standing(asOf, [.. Sentences(stale, StaleSentence)], [.. Sentences(blind, BlindSentence)]);
    }

    // Whatever failed for one reason is one sentence, be it a thousand teams.
    private static IEnumerable<string> Sentences(IReadOnlyList<ScopeFreshness> scopes, Func<string, ScopeFreshness, string> sentence) => scopes
        .GroupBy(static scope => scope.StaleReason)
        .Select(group => sentence(Listing.And([.. Parts(group)]), group.MinBy(static scope => scope.LastCompleteAt)!));

    private static IEnumerable<string> Parts(IEnumerable<ScopeFreshness> scopes) => scopes
        .GroupBy(static scope => Scope.TeamOf(scope.Scope) is not null ? Memberships : Words(scope.Scope))
        .Select(static group => group.Key == Memberships ? $"{Memberships} of {Listing.Count(group.Count(), "team")}" : group.Key);

    private static string StaleSentence(string what, ScopeFreshness scope) =>
        $"{what}: last read completely {((Cell)scope.LastCompleteAt).ForPeople()} UTC{Reason(scope)}";

    private static string BlindSentence(string what, ScopeFreshness scope) => $"{what}: never read completely{Reason(scope)}";

    private static string Reason(ScopeFreshness scope) => scope.StaleReason is { } reason ? $" ({reason.TrimEnd('.')})." : ".";

    private static string Words(string scope) => scope switch
    {
        Scope.SentryApps => "internal integrations and apps",
        _ => scope.Replace('-', ' '),
    };
}
