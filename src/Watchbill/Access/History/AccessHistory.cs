using Watchbill.Access.Explore;
using Watchbill.Access.Facts;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Access.History;

/// <summary>The story of one member, one team or one project: what began, changed and ended, who did it where Sentry logged it. For whoever may read access.</summary>
public sealed class AccessHistory
{
    private readonly HistoryStore _store;
    private readonly ExploreAccess _explore;

    /// <summary>Tells from this database.</summary>
    public AccessHistory(Database database, ExploreAccess explore) => (_store, _explore) = (new HistoryStore(database), explore);

    /// <summary>The lines, newest first.</summary>
    /// <remarks>Refusals: <c>bad-history</c> when not exactly one is named, and those of names. Who or what is gone now is found by its id alone.</remarks>
    public async Task<Result<IReadOnlyList<HistoryLine>>> OfAsync(Caller caller, ConnectorId connector, HistorySearch search, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        var picture = await _explore.PictureAsync(caller, connector, at: null, cancellationToken);
        return !picture.Succeeded ? picture.Refusal! : search switch
        {
            { Member: { } member, Team: null, Project: null } => await TellAsync(
                PictureLookup.Member(picture.Value, member).Select(static found => found.Id), member, _store.OfMemberAsync, HistoryLines.OfMember),
            { Member: null, Team: { } team, Project: null } => await TellAsync(
                PictureLookup.Team(picture.Value, team).Select(static found => found.Id), team, _store.OfTeamAsync, HistoryLines.OfTeam),
            { Member: null, Team: null, Project: { } project } => await TellAsync(
                PictureLookup.Project(picture.Value, project).Select(static found => found.Id), project, _store.OfProjectAsync, HistoryLines.OfProject),
            _ => new Refusal(RefusalKind.Invalid, "bad-history", "Name one whose history to tell: a member, a team or a project."),
        };

        async Task<Result<IReadOnlyList<HistoryLine>>> TellAsync(
            Result<string> found, string text, Func<ConnectorId, string, CancellationToken, Task<HistoryRows>> read, Func<HistoryRows, IReadOnlyList<HistoryLine>> tell)
        {
            if (!found.Succeeded && found.Refusal!.Kind is not RefusalKind.NotFound)
            {
                return found.Refusal;
            }

            var lines = tell(await read(connector, found.Succeeded ? found.Value : text, cancellationToken));
            return found.Succeeded || lines.Count > 0 ? Result.Of(lines) : found.Refusal!;
        }
    }

    /// <summary>What was ever known of the member with this id; all empty when it never was.</summary>
    public async Task<Result<MemberHistory>> OfMemberAsync(Caller caller, ConnectorId connector, string memberId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAccess) is { } refusal)
        {
            return refusal;
        }

        var rows = await _store.OfMemberAsync(connector, memberId, cancellationToken);
        return new MemberHistory(rows.Members, rows.Memberships, HistoryLines.OfMember(rows));
    }
}

/// <summary>What was ever known of a member.</summary>
/// <param name="Periods">The member's own periods, oldest first.</param>
/// <param name="Teams">Its places in teams, oldest first.</param>
/// <param name="Lines">Both told as a story, newest first.</param>
public sealed record MemberHistory(IReadOnlyList<MemberFact> Periods, IReadOnlyList<TeamMembershipFact> Teams, IReadOnlyList<HistoryLine> Lines);
