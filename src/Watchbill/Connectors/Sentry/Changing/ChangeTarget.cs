using Watchbill.Connectors.Provisioning;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Changing;

/// <summary>What a change is about, as Sentry tells it now.</summary>
/// <param name="State">What matters for the change.</param>
/// <param name="Member">The member or invitation; null when there is none or none is concerned.</param>
/// <param name="Team">The team; null when none is concerned, or when there is none.</param>
internal sealed record ChangeTarget(TargetState State, SentryMembership? Member, SentryTeam? Team)
{
    /// <summary>The member's teams with the stored roles; empty when not known.</summary>
    public IReadOnlyList<SentryMemberTeamRole> Places => PlacesOf(Member);

    /// <summary>Reads it.</summary>
    public static async Task<ChangeTarget> ReadAsync(SentryClient client, string org, Writer writer, IntendedChange change, CancellationToken cancellationToken)
    {
        var team = change.Team is { } id ? await OrNothingAsync(() => client.Teams.GetAsync(org, id, cancellationToken)) : null;
        if (change.Project is { } project)
        {
            var settings = await OrNothingAsync(() => client.Projects.GetSettingsAsync(org, project, cancellationToken));
            return new ChangeTarget(new TargetState { TeamHasProject = settings?.Teams?.Any(owner => owner.Id == change.Team) }, Member: null, team);
        }

        var member = change.Member is { } memberId
            ? await OrNothingAsync<SentryMembership>(async () => await client.Members.GetAsync(org, memberId, cancellationToken))
            : await FindAsync(client, org, change.Email!, cancellationToken);
        return new ChangeTarget(StateOf(member, team, writer), member, team);
    }

    private static TargetState StateOf(SentryMembership? member, SentryTeam? team, Writer writer)
    {
        if (member is null)
        {
            return new TargetState();
        }

        var places = PlacesOf(member);
        var state = new TargetState
        {
            Member = member.Id,
            IsInvitation = member.IsInvitation,
            IsExpired = member.Expired,
            OrgRole = member.RoleId,
            Teams = member is SentryMemberDetail ? [.. places.Select(static place => place.TeamSlug).OfType<string>().Order(StringComparer.Ordinal)] : null,
        };
        if (team is null)
        {
            return state;
        }

        var place = places.FirstOrDefault(one => one.TeamSlug == team.Slug);
        return state with
        {
            OnTeam = place is not null,
            TeamRole = place is null ? null : writer.Roles.EffectiveTeamRole(place.Role, writer.Roles.OrgRole(member.RoleId ?? ""), writer.HasTeamRoles).Id,
        };
    }

    private static IReadOnlyList<SentryMemberTeamRole> PlacesOf(SentryMembership? member) =>
        member is not SentryMemberDetail detail ? [] : detail.TeamRoles ?? [.. (detail.Teams ?? []).Select(static slug => new SentryMemberTeamRole { TeamSlug = slug })];

    /// <summary>The member or invitation with this address.</summary>
    private static async Task<SentryMembership?> FindAsync(SentryClient client, string org, string email, CancellationToken cancellationToken)
    {
        var found = await client.Members.List(org, $"email:{email}").ToListAsync(cancellationToken);
        return found.FirstOrDefault(member => string.Equals(member.Email, email, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<T?> OrNothingAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (SentryException failure) when (failure.Kind is SentryFailureKind.NotFound)
        {
            return null;
        }
    }
}
