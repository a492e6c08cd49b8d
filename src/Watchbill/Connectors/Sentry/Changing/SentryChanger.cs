using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Changing;

/// <summary>Makes changes in one organization: reads what is, says what would be refused, sends, reads back. Each step is its own: whoever calls it keeps what came of it.</summary>
internal sealed class SentryChanger : IDisposable
{
    private readonly SentryClient _client;
    private readonly string _org;
    private readonly Writer _writer;

    private SentryChanger(SentryClient client, string org, Writer writer)
    {
        _client = client;
        _org = org;
        _writer = writer;
    }

    /// <summary>Finds out whom the token acts for.</summary>
    /// <exception cref="SentryException">Sentry does not answer, or not to this token.</exception>
    /// <exception cref="UnbelievableAnswerException">The slug means another organization now.</exception>
    public static async Task<SentryChanger> OpenAsync(SentryClient client, ConnectorRow connector, SentryTokenKind kind, CancellationToken cancellationToken)
    {
        var home = await client.ResolveRegionAsync(connector.OrganizationSlug, cancellationToken);
        if (connector.OrganizationId is { } known && home.Organization.Id != known)
        {
            throw UnbelievableAnswerException.OtherOrganization(connector.OrganizationSlug, home.Organization.Id, known);
        }

        return new SentryChanger(client, connector.OrganizationSlug, await Writer.ReadAsync(client, home.Organization, kind, cancellationToken));
    }

    public Writer Writer => _writer;

    public Task<ChangeTarget> ReadAsync(IntendedChange change, CancellationToken cancellationToken) =>
        ChangeTarget.ReadAsync(_client, _org, _writer, change, cancellationToken);

    public Refusal? Refuse(IntendedChange change, ChangeTarget target) => ChangeRules.Refuse(change, target, _writer);

    /// <summary>The request that makes the change, as people read it.</summary>
    public string Describe(IntendedChange change, ChangeTarget target)
    {
        var (member, team) = ($"members/{change.Member}/", target.Team?.Slug);
        return change.Kind switch
        {
            ChangeKind.RemoveMember or ChangeKind.WithdrawInvitation when ChangeRules.RemovesThroughScim(target, _writer) => $"DELETE {Place($"scim/v2/Users/{change.Member}")}",
            ChangeKind.RemoveMember or ChangeKind.WithdrawInvitation => $"DELETE {Place(member)}",
            ChangeKind.ChangeOrgRole when !_writer.IsPerson => $"PUT {Place($"scim/v2/Users/{change.Member}")} with the role {change.Role}, which Sentry then marks as given by the identity provider",
            ChangeKind.ChangeOrgRole => $"PUT {Place(member)} with the role {change.Role} and all {TeamsAfter(change.Role!, target).Count} teams",
            ChangeKind.JoinTeam or ChangeKind.LeaveTeam when ChangeRules.JoinsThroughScim(target, _writer) =>
                $"PATCH {Place($"scim/v2/Groups/{change.Team}")} to {(change.Kind is ChangeKind.JoinTeam ? "add" : "remove")} the member {change.Member}",
            ChangeKind.JoinTeam => $"POST {Place($"{member}teams/{team}/")}",
            ChangeKind.LeaveTeam => $"DELETE {Place($"{member}teams/{team}/")}",
            ChangeKind.ChangeTeamRole => $"PUT {Place($"{member}teams/{team}/")} with the role {change.Role}",
            ChangeKind.AddProjectTeam => $"POST /projects/{_org}/{change.Project}/teams/{team}/",
            ChangeKind.RemoveProjectTeam => $"DELETE /projects/{_org}/{change.Project}/teams/{team}/",
            ChangeKind.Invite => $"POST {Place("members/")} with the role {change.Role}",
            ChangeKind.ResendInvitation => $"PUT {Place(member)} to send the invitation again",
        };
    }

    /// <summary>Sends the one request that makes the change.</summary>
    /// <returns>Why it cannot have worked although Sentry took it; null otherwise. Only reading back tells that it worked.</returns>
    /// <exception cref="SentryException">Sentry refused it, or nobody knows.</exception>
    public async Task<Refusal?> SendAsync(IntendedChange change, ChangeTarget target, CancellationToken cancellationToken)
    {
        switch (change.Kind)
        {
            case ChangeKind.RemoveMember or ChangeKind.WithdrawInvitation:
                await (ChangeRules.RemovesThroughScim(target, _writer)
                    ? _client.Scim.RemoveUserAsync(_org, change.Member!, cancellationToken)
                    : _client.Members.RemoveAsync(_org, change.Member!, cancellationToken));
                return null;
            case ChangeKind.ChangeOrgRole:
                await (_writer.IsPerson
                    ? (Task)_client.Members.ReplaceAsync(_org, change.Member!, change.Role!, TeamsAfter(change.Role!, target), cancellationToken)
                    : _client.Scim.SetRoleAsync(_org, change.Member!, change.Role!, cancellationToken));
                return null;
            case ChangeKind.JoinTeam or ChangeKind.LeaveTeam:
                return await MoveAsync(change, target, cancellationToken);
            case ChangeKind.ChangeTeamRole:
                await _client.Members.SetTeamRoleAsync(_org, change.Member!, target.Team!.Slug!, change.Role!, cancellationToken);
                return null;
            case ChangeKind.AddProjectTeam:
                await _client.Projects.AddTeamAsync(_org, change.Project!, target.Team!.Slug!, cancellationToken);
                return null;
            case ChangeKind.RemoveProjectTeam:
                await _client.Projects.RemoveTeamAsync(_org, change.Project!, target.Team!.Slug!, cancellationToken);
                return null;
            case ChangeKind.Invite:
                await _client.Members.InviteAsync(_org, new SentryInvitation(change.Email!, change.Role!, []), cancellationToken);
                return null;
            case ChangeKind.ResendInvitation:
                await _client.Members.ReinviteAsync(_org, change.Member!, regenerate: target.State.IsExpired is true, cancellationToken);
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "There is no way to make it.");
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<Refusal?> MoveAsync(IntendedChange change, ChangeTarget target, CancellationToken cancellationToken)
    {
        if (ChangeRules.JoinsThroughScim(target, _writer))
        {
            await (change.Kind is ChangeKind.JoinTeam
                ? _client.Scim.AddToGroupAsync(_org, change.Team!, change.Member!, cancellationToken)
                : _client.Scim.RemoveFromGroupAsync(_org, change.Team!, change.Member!, cancellationToken));
            return null;
        }

        if (change.Kind is ChangeKind.LeaveTeam)
        {
            await _client.Members.LeaveTeamAsync(_org, change.Member!, target.Team!.Slug!, cancellationToken);
            return null;
        }

        return await _client.Members.JoinTeamAsync(_org, change.Member!, target.Team!.Slug!, cancellationToken) is SentryJoining.Requested
            ? ProvisioningRefusals.OnlyRequested()
            : null;
    }

    /// <summary>All teams the member has, because those left out are taken away; none for a role that may not have any.</summary>
    private IReadOnlyList<SentryMemberTeamRole> TeamsAfter(string role, ChangeTarget target) =>
        _writer.Roles.OrgRole(role) is { AllowsTeamRoles: false } ? [] : target.Places;

    private string Place(string path) => $"/organizations/{_org}/{path}";
}
