using System.Text.Json.Serialization;

namespace Watchbill.Sentry;

/// <summary>A Sentry account. Its id is the one the audit log names as actor; it is not the member id.</summary>
public sealed record SentryUser : IKeyed
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Username { get; init; }

    public string? Email { get; init; }

    public bool? IsActive { get; init; }

    /// <summary>Null on servers that do not know suspension.</summary>
    public bool? IsSuspended { get; init; }

    public bool? HasPasswordAuth { get; init; }

    /// <summary>The account is managed by an external directory.</summary>
    public bool? IsManaged { get; init; }

    /// <summary>Any second factor besides recovery codes.</summary>
    public bool? Has2fa { get; init; }

    public DateTimeOffset? DateJoined { get; init; }

    public DateTimeOffset? LastLogin { get; init; }

    public DateTimeOffset? LastActive { get; init; }

    /// <summary>May take any organization of the whole installation.</summary>
    public bool? IsSuperuser { get; init; }

    /// <summary>Staff of the whole installation.</summary>
    public bool? IsStaff { get; init; }

    /// <summary>Names what acts when it is no person; null for people.</summary>
    public string? ActorType { get; init; }

    /// <summary>All addresses of the account; null where Sentry shows none.</summary>
    public IReadOnlyList<SentryUserEmail>? Emails { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>An address of an account.</summary>
public sealed record SentryUserEmail
{
    /// <summary>The address.</summary>
    public string? Email { get; init; }

    /// <summary>Whether its owner proved that it is theirs.</summary>
    [JsonPropertyName("is_verified")]
    public bool? IsVerified { get; init; }
}
