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

    // A thousand teams that failed for one reason are one sentence.
    private static IEnumerable<string> Sentences(IReadOnlyList<ScopeFreshness> scopes, Func<string, ScopeFreshness, string> sentence) => scopes
        .GroupBy(static scope => (What: Scope.TeamOf(scope.Scope) is not null ? Memberships : scope.Scope, scope.StaleReason))
        .Select(group => sentence(group.Key.What == Memberships ? $"{Memberships} of {Listing.Count(group.Count(), "team")}" : Words(group.Key.What), group.First()));

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
