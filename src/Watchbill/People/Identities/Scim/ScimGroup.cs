using Watchbill.Kernel;

namespace Watchbill.People.Identities.Scim;

/// <summary>A group that an identity provider pushed.</summary>
internal sealed record ScimGroup
{
    /// <summary>The row.</summary>
    public long Id { get; init; }

    /// <summary>What SCIM knows it by.</summary>
    public required string Key { get; init; }

    /// <summary>What people call it, and what settings name.</summary>
    public required string Name { get; init; }

    /// <summary>The identity provider's own id; null when not told.</summary>
    public string? ExternalId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Who is in it, in a stable order.</summary>
    public IReadOnlyList<ScimMember> Members { get; init; } = [];
}

/// <summary>Somebody in a group.</summary>
/// <param name="Person">The person.</param>
/// <param name="Key">What SCIM knows them by.</param>
/// <param name="Name">Their name.</param>
internal sealed record ScimMember(IdentityId Person, string Key, string Name);
