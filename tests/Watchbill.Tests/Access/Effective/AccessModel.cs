namespace Watchbill.Tests.Access.Effective;

internal sealed record ModelMember(string Id, string Role)
{
    public bool Pending { get; init; }

    public bool Expired { get; init; }

    public bool? Active { get; init; }

    public bool? Suspended { get; init; }

    public bool OverLimit { get; init; }
}

internal sealed record ModelTeam(string Id, bool Scim);

internal sealed record ModelMembership(string Team, string Member, string? Role);

internal sealed record ModelLink(string Project, string Team);

/// <summary>What somebody may do: the right answer, in plain sets.</summary>
internal sealed record ModelAnswer(bool Held, bool Reaches, bool MayJoin, bool Unknown, string Scopes, string Paths);

/// <summary>
/// The rules of access once more, as slow and plain as they can be told, from the description of Sentry and not from the product.
/// Shares no code with it: role tables, comparisons and words are written out.
/// </summary>
internal sealed class AccessModel
{
    private const string Contributor = "event:read event:write project:read project:releases org:read member:read team:read alerts:read";
    private const string TeamAdmin = Contributor + " event:admin project:write project:admin team:write team:admin org:integrations alerts:write";
    private const string Member = Contributor + " event:admin member:invite alerts:write";
    private const string Admin = Member + " project:write project:admin team:write team:admin org:integrations";
    private const string Manager = Admin + " org:write member:write member:admin";
    private const string Owner = Manager + " org:admin org:billing";

    public bool? OpenMembership { get; init; }

    public bool? TeamRoles { get; init; }

    public bool? EventsMemberAdmin { get; init; }

    public bool? AlertsMemberWrite { get; init; }

    public bool? AllowMemberInvite { get; init; }

    public required IReadOnlyList<ModelMember> Members { get; init; }

    public required IReadOnlyList<ModelTeam> Teams { get; init; }

    public required IReadOnlyList<string> Projects { get; init; }

    public required IReadOnlyList<ModelMembership> Memberships { get; init; }

    public required IReadOnlyList<ModelLink> Links { get; init; }

    public ModelAnswer Ask(ModelMember member, string project)
    {
        var isGlobal = member.Role == "manager" || member.Role == "owner";
        var isBilling = member.Role == "billing";
        HashSet<string> scopes = [];
        List<string> paths = [];
        var held = false;
        var open = false;
        var joinable = false;

        if (isGlobal)
        {
            held = true;
            paths.Add("via org role " + member.Role);
        }

        foreach (var team in Teams)
        {
            if (isBilling || !Links.Any(link => link.Project == project && link.Team == team.Id))
            {
                continue;
            }

            var membership = Memberships.FirstOrDefault(candidate => candidate.Team == team.Id && candidate.Member == member.Id);
            if (membership is not null)
            {
                held = true;
                var isTeamAdmin = member.Role is "admin" or "manager" or "owner" || (TeamRoles == true && membership.Role == "admin");
                paths.Add($"via team {team.Id} ({(isTeamAdmin ? "admin" : "contributor")})");
                if (TeamRoles == true)
                {
                    scopes.UnionWith((isTeamAdmin ? TeamAdmin : Contributor).Split(' '));
                }
            }
            else if (!team.Scim && (OpenMembership == true || isGlobal))
            {
                joinable = true;
                paths.Add($"could join team {team.Id} ({(member.Role is "admin" or "manager" or "owner" ? "admin" : "contributor")}) without anyone's leave");
            }
        }

        if (OpenMembership == true && !isBilling)
        {
            open = true;
            paths.Add("via open membership");
        }

        var unknown = OpenMembership == null && !isBilling && !isGlobal;
        if (unknown)
        {
            paths.Add("perhaps via open membership (Sentry did not tell whether it is on)");
        }

        if (held || open)
        {
            scopes.UnionWith(OrgScopes(member.Role));
        }

        var stopped = member.Pending || member.Active == false || member.Suspended == true || member.OverLimit;
        return new ModelAnswer(
            held, !stopped && (held || open), !stopped && joinable, !stopped && unknown && !held,
            string.Join(' ', scopes.Order(StringComparer.Ordinal)), string.Join("; ", paths.Order(StringComparer.Ordinal)));
    }

    private HashSet<string> OrgScopes(string role)
    {
        HashSet<string> scopes = [.. role switch
        {
            "member" => Member.Split(' '),
            "admin" => Admin.Split(' '),
            "manager" => Manager.Split(' '),
            "owner" => Owner.Split(' '),
            "billing" => ["org:billing"],
            _ => Array.Empty<string>(),
        }];
        if (role == "member" && EventsMemberAdmin == false)
        {
            scopes.Remove("event:admin");
        }

        if (role == "member" && AlertsMemberWrite == false)
        {
            scopes.Remove("alerts:write");
        }

        if (role == "member" && AllowMemberInvite == false)
        {
            scopes.Remove("member:invite");
        }

        return scopes;
    }
}
