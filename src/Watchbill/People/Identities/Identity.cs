using Watchbill.Kernel;

namespace Watchbill.People.Identities;

/// <summary>A real person, as a directory names them. Not an account of Watchbill, and not one of Sentry: those are matched to it.</summary>
public sealed record Identity
{
    /// <summary>Identifies it.</summary>
    public IdentityId Id { get; init; }

    /// <summary>The directory that names it.</summary>
    public DirectoryId Directory { get; init; }

    /// <summary>What the directory tells people apart by: an employee number, an address, the id that a SCIM client was given. Unique within the directory.</summary>
    public required string Key { get; init; }

    /// <summary>The e-mail address, lower-case.</summary>
    public required string Email { get; init; }

    /// <summary>What to call the person.</summary>
    public required string Name { get; init; }

    /// <summary>The name they sign in with; the address where the directory tells none. Unique within the directory, lower-case.</summary>
    public required string UserName { get; init; }

    /// <summary>The identity provider's own id; null when not told.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Other addresses of the person, lower-case.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The manager as the directory names them, by key or address; null when not told.</summary>
    public string? Manager { get; init; }

    /// <summary>The department; null when not told.</summary>
    public string? Department { get; init; }

    /// <summary>The job title; null when not told.</summary>
    public string? Title { get; init; }

    /// <summary>The person works here. One that does not is a leaver.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Since when not; null while active.</summary>
    public DateTimeOffset? InactiveSince { get; init; }

    /// <summary>When the directory first named the person.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something about them last changed.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>What an identity provider pushed, as JSON, as far as Watchbill knows the attributes; null for people from files.</summary>
    internal string? Pushed { get; init; }

    /// <summary>Whether both say the same about the person, whenever they said it.</summary>
    internal bool SaysTheSame(Identity other) =>
        (Key, Email, Name, UserName, ExternalId, Manager, Department, Title, IsActive) ==
        (other.Key, other.Email, other.Name, other.UserName, other.ExternalId, other.Manager, other.Department, other.Title, other.IsActive)
        && Aliases.SequenceEqual(other.Aliases, StringComparer.Ordinal);
}
