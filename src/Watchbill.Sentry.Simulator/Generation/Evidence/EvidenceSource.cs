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

    public Dice Dice(string stream, long number) => new(seed, prefix + stream, number);

    /// <summary>Hexadecimal digits that belong to a row.</summary>
    public string Hex(string stream, long number, int length)
    {
        var dice = Dice(stream, number);
        return string.Create(length, dice, static (text, dice) =>
        {
            foreach (ref var letter in text)
            {
                letter = "0123456789abcdef"[dice.Below(16)];
            }
        });
    }

    public Guid Guid(string stream, long number) => System.Guid.ParseExact(Hex(stream, number, 32), "N");

    /// <summary>The person if still in the organization: Sentry forgets assignments of those who left.</summary>
    public User? StillHere(User person) => Organization.MemberRows.OfUser(person.Id) is null ? null : person;
}
