using Watchbill.Access.Effective;

namespace Watchbill.Console.Pages.Explore;

/// <summary>The people of a project's page, as filtered there; its download is the same.</summary>
internal static class ReacherTable
{
    /// <summary>Those who fit: grants first, then by address.</summary>
    /// <param name="access">Who reaches the project.</param>
    /// <param name="words">A part of name or address; null for any.</param>
    /// <param name="how">"granted", "open" or "stopped"; anything else for all.</param>
    public static IReadOnlyList<AccessPair> Of(ProjectAccess access, string? words, string? how) =>
    [
        .. access.Members.Where(pair => Fits(pair, words?.Trim(), how)).OrderByDescending(static pair => pair.IsHeld && pair.ReachesNow)
            .ThenByDescending(static pair => pair.ReachesNow).ThenBy(static pair => pair.Member.Email, StringComparer.Ordinal),
    ];

    private static bool Fits(AccessPair pair, string? words, string? how) =>
        (string.IsNullOrEmpty(words)
            || pair.Member.Name.Contains(words, StringComparison.OrdinalIgnoreCase)
            || pair.Member.Email.Contains(words, StringComparison.OrdinalIgnoreCase))
        && how switch
        {
            "granted" => pair.IsHeld,
            "open" => pair is { ReachesNow: true, IsHeld: false },
            "stopped" => pair.IsStopped,
            _ => true,
        };
}
