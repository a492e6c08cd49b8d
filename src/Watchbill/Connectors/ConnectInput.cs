using Watchbill.Kernel;

namespace Watchbill.Connectors;

/// <summary>What somebody says about a connector, the credentials apart.</summary>
public record ConnectorDetails
{
    /// <summary>A name people will recognise; unique.</summary>
    public required string Name { get; init; }

    /// <summary>The application it stands for; null when none.</summary>
    public string? Application { get; init; }

    /// <summary>Where Sentry is: <c>sentry.io</c>, <c>de.sentry.io</c>, or the address of a self-hosted one.</summary>
    public required string Address { get; init; }

    /// <summary>The organization's slug.</summary>
    public required string OrganizationSlug { get; init; }

    /// <summary>The share of Sentry's rate limit it may use. <value>Default 0.7.</value></summary>
    public double BudgetShare { get; init; } = 0.7;

    /// <summary>Whether loopback and private address ranges may be called. <value>Default no.</value></summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>When it is read, see <see cref="SyncSchedule"/>; a server keeps it. <value>Default every 6 hours.</value></summary>
    public string Schedule { get; init; } = SyncSchedule.EverySixHours;

    /// <summary>The accounts that look after it. <value>Default nobody.</value></summary>
    public IReadOnlyList<AccountId> Owners { get; init; } = [];
}

/// <summary>What somebody enters to connect a Sentry organization.</summary>
public sealed record ConnectInput : ConnectorDetails
{
    /// <summary>The token. Encrypted before it is stored, never returned.</summary>
    public required string Token { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {OrganizationSlug} at {Address}";
}
