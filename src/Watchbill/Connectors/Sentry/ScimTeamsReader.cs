using System.Threading.Channels;
using Watchbill.Access;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// Reads memberships a hundred teams at once through SCIM. A team is believed when it holds as many members as Sentry counts in it; the others, and all when
/// SCIM does not answer, are left for another way.
/// </summary>
internal sealed class ScimTeamsReader(SentryClient client, string org, IReadOnlyList<SentryTeam> teams)
{
    /// <param name="readings">Takes a reading for each team that is believed.</param>
    /// <param name="runner">Runs the read.</param>
    /// <param name="members">The members: SCIM also tells accounts that are switched off, which nothing else does.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The teams that are still to be read.</returns>
    public async Task<IReadOnlyList<SentryTeam>> ReadAsync(ChannelWriter<ScopeReading> readings, ScopeRunner runner, Observation members, CancellationToken cancellationToken)
    {
        Dictionary<string, ScimGroup> groups = [];

        // One reading stands for all teams; the scope's name is only a label until it is split.
        var reading = await runner.RunAsync(
            Scope.TeamMembersFamily,
            async (readAt, token) =>
            {
                groups = (await client.Scim.ListGroups(org).ToListAsync(token)).ToDictionary(static group => group.Id, StringComparer.Ordinal);
                return new Observation(Scope.TeamMembersFamily, readAt, [], []);
            },
            cancellationToken);
        if (reading.Observation is null)
        {
            return teams;
        }

        var listed = members.Facts.Select(static member => member.Key).ToHashSet(StringComparer.Ordinal);
        List<SentryTeam> left = [];
        foreach (var team in teams)
        {
            if (groups.GetValueOrDefault(team.Id)?.Members is { } found && found.Count == team.MemberCount && found.DistinctBy(static member => member.Value).Count() == found.Count)
            {
                var places = found.Where(member => listed.Contains(member.Value)).Select(static member => KeyValuePair.Create(member.Value, (string?)null));
                await readings.WriteAsync(
                    reading with { Scope = Scope.TeamMembers(team.Id), Requests = 0, Observation = TeamMapping.ObserveMembers(team.Id, reading.ReadAt, places), Note = "Read through SCIM." },
                    cancellationToken);
            }
            else
            {
                left.Add(team);
            }
        }

        return left;
    }
}
