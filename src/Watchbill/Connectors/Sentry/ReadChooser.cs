using Watchbill.Access;
using Watchbill.Access.Logged;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// Decides what an incremental run reads: with Sentry's audit log what it names since each scope was read, without it the cheap listings and those teams
/// whose turn it is. Stale scopes are tried again either way.
/// </summary>
internal sealed class ReadChooser(ReadRequest request, LoggedStore logged, OpenFactsStore open)
{
    private static readonly string[] Listings =
    [
        Scope.Organization, Scope.AuthProvider, Scope.Members, Scope.Teams, Scope.Projects, Scope.SentryApps, Scope.Integrations, Scope.OrganizationTokens,
    ];

    /// <summary>What the log names. Call it after the log was read to now.</summary>
    public async Task<ReadChoice> ByLogAsync(CancellationToken cancellationToken)
    {
        var reads = request.Known.Values.Where(static state => state is { Scope: not Scope.AuditLog, LastCompleteAt: not null } && !IsEmptyTeam(state)).ToList();
        if (reads.Count == 0)
        {
            return ReadChoice.Everything;
        }

        var oldest = reads.Min(static state => state.LastCompleteAt!.Value);
        var lines = await logged.SeenAfterAsync(request.Connector, oldest, oldest - LogTargets.Slack, cancellationToken);
        var stale = Stale().ToList();
        if (lines.Count == 0 && stale.Count == 0)
        {
            return new ReadChoice { Note = "The audit log names no change." };
        }

        var targets = new LogTargets(request, await open.TeamsAsync(request.Connector, cancellationToken));
        foreach (var line in lines)
        {
            targets.Add(line);
        }

        stale.ForEach(targets.AddScope);
        var pages = RequestPlan.OfMembers(request.KnownRows(Scope.Members));
        foreach (var (member, slugs) in targets.Places(pages))
        {
            targets.AddTeams(slugs, (await open.PlacesOfAsync(request.Connector, member, cancellationToken)).Select(static place => place.TeamId));
        }

        return targets.ToChoice(pages) with { Note = NoteOf(targets) };
    }

    /// <summary>Where the log cannot be read: every listing that is cheap, and so many of the teams, oldest first, that all have their turn between two full runs.</summary>
    /// <param name="now">The time.</param>
    /// <param name="every">The time between two full runs.</param>
    public ReadChoice ByAge(DateTimeOffset now, TimeSpan every)
    {
        var teams = request.Known.Values.Where(static state => Scope.TeamOf(state.Scope) is not null && state.LastCompleteAt is not null)
            .OrderBy(static state => state.LastCompleteAt).ToList();
        var last = request.Known.GetValueOrDefault(Scope.Organization)?.LastCompleteAt ?? DateTimeOffset.MinValue;
        var share = Math.Clamp((now - last) / every, 0, 1);
        var due = teams.Take((int)Math.Ceiling(teams.Count * share)).Select(static state => state.Scope);
        var readable = Listings.Where(scope => request.Known.GetValueOrDefault(scope) is { LastCompleteAt: not null });
        return new ReadChoice
        {
            Scopes = readable.Concat(due).Concat(Stale()).ToHashSet(StringComparer.Ordinal),
            ComparesCounts = true,
            Note = "The audit log cannot be read: the listings were read, of the teams those whose read is oldest and those whose number of members changed.",
        };
    }

    private static string? NoteOf(LogTargets targets) => targets.UnknownEvents.Count == 0
        ? null
        : $"Everything was read, because the audit log has lines of an unknown kind: {string.Join(", ", targets.UnknownEvents.Order(StringComparer.Ordinal).Take(5))}.";

    /// <summary>A team that is gone is never read again: the time of its last read says nothing of how far the log was followed.</summary>
    private static bool IsEmptyTeam(ScopeState state) => state.RowCount == 0 && Scope.TeamOf(state.Scope) is not null;

    /// <summary>What could be read once but not the last time, and what a ledger cannot be without. Other blind spots are for full runs to try.</summary>
    private IEnumerable<string> Stale() => request.Known.Values
        .Where(static state => state is { StaleSince: not null, Scope: not Scope.AuditLog } && (state.LastCompleteAt is not null || Scope.IsEssential(state.Scope)))
        .Select(static state => state.Scope);
}
