using Watchbill.Access.Effective;
using Watchbill.Kernel;

namespace Watchbill.Access.Queries;

/// <summary>What a person's words were taken to mean.</summary>
/// <param name="Id">Sentry's id.</param>
/// <param name="Note">What else they could have meant; null when nothing.</param>
internal sealed record Found(string Id, AccessNote? Note);

/// <summary>
/// Understands names. An exact id goes first: slugs may look like numbers, ids never change. A part of a name is enough when it fits one only.
/// </summary>
internal sealed class Lookup(LookupStore store)
{
    public async Task<Result<Found>> MemberAsync(string text)
    {
        if (await store.MembersByIdAsync(text) is [var byId])
        {
            return new Found(byId.Id, null);
        }

        var byEmail = await store.MembersByEmailAsync(text);
        return One(Vocabulary.Member, text, byEmail.Count > 0 ? byEmail : await store.MembersByFragmentAsync(text));
    }

    public Task<Result<Found>> ProjectAsync(string text) =>
        SluggedAsync(Vocabulary.Project, text, store.ProjectsByIdAsync, store.ProjectsBySlugAsync, store.ProjectsByFragmentAsync);

    public Task<Result<Found>> TeamAsync(string text) =>
        SluggedAsync(Vocabulary.Team, text, store.TeamsByIdAsync, store.TeamsBySlugAsync, store.TeamsByFragmentAsync);

    private static async Task<Result<Found>> SluggedAsync(
        Vocabulary words,
        string text,
        Func<string, Task<List<Candidate>>> byId,
        Func<string, Task<List<Candidate>>> bySlug,
        Func<string, Task<List<Candidate>>> byFragment)
    {
        var identified = await byId(text);
        var slugged = await bySlug(text);
        if (identified is [var hit])
        {
            return new Found(hit.Id, slugged.FirstOrDefault(candidate => candidate.Id != hit.Id) is { } other ? IdWon(words.Noun, text, hit, other) : null);
        }

        return One(words, text, slugged.Count > 0 ? slugged : await byFragment(text));
    }

    private static AccessNote IdWon(string noun, string text, Candidate hit, Candidate other) => new(
        $"{noun}-slug-ambiguous",
        $"'{text}' is the id of {noun} {hit.Label} and also the slug of {noun} {other.Id}; the id was taken. Ask for {other.Id} to mean the other.");

    private static Result<Found> One(Vocabulary words, string text, List<Candidate> candidates) => candidates switch
    {
        [] => words.NotFound(text),
        [var only] => new Found(only.Id, null),
        _ => words.Ambiguous(text, Candidate.Listed(candidates)),
    };
}
