namespace Watchbill.Cli.Output;

/// <summary>How far an answer can be trusted: as of when, and what is not known.</summary>
/// <param name="AsOf">The instant the answer holds for; null when nothing was read yet.</param>
/// <param name="Stale">A sentence for each scope that was not read completely since.</param>
internal sealed record Standing(DateTimeOffset? AsOf, IReadOnlyList<string> Stale)
{
    /// <summary>Whether every scope that the answer rests on was read completely.</summary>
    public bool IsComplete => AsOf is not null && Stale.Count == 0;

    /// <summary>The lines for people.</summary>
    public IEnumerable<string> Lines()
    {
        var asOf = AsOf is { } moment ? $"As of {((Cell)moment).ForPeople()} UTC" : "Nothing was read completely yet";
        yield return IsComplete ? $"{asOf}, complete." : $"Warning: {asOf}, incomplete:";
        foreach (var sentence in Stale)
        {
            yield return $"  - {sentence}";
        }
    }
}
