using Watchbill.Kernel;

namespace Watchbill.Reviews;

/// <summary>Which items of a campaign to show; what is null does not matter.</summary>
public sealed record ItemSearch
{
    /// <summary>The most one page can hold.</summary>
    public const int MostRows = 1000;

    /// <summary>The campaign.</summary>
    public required CampaignId Campaign { get; init; }

    /// <summary>Who reviews them.</summary>
    public AccountId? Reviewer { get; init; }

    /// <summary>The kind of grant.</summary>
    public GrantKind? Kind { get; init; }

    /// <summary>What was decided, drafts too.</summary>
    public Decision? Decision { get; init; }

    /// <summary>What became of them.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>What the facts suggest.</summary>
    public Advice? Advice { get; init; }

    /// <summary>Only what is new or different since the last completed campaign.</summary>
    public bool NewOnly { get; init; }

    /// <summary>Only those without a decision, even a drafted one.</summary>
    public bool Undecided { get; init; }

    /// <summary>Only those that are not submitted.</summary>
    public bool Open { get; init; }

    /// <summary>A part of the holder's name or address, or of the resource's name.</summary>
    public string? Text { get; init; }

    /// <summary>Grouped by resource; by person otherwise.</summary>
    public bool ByResource { get; init; }

    /// <summary>How many to leave out.</summary>
    public int Offset { get; init; }

    /// <summary>How many to show at most, 1 to <see cref="MostRows"/>.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>A part of a campaign's items.</summary>
/// <param name="Items">The items.</param>
/// <param name="Total">How many fit.</param>
/// <param name="Offset">How many come before these.</param>
public sealed record ItemPage(IReadOnlyList<ReviewItem> Items, int Total, int Offset);

/// <summary>How far one reviewer is.</summary>
/// <param name="Reviewer">Who.</param>
/// <param name="All">Items to review.</param>
/// <param name="Drafted">Decided and not submitted.</param>
/// <param name="Submitted">Submitted.</param>
/// <param name="Certified">Of the submitted, certified.</param>
public sealed record ReviewerProgress(AccountId Reviewer, int All, int Drafted, int Submitted, int Certified)
{
    private const int FewestToJudge = 20;
    private static readonly TimeSpan FastestHonest = TimeSpan.FromSeconds(2);

    /// <summary>The first decision; null before.</summary>
    public DateTimeOffset? FirstDecision { get; init; }

    /// <summary>The last decision; null before.</summary>
    public DateTimeOffset? LastDecision { get; init; }

    /// <summary>Adds what reviewers submitted in stages that are over, and that is with somebody else now.</summary>
    internal static IReadOnlyList<ReviewerProgress> With(IEnumerable<ReviewerProgress> current, IEnumerable<ItemStage> passed)
    {
        var all = current.ToDictionary(static one => one.Reviewer);
        foreach (var stages in passed.GroupBy(static stage => stage.Reviewer))
        {
            var (here, count) = (all.GetValueOrDefault(stages.Key) ?? new ReviewerProgress(stages.Key, 0, 0, 0, 0), stages.Count());
            all[stages.Key] = here with
            {
                All = here.All + count,
                Submitted = here.Submitted + count,
                Certified = here.Certified + stages.Count(static stage => stage.Decision is Decision.Certify),
                FirstDecision = stages.Select(static stage => stage.At).Append(here.FirstDecision).Min(),
                LastDecision = stages.Select(static stage => stage.At).Append(here.LastDecision).Max(),
            };
        }

        return [.. all.Values];
    }

    /// <summary>What looks like waving everything through, in words; null when nothing does. A signal for the owner, no proof.</summary>
    public string? Signal()
    {
        if (Submitted < FewestToJudge || FirstDecision is not { } first || LastDecision is not { } last)
        {
            return null;
        }

        var pace = (last - first) / Submitted;
        return (Certified == Submitted, pace < FastestHonest) switch
        {
            (true, true) => $"kept all {Submitted}, at {pace.TotalSeconds:0.0} seconds each",
            (true, false) => $"kept all {Submitted}",
            (false, true) => $"decided in {pace.TotalSeconds:0.0} seconds each",
            _ => null,
        };
    }
}
