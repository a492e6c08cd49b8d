namespace Watchbill.Cli.Declared;

/// <summary>What becomes of one thing.</summary>
internal enum PlannedKind
{
    /// <summary>It is made.</summary>
    New,

    /// <summary>It becomes something else.</summary>
    Changed,

    /// <summary>It is what it shall be.</summary>
    Same,

    /// <summary>The file does not name it; it is left.</summary>
    NotNamed,
}

/// <summary>One thing of a plan.</summary>
/// <param name="What">What sort of thing.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Differences">What is different, from what to what. Secrets are not told.</param>
/// <param name="Apply">Does it; null where nothing is to be done.</param>
internal sealed record PlannedChange(string What, string Name, PlannedKind Kind, IReadOnlyList<string> Differences, Func<CancellationToken, Task>? Apply)
{
    /// <summary>Why whatever is declared is done, for the audit log.</summary>
    public const string Reason = "As declared.";

    /// <summary>Something that is as it shall be, or is left.</summary>
    public static PlannedChange Still(string what, string name, PlannedKind kind) => new(what, name, kind, [], Apply: null);
}
