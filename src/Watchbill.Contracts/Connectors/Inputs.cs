using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Connectors;

/// <summary>What somebody decides about a connector.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public record ConnectorSettings
{
    /// <summary>What people call it; unique.</summary>
    [Required, StringLength(100)]
    public required string Name { get; init; }

    /// <summary>The application it stands for; null when none.</summary>
    [StringLength(100)]
    public string? Application { get; init; }

    /// <summary>Where Sentry is: <c>sentry.io</c>, <c>us.sentry.io</c>, <c>de.sentry.io</c>, or the address of a self-hosted one.</summary>
    [Required, StringLength(2000)]
    public required string Address { get; init; }

    /// <summary>The organization's slug.</summary>
    [Required, StringLength(100)]
    public required string Organization { get; init; }

    /// <summary>The accounts that look after it; nobody when left out.</summary>
    [MaxLength(20)]
    public IReadOnlyList<long>? Owners { get; init; }

    /// <summary>When it is read: manual, hourly, every-6-hours, daily-at-H or cron:EXPRESSION, in UTC; every-6-hours when left out.</summary>
    [StringLength(200)]
    public string? Schedule { get; init; }

    /// <summary>The share of Sentry's rate limit that it may use; 0.7 when left out.</summary>
    [Range(0.05, 1)]
    public double? BudgetShare { get; init; }

    /// <summary>Whether addresses in private networks are allowed.</summary>
    public bool AllowPrivateNetworks { get; init; }
}

/// <summary>A connector to make.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewConnector : ConnectorSettings
{
    /// <summary>Sentry's bearer token. Left out: the connector is saved as not connected, and its owners are told to complete it. Never returned.</summary>
    [StringLength(4096)]
    public string? Token { get; init; }

    /// <summary>Save even when a sync could not read the organization now.</summary>
    public bool SaveAnyway { get; init; }

    /// <summary>One with these settings.</summary>
    /// <param name="settings">What it shall be.</param>
    /// <param name="token">Sentry's bearer token; null when it waits for one.</param>
    public static NewConnector Of(ConnectorSettings settings, string? token)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new NewConnector
        {
            Name = settings.Name,
            Application = settings.Application,
            Address = settings.Address,
            Organization = settings.Organization,
            Owners = settings.Owners,
            Schedule = settings.Schedule,
            BudgetShare = settings.BudgetShare,
            AllowPrivateNetworks = settings.AllowPrivateNetworks,
            Token = token,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"NewConnector {{ Name = {Name} }}";
}

/// <summary>Another token for a connector.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewToken
{
    /// <summary>Sentry's bearer token. Never returned.</summary>
    [Required, StringLength(4096)]
    public required string Token { get; init; }

    /// <summary>Save even when a sync could not read the organization with it now.</summary>
    public bool SaveAnyway { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(NewToken);
}

/// <summary>A connection to try out; nothing is saved.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PreflightInput
{
    /// <summary>Where Sentry is: <c>sentry.io</c>, <c>us.sentry.io</c>, <c>de.sentry.io</c>, or the address of a self-hosted one.</summary>
    [Required, StringLength(2000)]
    public required string Address { get; init; }

    /// <summary>The organization's slug.</summary>
    [Required, StringLength(100)]
    public required string Organization { get; init; }

    /// <summary>Sentry's bearer token. Not kept.</summary>
    [Required, StringLength(4096)]
    public required string Token { get; init; }

    /// <summary>Whether addresses in private networks are allowed.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"PreflightInput {{ Address = {Address}, Organization = {Organization} }}";
}

/// <summary>Why a held run is dropped.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Rejection
{
    /// <summary>Kept in the audit log.</summary>
    [Required, StringLength(500, MinimumLength = 1)]
    public required string Reason { get; init; }
}

/// <summary>What makes a removal deliberate.</summary>
public sealed record RemovalQuery
{
    /// <summary>The connector's name, exactly: what is removed is not only a number.</summary>
    [Required, StringLength(100)]
    public required string Confirm { get; init; }
}

/// <summary>How much a run that is asked for shall read.</summary>
public sealed record SyncQuery
{
    /// <summary>full (everything, as when it is left out) or incremental (what Sentry's audit log names since the last run).</summary>
    [AllowedValues(null, "full", "incremental")]
    public string? Mode { get; init; }
}
