using Watchbill.Kernel;

namespace Watchbill.People;

/// <summary>
/// The life of an account. It starts Invited by somebody who manages accounts (the first one starts Active by the set-up link); accepting the
/// invitation makes it Active; closing it, or withdrawing the invitation, makes it Closed. It is never deleted: the audit log names it.
/// </summary>
public enum AccountState
{
    /// <summary>Invited; its person has not accepted yet and cannot sign in.</summary>
    Invited,

    /// <summary>Its person can sign in.</summary>
    Active,

    /// <summary>Nobody can sign in with it; its sessions have ended and its API tokens do not work. An administrator may reopen it.</summary>
    Closed,
}

/// <summary>Somebody who can, could or will be able to sign in. Never holds the password or its hash.</summary>
public sealed record Account
{
    /// <summary>Identifies it.</summary>
    public required AccountId Id { get; init; }

    /// <summary>Whom it is for.</summary>
    public HolderKind Kind { get; init; }

    /// <summary>What to call the person; null until they accepted, when the invitation named none.</summary>
    public string? Name { get; init; }

    /// <summary>The e-mail address, lower-case; unique.</summary>
    public required string Address { get; init; }

    /// <summary>What they are; never empty.</summary>
    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required AccountState State { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset StateSince { get; init; }

    /// <summary>Counts changes; whoever changes the account says which version they saw.</summary>
    public required long Version { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its person first became able to sign in; null when never.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The last sign-in; null when never.</summary>
    public DateTimeOffset? LastSignedInAt { get; init; }

    /// <summary>Whether it has a password. One that has none is entered by one-time links only.</summary>
    public bool HasPassword { get; init; }

    /// <summary>Since when its password is not enough and a code is asked for; null when it is enough.</summary>
    public DateTimeOffset? SecondFactorSince { get; init; }

    /// <summary>The name, or the address while there is none.</summary>
    public string DisplayName => Name ?? Address;

    /// <summary>The caller that its person is.</summary>
    /// <param name="from">Where they ask from; null when not known.</param>
    internal Caller ToCaller(string? from) => new(new Actor(ActorKind.Account, Id.ToString(), from), RoleRights.Of(Roles), Id);
}
