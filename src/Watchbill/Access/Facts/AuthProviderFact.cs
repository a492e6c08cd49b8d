using Watchbill.Kernel;

namespace Watchbill.Access.Facts;

/// <summary>The organization's single sign-on provider. Key: the provider's id. No row: there is none.</summary>
public sealed class AuthProviderFact : Fact
{
    /// <summary>For example <c>okta</c>.</summary>
    public required string ProviderName { get; init; }

    /// <summary>Members without a linked identity cannot use the web interface.</summary>
    public bool? RequireLink { get; init; }

    /// <summary>The identity provider manages members and teams through SCIM.</summary>
    public bool? ScimEnabled { get; init; }

    /// <summary>The role of people who arrive through it.</summary>
    public string? DefaultRole { get; init; }

    /// <summary>Members who did not link an identity yet; null when not told.</summary>
    public int? PendingLinks { get; init; }

    /// <inheritdoc/>
    protected override void AddAttributes(FingerprintBuilder builder) =>
        builder.Add(ProviderName).Add(RequireLink).Add(ScimEnabled).Add(DefaultRole).Add(PendingLinks);
}
