using Watchbill.Access.Explore;
using Watchbill.Access.Facts;
using Watchbill.Access.Queries;
using Watchbill.Kernel;
using Contract = Watchbill.Contracts.Access;

namespace Watchbill.Access;

/// <summary>What the HTTP API's filters ask of the tables.</summary>
internal static class AccessSearches
{
    public static MemberSearch Of(Contract.MemberQuery query) => new()
    {
        Text = query.Text,
        Role = query.Role,
        State = Word.Parse<MemberState>(query.State),
        TwoFactor = Word.Parse<Told>(query.TwoFactor),
        Sso = query.Sso,
        InactiveDays = query.InactiveDays,
        TeamId = query.Team,
        WithoutTeam = query.WithoutTeam is true,
        Fact = query.Fact,
        Sort = query.Sort,
    };

    public static RemovalSearch Of(Contract.IRemovalQuery query) => new()
    {
        Member = query.Member,
        Team = query.Team,
        Project = query.Project,
        OpenMembership = query.OpenMembership is true,
    };

    public static TeamSearch Of(Contract.TeamQuery query) => new()
    {
        Text = query.Text,
        Empty = query.WithoutMembers is true,
        WithoutProjects = query.WithoutProjects is true,
        Provisioned = query.IdpProvisioned,
        Fact = query.Fact,
        Sort = query.Sort,
    };

    public static ProjectSearch Of(Contract.ProjectQuery query) => new()
    {
        Text = query.Text,
        Platform = query.Platform,
        TeamId = query.Team,
        Orphan = query.WithoutTeam is true,
        Fact = query.Fact,
        Sort = query.Sort,
    };

    public static NonHumanSearch Of(Contract.PrincipalQuery query) => new()
    {
        Text = query.Text,
        Kind = Word.Parse<NonHumanKind>(query.Kind),
        Scope = query.Scope,
        Active = Word.Parse<Told>(query.Active),
        Fact = query.Fact,
        Sort = query.Sort,
    };
}
