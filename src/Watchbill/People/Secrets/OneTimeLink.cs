using Watchbill.Kernel;

namespace Watchbill.People.Secrets;

/// <summary>What a one-time link lets its holder do.</summary>
internal enum OneTimeLinkKind
{
    /// <summary>Make the first account.</summary>
    SetUp,

    /// <summary>Accept an invitation.</summary>
    Invitation,

    /// <summary>Choose a new password.</summary>
    PasswordReset,

    /// <summary>Sign in without a password.</summary>
    SignIn,

    /// <summary>Show a second factor after a password. No link: a cookie carries its secret.</summary>
    SecondStep,
}

/// <summary>A row of the table of links. A link that was used, replaced or withdrawn is deleted: whoever deletes the row has the right to act on it.</summary>
internal sealed class OneTimeLinkRow
{
    public long Id { get; init; }

    public OneTimeLinkKind Kind { get; init; }

    public required string SecretDigest { get; init; }

    /// <summary>Zero for the link that makes the first account.</summary>
    public AccountId AccountId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
