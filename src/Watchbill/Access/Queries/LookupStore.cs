using Watchbill.Storage;

namespace Watchbill.Access.Queries;

/// <summary>Something that a person's words may mean.</summary>
/// <param name="Id">Sentry's id.</param>
/// <param name="Label">How people call it: a slug, or a name with an address.</param>
public sealed record Candidate(string Id, string Label)
{
    /// <summary>Several of them in words: the first few.</summary>
    internal static string Listed(IReadOnlyList<Candidate> candidates)
    {
        const int shown = 5;
        var names = string.Join(", ", candidates.Take(shown).Select(static candidate => $"{candidate.Label} (id {candidate.Id})"));
        return candidates.Count > shown ? names + ", …" : names;
    }
}

/// <summary>Finds what people name by id, slug, address or a part of the name.</summary>
internal sealed class LookupStore(GraphStore store)
{
    /// <summary>The most candidates that are worth listing.</summary>
    public const int MostCandidates = 20;

    private const string ById = "c.key = @text";
    private const string BySlug = "c.slug = @text";

    public Task<List<Candidate>> MembersByIdAsync(string id) => store.CandidatesAsync(CandidateKind.Member, ById, id);

    public Task<List<Candidate>> MembersByEmailAsync(string email) => store.CandidatesAsync(CandidateKind.Member, "lower(c.email) = @text", email.ToLowerInvariant());

    public Task<List<Candidate>> MembersByFragmentAsync(string text) => ByFragmentAsync(CandidateKind.Member, "email", text);

    public Task<List<Candidate>> ProjectsByIdAsync(string id) => store.CandidatesAsync(CandidateKind.Project, ById, id);

    public Task<List<Candidate>> ProjectsBySlugAsync(string slug) => store.CandidatesAsync(CandidateKind.Project, BySlug, slug);

    public Task<List<Candidate>> ProjectsByFragmentAsync(string text) => ByFragmentAsync(CandidateKind.Project, "slug", text);

    public Task<List<Candidate>> TeamsByIdAsync(string id) => store.CandidatesAsync(CandidateKind.Team, ById, id);

    public Task<List<Candidate>> TeamsBySlugAsync(string slug) => store.CandidatesAsync(CandidateKind.Team, BySlug, slug);

    public Task<List<Candidate>> TeamsByFragmentAsync(string text) => ByFragmentAsync(CandidateKind.Team, "slug", text);

    /// <summary>What people write may hold the signs that mean "anything" in a pattern; they are taken literally.</summary>
    private Task<List<Candidate>> ByFragmentAsync(CandidateKind kind, string handle, string text) =>
        store.CandidatesAsync(kind, $"(lower(c.name) LIKE @text ESCAPE '~' OR lower(c.{handle}) LIKE @text ESCAPE '~')", TextPattern.Containing(text));
}
