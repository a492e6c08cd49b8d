using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Compliance.Actions;

/// <summary>An action that somebody opens by hand.</summary>
/// <param name="Connector">For which connector.</param>
/// <param name="Title">What is to be done, in 1 to 200 characters.</param>
/// <param name="Severity">How bad it is to leave it.</param>
public sealed record ActionDraft(ConnectorId Connector, string Title, Severity Severity)
{
    /// <summary>The longest title.</summary>
    public const int LongestTitle = 200;

    /// <summary>The longest description or comment.</summary>
    public const int LongestText = 4000;

    /// <summary>More about it; null for nothing more.</summary>
    public string? Description { get; init; }

    /// <summary>When it should be done; null for as long after now as its severity allows.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Who owns it; null for nobody yet.</summary>
    public AccountId? Owner { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal Refusal? Problem(DateTimeOffset now, IReadOnlyList<OwnerAccount> people) =>
        !OneLine.Fits(Title, LongestTitle) ? ComplianceRefusals.BadActionTitle(LongestTitle)
        : Description is { Length: > LongestText } ? ComplianceRefusals.BadActionText(LongestText)
        : DueAt is { } due && BadDue(due, now) is { } bad ? bad
        : Owner is { } owner && people.All(person => person.Id != owner) ? ComplianceRefusals.BadActionOwner()
        : null;

    internal static Refusal? BadDue(DateTimeOffset dueAt, DateTimeOffset now) => dueAt <= now || dueAt > now.AddDays(ManageActions.MostDays) ? ComplianceRefusals.BadActionDue(ManageActions.MostDays) : null;

    internal static Refusal? BadText(string text) => string.IsNullOrWhiteSpace(text) || text.Length > LongestText ? ComplianceRefusals.BadActionText(LongestText) : null;

    /// <summary>Only addresses that a browser may be sent to; a password in one would be kept for ever.</summary>
    internal static Refusal? BadLink(string? link) =>
        link is null || (link.Length <= 2000 && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.UserInfo.Length == 0) ? null : ComplianceRefusals.BadActionLink();
}
