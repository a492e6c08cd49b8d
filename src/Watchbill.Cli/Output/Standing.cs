namespace Watchbill.Cli.Output;

/// <summary>How far an answer can be trusted: as of when, and what is not known.</summary>
/// <param name="AsOf">The instant the answer holds for; null when not everything it rests on was ever read.</param>
/// <param name="Stale">A sentence for each part that may have changed since it was last read completely.</param>
/// <param name="BlindSpots">A sentence for each part that was never read completely.</param>
internal sealed record Standing(DateTimeOffset? AsOf, IReadOnlyList<string> Stale, IReadOnlyList<string> BlindSpots)
{
    /// <summary>Whether everything that the answer rests on was read completely.</summary>
    public bool IsComplete => Stale.Count == 0 && BlindSpots.Count == 0;

    /// <summary>The lines for people.</summary>
    public IEnumerable<string> Lines()
    {
        var asOf = AsOf is { } moment ? $"as of {((Cell)moment).ForPeople()} UTC" : "not everything was read yet";
        yield return IsComplete ? $"{char.ToUpperInvariant(asOf[0])}{asOf[1..]}, complete." : $"Warning: {asOf}, incomplete:";
        foreach (var sentence in Stale.Concat(BlindSpots))
        {
            yield return $"  - {sentence}";
        }
    }
}
