using System.Collections.Concurrent;
using System.Globalization;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Generation.Evidence;

/// <summary>
/// What the generated evidence of one organization hangs on. Nothing of it is stored row by row: a row is computed from its number whenever
/// it is asked for, so it must depend on nothing that changes later. Slugs and people are therefore those of the start.
/// </summary>
internal sealed class EvidenceSource
{
    private readonly int seed;
    private readonly string prefix;
    private readonly ConcurrentDictionary<string, Dice> streams = new(StringComparer.Ordinal);

    public EvidenceSource(Draft draft)
    {
        seed = draft.Options.Seed;
        prefix = draft.Organization.Slug + "/";
        Organization = draft.Organization;
        Today = draft.Today;
        FirstId = 5_000_000_000 + (100_000_000L * draft.World.Organizations.Count);
        Projects = [.. draft.Organization.ProjectRows.InSlugOrder.Where(project => project.HasFirstEvent).OrderBy(project => project.Id)];
        Slugs = [.. Projects.Select(project => project.Slug)];
        People = [.. draft.Organization.MemberRows.Listed.Select(member => member.User).OfType<User>()];
        PlaceOf = Projects.Select((project, place) => (project, place)).ToDictionary(pair => pair.project.Id, pair => pair.place);
    }

    public Organization Organization { get; }

    public DateTimeOffset Today { get; }

    /// <summary>Start of the organization's own range of ids, far from the ids of everything that is stored.</summary>
    public long FirstId { get; }

    /// <summary>The projects that have ever sent an event.</summary>
    public IReadOnlyList<Project> Projects { get; }

    public IReadOnlyList<string> Slugs { get; }

    public IReadOnlyList<User> People { get; }

    /// <summary>Place in <see cref="Projects"/> by the project's id.</summary>
    public IReadOnlyDictionary<long, int> PlaceOf { get; }

    /// <param name="stream">A fixed name: it is remembered, because rows are drawn by the million.</param>
    /// <param name="number">The row.</param>
    public Dice Dice(string stream, long number) => new(streams.GetOrAdd(stream, static (name, source) => new Dice(source.seed, source.prefix + name), this), number);

    /// <summary>Hexadecimal digits that belong to a row.</summary>
    public string Hex(string stream, long number, int length) => string.Create(length, Dice(stream, number), static (text, dice) =>
    {
        const int digitsPerDraw = 7;
        Span<char> drawn = stackalloc char[digitsPerDraw];
        for (; text.Length > 0; text = text[Math.Min(digitsPerDraw, text.Length)..])
        {
            dice.Below(1 << (4 * digitsPerDraw)).TryFormat(drawn, out _, "x7", CultureInfo.InvariantCulture);
            drawn[..Math.Min(digitsPerDraw, text.Length)].CopyTo(text);
        }
    });

    public Guid Guid(string stream, long number) => System.Guid.ParseExact(Hex(stream, number, 32), "N");

    /// <summary>The person if still in the organization: Sentry forgets assignments of those who left.</summary>
    public User? StillHere(User person) => Organization.MemberRows.OfUser(person.Id) is null ? null : person;
}
