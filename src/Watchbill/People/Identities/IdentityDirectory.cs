using Watchbill.Kernel;

namespace Watchbill.People.Identities;

/// <summary>How a directory gets its people.</summary>
public enum DirectoryKind
{
    /// <summary>From files that somebody uploads; each holds everybody.</summary>
    File,

    /// <summary>An identity provider pushes them, by SCIM 2.0.</summary>
    Scim,
}

/// <summary>A list of people that Watchbill was given.</summary>
public sealed record IdentityDirectory
{
    /// <summary>Identifies it.</summary>
    public DirectoryId Id { get; init; }

    /// <summary>What it is called; unique among those that were not removed.</summary>
    public required string Name { get; init; }

    /// <summary>How it gets its people.</summary>
    public DirectoryKind Kind { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last got people, changed or not; null when never.</summary>
    public DateTimeOffset? FilledAt { get; init; }

    /// <summary>The last four characters of the token with which people are pushed; null when there is none.</summary>
    public string? TokenLastFour { get; init; }

    /// <summary>Since when that token works.</summary>
    public DateTimeOffset? TokenSince { get; init; }

    /// <summary>When it was last used, to the minute; null when never.</summary>
    public DateTimeOffset? TokenUsedAt { get; init; }

    /// <summary>People who work here.</summary>
    public int Active { get; init; }

    /// <summary>People who left.</summary>
    public int Inactive { get; init; }

    /// <summary>Whether the groups that are pushed into it decide who has an account here, and with which roles.</summary>
    public bool DecidesAccounts { get; init; }
}
