using Watchbill.Access.Effective;
using Watchbill.Access.Queries;
using Watchbill.Kernel;

namespace Watchbill.Access.Explore;

/// <summary>Understands names in a picture the way <see cref="Lookup"/> does in the database: an exact id, then the whole name, then a part that fits one only.</summary>
internal static class PictureLookup
{
    public static Result<MemberNode> Member(OrganizationPicture picture, string text) =>
        picture.Graph.FindMember(text) ?? Find(Members, text, picture.Graph.Members);

    public static Result<ProjectNode> Project(OrganizationPicture picture, string text) =>
        picture.Graph.FindProject(text) ?? Find(Projects, text, picture.Graph.Projects);

    public static Result<TeamNode> Team(OrganizationPicture picture, string text) =>
        picture.Graph.FindTeam(text) ?? Find(Teams, text, picture.Graph.Teams);

    private static Names<MemberNode> Members { get; } = new(Vocabulary.Member, static member => member.Email, static member => member.Name, static member => member.Id);

    private static Names<ProjectNode> Projects { get; } = new(Vocabulary.Project, static project => project.Slug, static project => project.Name, static project => project.Id);

    private static Names<TeamNode> Teams { get; } = new(Vocabulary.Team, static team => team.Slug, static team => team.Name, static team => team.Id);

    private static Result<T> Find<T>(Names<T> names, string text, IReadOnlyList<T> all)
    {
        List<T> found = [.. all.Where(node => names.Handle(node).Equals(text, StringComparison.OrdinalIgnoreCase))];
        if (found.Count == 0)
        {
            found = [.. all.Where(node => Ordering.Contains(text, names.Handle(node), names.Name(node)))];
        }

        return found switch
        {
            [] => names.Words.NotFound(text),
            [var only] => only,
            _ => names.Words.Ambiguous(text, Candidate.Listed([.. found.Select(node => new Candidate(names.Id(node), names.Handle(node)))])),
        };
    }

    /// <summary>What a kind of thing is called: a handle that is nearly unique, and a name.</summary>
    private sealed record Names<T>(Vocabulary Words, Func<T, string> Handle, Func<T, string> Name, Func<T, string> Id);
}
