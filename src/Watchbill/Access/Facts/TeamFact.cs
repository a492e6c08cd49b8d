using Watchbill.Kernel;

namespace Watchbill.Access.Facts;

/// <summary>A team. Key: team id.</summary>
public sealed class TeamFact : Fact
{
    /// <summary>The current slug; a rename changes it and keeps the key.</summary>
    public required string Slug { get; init; }

    /// <summary>The display name.</summary>
    public required string Name { get; init; }

    /// <summary>Its members are managed through SCIM and cannot be edited otherwise.</summary>
    public bool IdpProvisioned { get; init; }

    /// <summary>When it was created; null when not told.</summary>
    public DateTimeOffset? DateCreated { get; init; }

    /// <inheritdoc/>
    protected override void AddAttributes(FingerprintBuilder builder) => builder.Add(Slug).Add(Name).Add(IdpProvisioned).Add(DateCreated);
}
