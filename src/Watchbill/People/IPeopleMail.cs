using Watchbill.Storage;

namespace Watchbill.People;

/// <summary>Something a person is told by mail.</summary>
/// <param name="To">The address.</param>
/// <param name="Kind">What sort of message it is: stable, kebab-case.</param>
/// <param name="Subject">One line.</param>
/// <param name="Sentences">The text, a paragraph each.</param>
/// <param name="Link">Where it leads; null for nowhere. May hold a one-time secret, so the text is kept encrypted and only until it is sent.</param>
/// <param name="LinkText">What the link does, for example "Accept the invitation".</param>
public sealed record PeopleMessage(string To, string Kind, string Subject, IReadOnlyList<string> Sentences, Uri? Link, string? LinkText)
{
    /// <inheritdoc/>
    public override string ToString() => $"message {Kind}";
}

/// <summary>Takes messages to people on their way. Notifications implements it.</summary>
public interface IPeopleMail
{
    /// <summary>Whether mail can be sent at all.</summary>
    bool IsConfigured { get; }

    /// <summary>Puts a message into the outbox, in the transaction of the fact it tells about: sent if and only if that is committed.</summary>
    Task AppendAsync(Transaction transaction, PeopleMessage message, CancellationToken cancellationToken);
}

/// <summary>There is no mail: links are shown to be copied.</summary>
internal sealed class NoMail : IPeopleMail
{
    public bool IsConfigured => false;

    public Task AppendAsync(Transaction transaction, PeopleMessage message, CancellationToken cancellationToken) => Task.CompletedTask;
}
