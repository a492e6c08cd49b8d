using System.Collections.Concurrent;
using System.Threading.Channels;
using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// Reads memberships member by member: cheaper than team by team where an organization has more teams than members.
/// All or nothing: one member that could not be read leaves every team unread.
/// </summary>
internal sealed class MemberTeamsReader(SentryClient client, string org, IReadOnlyList<SentryTeam> teams, bool hasTeamRoles)
{
    private const int MostAtOnce = 32;

    private readonly Dictionary<string, string> _teamIdBySlug = teams.Where(team => team.Slug is not null).ToDictionary(team => team.Slug!, team => team.Id);

    public async Task ReadAsync(ChannelWriter<ScopeReading> readings, ScopeRunner runner, Observation members, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<(string Team, string Member), string?>();

        // One reading stands for all teams; the scope's name is only a label until it is split.
        var reading = await runner.RunAsync(
            Scope.Members,
            async (readAt, token) =>
            {
                await Parallel.ForEachAsync(
                    members.Facts.OfType<MemberFact>(),
                    new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = token },
                    async (member, stop) => await ReadMemberAsync(member.Key, found, stop));
                return new Observation(Scope.Members, readAt, [], []);
            },
            cancellationToken);

        var byTeam = found.ToLookup(entry => entry.Key.Team, entry => KeyValuePair.Create(entry.Key.Member, entry.Value));
        foreach (var team in teams)
        {
            await readings.WriteAsync(Split(reading, team.Id, byTeam[team.Id]), cancellationToken);
        }
    }

    /// <summary>The slugs of a member's teams, each with the role that is stored there.</summary>
    public static IEnumerable<(string Slug, string? Role)> PlacesOf(SentryMemberDetail member)
    {
        var roles = (member.TeamRoles ?? []).Where(static role => role.TeamSlug is not null).ToDictionary(static role => role.TeamSlug!, static role => role.Role);
        return (member.Teams ?? []).Union(roles.Keys).Select(slug => (slug, roles.GetValueOrDefault(slug)));
    }

    private static ScopeReading Split(ScopeReading reading, string teamId, IEnumerable<KeyValuePair<string, string?>> members) => reading with
    {
        Scope = Scope.TeamMembers(teamId),
        Requests = 0,
        Observation = reading.Observation is null ? null : TeamMapping.ObserveMembers(teamId, reading.ReadAt, members),
        Note = "Read member by member, which takes fewer requests here.",
    };

    private async Task ReadMemberAsync(string memberId, ConcurrentDictionary<(string Team, string Member), string?> found, CancellationToken cancellationToken)
    {
        var member = await client.Members.GetAsync(org, memberId, cancellationToken);
        foreach (var (slug, role) in PlacesOf(member))
        {
            if (!_teamIdBySlug.TryGetValue(slug, out var teamId))
            {
                throw new UnbelievableAnswerException($"A member is in the team {slug}, which Sentry did not list; it was created or renamed meanwhile.");
            }

            found[(teamId, memberId)] = hasTeamRoles ? role : null;
        }
    }
}
