using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.People;

/// <summary>Which accounts to list.</summary>
public sealed record AccountQuery : PageQuery
{
    /// <summary>A part of the name or address.</summary>
    [StringLength(200)]
    public string? Text { get; init; }

    /// <summary>The state.</summary>
    [AllowedValues(null, "invited", "active", "closed")]
    public string? State { get; init; }

    /// <summary>Who has this role.</summary>
    [AllowedValues(null, "member", "external-auditor", "auditor", "access-manager", "compliance-manager", "integration-administrator", "super-administrator")]
    public string? Role { get; init; }

    /// <summary>The order; with a minus in front the reverse.</summary>
    [AllowedValues(null, "name", "-name", "address", "-address", "state", "-state", "last-signed-in", "-last-signed-in")]
    public string? Sort { get; init; }
}

/// <summary>Which audit events to list, newest first.</summary>
public sealed record AuditEventQuery : PageQuery
{
    /// <summary>Only events about this kind of thing, for example <c>connector</c>.</summary>
    [StringLength(100)]
    public string? SubjectKind { get; init; }

    /// <summary>Only events about this thing; goes with <see cref="SubjectKind"/>.</summary>
    [StringLength(200)]
    public string? SubjectId { get; init; }

    /// <summary>Only events at or after this instant.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only events before this instant.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>Somebody to invite.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewInvitation
{
    /// <summary>The mail address.</summary>
    [Required, StringLength(320)]
    public required string Address { get; init; }

    /// <summary>The name; they can change it when they accept.</summary>
    [StringLength(200)]
    public string? Name { get; init; }

    /// <summary>The roles: member, external-auditor, auditor, access-manager, compliance-manager, integration-administrator, super-administrator.</summary>
    [Required, MinLength(1), MaxLength(10)]
    public required IReadOnlyList<string> Roles { get; init; }
}

/// <summary>What an account's roles become.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewRoles
{
    /// <summary>The roles, all of them.</summary>
    [Required, MinLength(1), MaxLength(10)]
    public required IReadOnlyList<string> Roles { get; init; }
}

/// <summary>What an account's name becomes.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewName
{
    /// <summary>The name.</summary>
    [Required, StringLength(200)]
    public required string Name { get; init; }
}

/// <summary>A device that wants to be let in.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewDevice
{
    /// <summary>What the person will see it called, for example <c>watchbill on build-7</c>.</summary>
    [Required, StringLength(100)]
    public required string Client { get; init; }
}

/// <summary>Collects the token of a device that was let in.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DeviceCollection
{
    /// <summary>The device's secret.</summary>
    [Required, StringLength(200)]
    public required string DeviceCode { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(DeviceCollection);
}
