using System.Linq.Expressions;
using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access.Facts;

namespace Watchbill.Access.Queries;

/// <summary>Something that a person's words may mean.</summary>
/// <param name="Id">Sentry's id.</param>
/// <param name="Label">How people call it: a slug, or a name with an address.</param>
public sealed record Candidate(string Id, string Label);

/// <summary>Finds what people name by id, slug, address or a part of the name.</summary>
internal sealed class LookupStore(AccessStore store, CancellationToken cancellationToken)
{
    /// <summary>The most candidates that are worth listing.</summary>
    public const int MostCandidates = 20;

    public Task<List<Candidate>> MembersByIdAsync(string id) => ListAsync(Members(member => member.Key == id));

    public Task<List<Candidate>> MembersByEmailAsync(string email)
    {
        var lower = email.ToLowerInvariant();
        return ListAsync(Members(member => Sql.Lower(member.Email) == lower));
    }

    public Task<List<Candidate>> MembersByFragmentAsync(string text)
    {
        var lower = text.ToLowerInvariant();
        return ListAsync(Members(member => Sql.Lower(member.Name)!.Contains(lower) || Sql.Lower(member.Email)!.Contains(lower)));
    }

    public Task<List<Candidate>> ProjectsByIdAsync(string id) => ListAsync(Projects(project => project.Key == id));

    public Task<List<Candidate>> ProjectsBySlugAsync(string slug) => ListAsync(Projects(project => project.Slug == slug));

    public Task<List<Candidate>> ProjectsByFragmentAsync(string text)
    {
        var lower = text.ToLowerInvariant();
        return ListAsync(Projects(project => Sql.Lower(project.Slug)!.Contains(lower) || Sql.Lower(project.Name)!.Contains(lower)));
    }

    public Task<List<Candidate>> TeamsByIdAsync(string id) => ListAsync(Teams(team => team.Key == id));

    public Task<List<Candidate>> TeamsBySlugAsync(string slug) => ListAsync(Teams(team => team.Slug == slug));

    public Task<List<Candidate>> TeamsByFragmentAsync(string text)
    {
        var lower = text.ToLowerInvariant();
        return ListAsync(Teams(team => Sql.Lower(team.Slug)!.Contains(lower) || Sql.Lower(team.Name)!.Contains(lower)));
    }

    private IQueryable<Candidate> Members(Expression<Func<MemberFact, bool>> condition) =>
        store.Facts<MemberFact>().Where(condition).OrderBy(member => member.Email).ThenBy(member => member.Key)
            .Select(member => new Candidate(member.Key, member.Name + " <" + member.Email + ">"));

    private IQueryable<Candidate> Projects(Expression<Func<ProjectFact, bool>> condition) =>
        store.Facts<ProjectFact>().Where(condition).OrderBy(project => project.Slug).Select(project => new Candidate(project.Key, project.Slug));

    private IQueryable<Candidate> Teams(Expression<Func<TeamFact, bool>> condition) =>
        store.Facts<TeamFact>().Where(condition).OrderBy(team => team.Slug).Select(team => new Candidate(team.Key, team.Slug));

    private Task<List<Candidate>> ListAsync(IQueryable<Candidate> candidates) => candidates.Take(MostCandidates).ToListAsync(cancellationToken);
}
