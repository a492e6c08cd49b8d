using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Connectors;

/// <summary>Somebody who can own a connector.</summary>
/// <param name="Id">The account.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Email">Their address.</param>
/// <param name="MayManage">Whether they may manage connectors now; only such people can be made owners.</param>
public sealed record OwnerAccount(AccountId Id, string Name, string Email, bool MayManage)
{
    /// <summary>Whether they may say who gets, keeps and loses access.</summary>
    public bool MayChangeAccess { get; init; }

    /// <summary>Whether they can be named as auditors of engagements.</summary>
    public bool MayEnterEngagements { get; init; }

    /// <summary>Whether actions can be given to them.</summary>
    public bool MayOwnActions { get; init; }
}

/// <summary>Knows the accounts that can own connectors.</summary>
public interface IOwnerDirectory
{
    /// <summary>All open accounts, by name.</summary>
    Task<IReadOnlyList<OwnerAccount>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>Something an owner is told.</summary>
/// <param name="To">Who.</param>
/// <param name="Kind">What sort of message it is: stable, kebab-case.</param>
/// <param name="Subject">One line.</param>
/// <param name="Sentences">The text, a paragraph each. Never holds a secret.</param>
/// <param name="Path">The page of the console that it leads to, for example <c>/sources/7</c>.</param>
public sealed record OwnerMessage(AccountId To, string Kind, string Subject, IReadOnlyList<string> Sentences, string Path);

/// <summary>Something that concerns more people than those who are told one by one; it goes to channels.</summary>
/// <param name="Connector">In which organization.</param>
/// <param name="Kind">What sort of thing: stable, kebab-case.</param>
/// <param name="Subject">One line.</param>
/// <param name="Sentences">What happened. Never holds a secret.</param>
/// <param name="Path">The page of the console that it leads to.</param>
public sealed record PublicNotice(ConnectorId Connector, string Kind, string Subject, IReadOnlyList<string> Sentences, string Path)
{
    /// <summary>What an owner is told, told to everybody.</summary>
    public static PublicNotice Of(ConnectorId connector, OwnerMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(connector, message.Kind, message.Subject, message.Sentences, message.Path);
    }
}

/// <summary>Takes messages to owners on their way.</summary>
public interface IOwnerMail
{
    /// <summary>Puts a message into the outbox, in the transaction of the fact it tells about: sent if and only if that is committed.</summary>
    Task AppendAsync(Transaction transaction, OwnerMessage message, CancellationToken cancellationToken);

    /// <summary>Puts a notice into the outbox for every channel that wants it, in the same way.</summary>
    Task AnnounceAsync(Transaction transaction, PublicNotice notice, CancellationToken cancellationToken);
}

/// <summary>There are no accounts: only the command line asks.</summary>
internal sealed class NoOwners : IOwnerDirectory, IOwnerMail
{
    public Task<IReadOnlyList<OwnerAccount>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<OwnerAccount>>([]);

    public Task AppendAsync(Transaction transaction, OwnerMessage message, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task AnnounceAsync(Transaction transaction, PublicNotice notice, CancellationToken cancellationToken) => Task.CompletedTask;
}
