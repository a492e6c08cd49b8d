using Watchbill.Kernel;

namespace Watchbill.Reviews;

/// <summary>
/// One stage of an item's review. What a stage keeps goes on to the next one, whose reviewer is another person; what it revokes is revoked. The last stage decides.
/// </summary>
/// <param name="Reviewer">Who reviews it there, or did.</param>
/// <param name="By">By which rule.</param>
public sealed record ItemStage(AccountId Reviewer, string By)
{
    /// <summary>The name of whoever decided; null before.</summary>
    public string? Name { get; init; }

    /// <summary>What they said; null before.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The role it should have instead.</summary>
    public string? NewRole { get; init; }

    /// <summary>Until when an exception should last.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When they decided.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>In words; null before it was decided.</summary>
    /// <param name="word">What to call a decision.</param>
    public string? Said(Func<Decision, string> word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return Decision is not { } decision
            ? null
            : string.Concat(
                word(decision),
                NewRole is null ? "" : $" to {NewRole}",
                Until is { } until ? $" until {until:yyyy-MM-dd}" : "",
                Name is null ? "" : $" by {Name}",
                Reason is null ? "" : $": {Reason}");
    }
}
