using Watchbill.Access.Explore;
using Watchbill.Kernel;

namespace Watchbill.Connectors.Provisioning;

/// <summary>A change as a person writes it: names where Sentry has ids.</summary>
/// <param name="Kind">What shall change.</param>
public sealed record NamedChange(ChangeKind Kind)
{
    /// <summary>Address, id, or a part of name or address that fits one only; empty for none. An id that was not read yet goes as it is.</summary>
    public string Member { get; init; } = "";

    /// <summary>Slug, id, or a part of the name that fits one only; empty for none.</summary>
    public string Team { get; init; } = "";

    /// <summary>Slug, id, or a part of the name that fits one only; empty for none.</summary>
    public string Project { get; init; } = "";

    /// <summary>The role that shall be; empty for none.</summary>
    public string Role { get; init; } = "";

    /// <summary>Whom to invite; empty for nobody.</summary>
    public string Email { get; init; } = "";

    /// <summary>The same with Sentry's ids.</summary>
    public Result<IntendedChange> In(OrganizationPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var member = Resolve(Member, text => text.All(char.IsAsciiDigit) ? text : PictureLookup.Member(picture, text).Select(static found => found.Id));
        var team = Resolve(Team, text => PictureLookup.Team(picture, text).Select(static found => found.Id));
        var project = Resolve(Project, text => PictureLookup.Project(picture, text).Select(static found => found.Id));
        return (member.Refusal ?? team.Refusal ?? project.Refusal) is { } unknown
            ? unknown
            : new IntendedChange(Kind) { Member = Given(member.Value), Team = Given(team.Value), Project = Given(project.Value), Role = Given(Role.Trim()), Email = Given(Email.Trim()) };
    }

    private static Result<string> Resolve(string text, Func<string, Result<string>> find) => text.Trim() is { Length: > 0 } given ? find(given) : "";

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
