using Watchbill.Access.Facts;

namespace Watchbill.Access.Explore;

/// <summary>Which teams to show; what is null does not matter.</summary>
public sealed record TeamSearch
{
    /// <summary>A part of the slug or name.</summary>
    public string? Text { get; init; }

    /// <summary>Without members.</summary>
    public bool Empty { get; init; }

    /// <summary>Without projects.</summary>
    public bool WithoutProjects { get; init; }

    /// <summary>Managed through the identity provider, or not.</summary>
    public bool? Provisioned { get; init; }

    /// <inheritdoc cref="MemberSearch.Fact"/>
    public string? Fact { get; init; }

    /// <summary>The order, a name of <see cref="TeamTable.Orders"/>, with a minus in front for the reverse.</summary>
    public string? Sort { get; init; }
}

/// <summary>The table of teams.</summary>
public static class TeamTable
{
    /// <summary>What it can be ordered by.</summary>
    public static IReadOnlyDictionary<string, Comparison<TeamRow>> Orders { get; } = new Dictionary<string, Comparison<TeamRow>>(StringComparer.Ordinal)
    {
        ["slug"] = static (left, right) => string.CompareOrdinal(left.Team.Slug, right.Team.Slug),
        ["members"] = static (left, right) => left.Members.CompareTo(right.Members),
        ["projects"] = static (left, right) => left.Projects.CompareTo(right.Projects),
    };

    /// <summary>The rows that fit, in order.</summary>
    public static IReadOnlyList<TeamRow> Of(OrganizationPicture picture, TeamSearch search)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(search);
        var ids = search.Fact is { } fact ? picture.SubjectsOf(fact) : null;
        return Ordering.Sorted(
            picture.Teams.Where(row =>
                (ids is null || ids.Contains(row.Team.Id))
                && (!search.Empty || row.Members == 0)
                && (!search.WithoutProjects || row.Projects == 0)
                && (search.Provisioned is null || row.Team.IdpProvisioned == search.Provisioned)
                && Ordering.Contains(search.Text, row.Team.Slug, row.Team.Name)),
            search.Sort, Orders);
    }
}

/// <summary>Which projects to show; what is null does not matter.</summary>
public sealed record ProjectSearch
{
    /// <summary>A part of the slug or name.</summary>
    public string? Text { get; init; }

    /// <summary>The platform, exactly.</summary>
    public string? Platform { get; init; }

    /// <summary>Owned by the team with this id.</summary>
    public string? TeamId { get; init; }

    /// <summary>Owned by no team.</summary>
    public bool Orphan { get; init; }

    /// <inheritdoc cref="MemberSearch.Fact"/>
    public string? Fact { get; init; }

    /// <summary>The order, a name of <see cref="ProjectTable.Orders"/>, with a minus in front for the reverse.</summary>
    public string? Sort { get; init; }
}

/// <summary>The table of projects.</summary>
public static class ProjectTable
{
    /// <summary>What it can be ordered by.</summary>
    public static IReadOnlyDictionary<string, Comparison<ProjectRow>> Orders { get; } = new Dictionary<string, Comparison<ProjectRow>>(StringComparer.Ordinal)
    {
        ["slug"] = static (left, right) => string.CompareOrdinal(left.Project.Slug, right.Project.Slug),
        ["platform"] = static (left, right) => string.CompareOrdinal(left.Project.Platform, right.Project.Platform),
        ["teams"] = static (left, right) => left.Teams.Count.CompareTo(right.Teams.Count),
        ["held"] = static (left, right) => left.Held.CompareTo(right.Held),
        ["reached"] = static (left, right) => left.Reachable.CompareTo(right.Reachable),
    };

    /// <summary>The rows that fit, in order.</summary>
    public static IReadOnlyList<ProjectRow> Of(OrganizationPicture picture, ProjectSearch search)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(search);
        var ids = search.Fact is { } fact ? picture.SubjectsOf(fact) : null;
        return Ordering.Sorted(
            picture.Projects.Where(row =>
                (ids is null || ids.Contains(row.Project.Id))
                && (search.Platform is null || row.Project.Platform == search.Platform)
                && (search.TeamId is null || row.Teams.Any(team => team.Id == search.TeamId))
                && (!search.Orphan || row.Teams.Count == 0)
                && Ordering.Contains(search.Text, row.Project.Slug, row.Project.Name)),
            search.Sort, Orders);
    }
}

/// <summary>Which principals that are no persons to show; what is null does not matter.</summary>
public sealed record NonHumanSearch
{
    /// <summary>A part of the name or provider.</summary>
    public string? Text { get; init; }

    /// <summary>The kind.</summary>
    public NonHumanKind? Kind { get; init; }

    /// <summary>Holds this scope, for example <c>project:write</c>.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether it works.</summary>
    public Told? Active { get; init; }

    /// <inheritdoc cref="MemberSearch.Fact"/>
    public string? Fact { get; init; }

    /// <summary>The order, a name of <see cref="NonHumanTable.Orders"/>, with a minus in front for the reverse.</summary>
    public string? Sort { get; init; }
}

/// <summary>The table of principals that are no persons.</summary>
public static class NonHumanTable
{
    /// <summary>What it can be ordered by.</summary>
    public static IReadOnlyDictionary<string, Comparison<NonHumanRow>> Orders { get; } = new Dictionary<string, Comparison<NonHumanRow>>(StringComparer.Ordinal)
    {
        ["kind"] = static (left, right) => left.Principal.Kind.CompareTo(right.Principal.Kind),
        ["name"] = static (left, right) => string.Compare(left.Principal.Name, right.Principal.Name, StringComparison.OrdinalIgnoreCase),
        ["used"] = static (left, right) => Nullable.Compare(left.LastActive, right.LastActive),
        ["created"] = static (left, right) => Nullable.Compare(left.Principal.DateCreated, right.Principal.DateCreated),
    };

    /// <summary>The rows that fit, in order.</summary>
    public static IReadOnlyList<NonHumanRow> Of(OrganizationPicture picture, NonHumanSearch search)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(search);
        var ids = search.Fact is { } fact ? picture.SubjectsOf(fact) : null;
        return Ordering.Sorted(
            picture.NonHumans.Where(row =>
                (ids is null || ids.Contains(row.Principal.Key))
                && (search.Kind is null || row.Principal.Kind == search.Kind)
                && (search.Scope is null || row.Scopes?.Contains(search.Scope) is true)
                && (search.Active is null || Ordering.Of(row.Principal.IsActive) == search.Active)
                && Ordering.Contains(search.Text, row.Principal.Name, row.Principal.Provider ?? "")),
            search.Sort, Orders);
    }
}
