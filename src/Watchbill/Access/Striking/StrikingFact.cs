namespace Watchbill.Access.Striking;

/// <summary>How grave a striking fact is.</summary>
public enum Gravity
{
    /// <summary>Act on it.</summary>
    High,

    /// <summary>Look into it.</summary>
    Medium,

    /// <summary>Know it.</summary>
    Low,
}

/// <summary>Something about an organization's access that a newcomer should be told first.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Gravity">How grave it is.</param>
/// <param name="Sentence">One sentence.</param>
/// <param name="Count">How many it concerns.</param>
/// <param name="SubjectIds">Whom or what it concerns, by Sentry's ids or the ledger's keys; empty when it concerns the organization.</param>
public sealed record StrikingFact(string Code, Gravity Gravity, string Sentence, long Count, IReadOnlyList<string> SubjectIds);
