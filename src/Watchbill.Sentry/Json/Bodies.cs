using System.Text.Json.Serialization;

namespace Watchbill.Sentry.Json;

/// <summary>An answer of which nothing is read.</summary>
internal sealed record SentryNothing;

/// <summary>What invites somebody. Sentry fails on a team without a role, and ignores the role.</summary>
internal sealed record InvitationBody(string Email, string OrgRole, IReadOnlyList<TeamRoleItem> TeamRoles, bool SendInvite);

/// <summary>What sends an invitation again; it must be alone in its request.</summary>
internal sealed record ReinvitationBody(bool Reinvite, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Regenerate);

/// <summary>What a member is to be: the role and all teams, because those that are left out are taken away.</summary>
internal sealed record MemberChangeBody(string OrgRole, IReadOnlyList<TeamRoleItem> TeamRoles);

/// <summary>A team in such a request; Sentry fails when one of the two is not there.</summary>
internal sealed record TeamRoleItem(string TeamSlug, string Role);

internal sealed record TeamRoleBody(string TeamRole);

internal sealed record ScimRoleBody(string SentryOrgRole)
{
    public IReadOnlyList<string> Schemas { get; } = ["urn:ietf:params:scim:schemas:core:2.0:User"];
}

internal sealed record ScimPatchBody([property: JsonPropertyName("Operations")] IReadOnlyList<ScimOperation> Operations)
{
    public IReadOnlyList<string> Schemas { get; } = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
}

internal sealed record ScimOperation(string Op, string Path)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScimOperationValue>? Value { get; init; }
}

internal sealed record ScimOperationValue(string Value);
