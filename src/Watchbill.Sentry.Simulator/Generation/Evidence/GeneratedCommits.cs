using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Generation.Evidence;

/// <summary>The repositories of an organization, and the commits of its generated releases.</summary>
internal sealed class GeneratedCommits(EvidenceSource source)
{
    public IReadOnlyList<Repository> Repositories { get; } = [.. EvidenceNames.Repositories.Select((name, index) => RepositoryOf(source, name, index))];

    /// <summary>Up to twelve commits of the days before the release, newest first.</summary>
    public IReadOnlyList<Commit> Of(int release, DateTimeOffset released)
    {
        var dice = source.Dice("commits", release);
        var count = dice.Chance(0.15) ? 0 : 1 + dice.Below(12);
        var repository = Repositories[dice.Below(Repositories.Count)];
        var timeline = new Timeline(released, TimeSpan.FromDays(6), Math.Max(1, count));
        return [.. Enumerable.Range(0, count).Select(index => CommitOf((release * 16L) + index, timeline.At(index, 0.5), repository))];
    }

    private Commit CommitOf(long number, DateTimeOffset time, Repository repository)
    {
        var dice = source.Dice("commit", number);
        var message = $"{dice.Pick(EvidenceNames.CommitVerbs)}: {dice.Pick(EvidenceNames.CommitSubjects)}";
        return new Commit(source.Hex("commit-id", number, 40), message, time, AuthorOf(ref dice))
        {
            Repository = repository,
            PullRequest = dice.Chance(0.85) ? new PullRequest($"{number + 1}", message, time.AddHours(-20), time.AddSeconds(-1)) : null,
        };
    }

    // Some authors are no members: contractors, and people with a private address in their commits.
    private CommitAuthor AuthorOf(ref Dice dice)
    {
        if (source.People.Count == 0 || dice.Chance(0.1))
        {
            return new CommitAuthor("Visiting Committer", $"visitor{dice.Below(20)}@example.org", null);
        }

        var user = dice.Pick(source.People);
        return new CommitAuthor(user.Name, user.Email, source.StillHere(user));
    }

    private static Repository RepositoryOf(EvidenceSource source, string name, int index) =>
        new(source.FirstId + 90_000_000 + index, $"{source.Organization.Slug}/{name}", source.Organization.DateCreated.AddDays(10 + index))
        {
            Status = index == EvidenceNames.Repositories.Count - 1 ? "deleted" : Repository.Active,
            Integration = source.Organization.Integrations.Find(integration => integration.Provider == "github"),
        };
}
