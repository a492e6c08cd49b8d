using Watchbill.Access.Facts;

namespace Watchbill.Access.Roles;

/// <summary>
/// The organization and team roles of one organization, ranked. Comes from the organization's own lists where Sentry told them
/// (stored as JSON in <see cref="OrganizationFact.RoleCatalogue"/>), else from the built-in table.
/// </summary>
public sealed class RoleCatalogue
{
    /// <summary>The id of the role whose scopes three settings of the organization trim.</summary>
    public const string MemberRole = "member";

    private readonly Dictionary<string, OrgRole> _orgRoles;
    private readonly Dictionary<string, TeamRole> _teamRoles;

    /// <summary>A catalogue of these roles; their places, lowest first, become their ranks. An empty list is replaced by the built-in one.</summary>
    public RoleCatalogue(IReadOnlyList<OrgRole> orgRoles, IReadOnlyList<TeamRole> teamRoles)
    {
        OrgRoles = [.. (orgRoles.Count > 0 ? orgRoles : BuiltInRoles.OrgRoles).Select(static (role, rank) => role with { Rank = rank })];
        TeamRoles = [.. (teamRoles.Count > 0 ? teamRoles : BuiltInRoles.TeamRoles).Select(static (role, rank) => role with { Rank = rank })];
        _orgRoles = ById(OrgRoles, static role => role.Id);
        _teamRoles = ById(TeamRoles, static role => role.Id);
    }

    /// <summary>The built-in table.</summary>
    public static RoleCatalogue BuiltIn { get; } = new([], []);

    /// <summary>The organization roles, lowest first.</summary>
    public IReadOnlyList<OrgRole> OrgRoles { get; }

    /// <summary>The team roles, lowest first.</summary>
    public IReadOnlyList<TeamRole> TeamRoles { get; }

    /// <summary>The highest organization role (owner).</summary>
    public OrgRole Top => OrgRoles[^1];

    /// <summary>
    /// The catalogue in force: the organization's own or, where it is missing or unreadable, the built-in one, with the settings applied
    /// that trim what the role <c>member</c> may do. Settings that are not told trim nothing.
    /// </summary>
    public static RoleCatalogue Of(OrganizationFact? organization)
    {
        var catalogue = FromJson(organization?.RoleCatalogue) ?? BuiltIn;
        return organization is null
            ? catalogue
            : new RoleCatalogue([.. catalogue.OrgRoles.Select(role => role.Id == MemberRole ? Trim(role, organization) : role)], catalogue.TeamRoles);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote; null when the text is null, is not such a document, or lists no organization roles.</summary>
    public static RoleCatalogue? FromJson(string? json) => RoleCatalogueJson.Read(json);

    /// <summary>The catalogue as the JSON that <see cref="OrganizationFact.RoleCatalogue"/> holds: same roles, same text.</summary>
    public string ToJson() => RoleCatalogueJson.Write(this);

    /// <summary>
    /// The role with this id. One that the organization's list lacks is looked up in the built-in table (lists may hide retired roles);
    /// one that neither holds is answered as unknown: not global and without scopes.
    /// </summary>
    public OrgRole OrgRole(string id) =>
        _orgRoles.GetValueOrDefault(id) ?? BuiltIn._orgRoles.GetValueOrDefault(id) ?? Roles.OrgRole.Unknown(id);

    /// <summary>
    /// The team role in effect: the higher of the stored one and the least one that the organization role gives.
    /// A stored role counts only where team roles are in force; one we do not know never counts.
    /// </summary>
    /// <param name="stored">The stored role's id; null when none is.</param>
    /// <param name="role">The member's organization role.</param>
    /// <param name="teamRolesInForce">The organization has the <c>team-roles</c> feature.</param>
    public TeamRole EffectiveTeamRole(string? stored, OrgRole role, bool teamRolesInForce)
    {
        var minimum = _teamRoles.GetValueOrDefault(role.MinimumTeamRole) ?? TeamRoles[0];
        var held = teamRolesInForce && stored is not null ? _teamRoles.GetValueOrDefault(stored) : null;
        return held is not null && held.Rank > minimum.Rank ? held : minimum;
    }

    private static Dictionary<string, TRole> ById<TRole>(IEnumerable<TRole> roles, Func<TRole, string> id)
    {
        // A list that names a role twice is broken; the first, lower one wins, so that the mistake cannot grant more.
        Dictionary<string, TRole> byId = new(StringComparer.Ordinal);
        foreach (var role in roles)
        {
            byId.TryAdd(id(role), role);
        }

        return byId;
    }

    private static OrgRole Trim(OrgRole role, OrganizationFact organization)
    {
        var scopes = role.Scopes;
        scopes = organization.EventsMemberAdmin is false ? scopes.Without("event:admin") : scopes;
        scopes = organization.AlertsMemberWrite is false ? scopes.Without("alerts:write") : scopes;
        scopes = organization.AllowMemberInvite is false ? scopes.Without("member:invite") : scopes;
        return role with { Scopes = scopes };
    }
}
