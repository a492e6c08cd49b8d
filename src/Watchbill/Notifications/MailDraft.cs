namespace Watchbill.Notifications;

/// <summary>Something to be mailed. It becomes plain text and simple HTML of the same words.</summary>
/// <param name="To">The address.</param>
/// <param name="Kind">What sort of message it is: stable, kebab-case.</param>
/// <param name="Subject">One line.</param>
/// <param name="Sentences">The text, a paragraph each.</param>
/// <param name="Link">Where it leads; null for nowhere. It may hold a one-time secret: the text is kept encrypted, and only until it is sent.</param>
/// <param name="LinkText">What the link does.</param>
public sealed record MailDraft(string To, string Kind, string Subject, IReadOnlyList<string> Sentences, Uri? Link, string? LinkText)
{
    /// <inheritdoc/>
    public override string ToString() => $"mail {Kind}";
}
