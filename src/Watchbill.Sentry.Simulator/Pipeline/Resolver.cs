namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>Turns the ids and slugs of a path into rows, and holds the caller's rights against them. Null means: go on.</summary>
internal static class Resolver
{
    /// <summary>Finds the organization. A cell knows only its own.</summary>
    public static Answer? Organization(Call call, string idOrSlug)
    {
        if (call.World.Find(idOrSlug) is not { } organization || (call.Host.Region is { } region && organization.Region != region))
        {
            return Refusals.NotFound();
        }

        call.Organization = organization;
        return null;
    }

    /// <summary>Finds member, team and project, then asks the object-level gate. The organization's lock must be held.</summary>
    public static Answer? Rest(Call call)
    {
        call.Access = new Access(call.Organization, call.Caller);
        return Project(call) ?? Team(call) ?? Member(call) ?? Gate(call);
    }

    private static Answer? Project(Call call)
    {
        if (!call.Parameters.TryGetValue("project", out var idOrSlug))
        {
            return null;
        }

        if (call.Organization.ProjectRows.Find(idOrSlug) is { } project)
        {
            call.Project = project;
            return null;
        }

        return call.Organization.FormerSlugs.TryGetValue(idOrSlug, out var renamed) && renamed.IsActive
            ? Moved(call, idOrSlug, renamed.Slug)
            : Refusals.NotFound();
    }

    private static Answer Moved(Call call, string from, string to)
    {
        var url = call.Path.Replace($"/{from}/", $"/{to}/", StringComparison.Ordinal) + call.QueryString;
        var answer = Refusals.Coded(302, "resource-moved", "Resource has been moved", writer =>
        {
            writer.WriteString("url", url);
            writer.WriteString("slug", to);
        });
        return answer.With("Location", url);
    }

    private static Answer? Team(Call call)
    {
        if (!call.Parameters.TryGetValue("team", out var idOrSlug) || call.Route.IsOfProject)
        {
            return null;
        }

        call.Team = call.Organization.TeamRows.Find(idOrSlug)!;
        return call.Team is null ? Refusals.NotFound() : null;
    }

    private static Answer? Member(Call call)
    {
        if (!call.Parameters.TryGetValue("member", out var id))
        {
            return null;
        }

        var member = id == "me" ? call.Access.Member : long.TryParse(id, out var number) ? call.Organization.MemberRows.Find(number) : null;
        call.Member = member!;
        return member is { IsListed: true } ? null : Refusals.NotFound();
    }

    private static Answer? Gate(Call call)
    {
        var (access, accepted) = (call.Access, call.Route.Accepted);
        var held = call.Route switch
        {
            { IsOfProject: true } => access.OnProject(call.Project),
            { IsOfTeam: true } => access.OnTeam(call.Team),
            _ => access.Scopes,
        };
        return accepted.IsEmpty || held.Overlaps(accepted) ? null : Refusals.Forbidden();
    }
}
