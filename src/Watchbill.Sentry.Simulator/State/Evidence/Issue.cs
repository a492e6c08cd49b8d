using System.Security.Cryptography;
using System.Text;

namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>A group of events that have one cause. Changes are in <see cref="IssueChanges"/>.</summary>
public sealed class Issue
{
    public const string Unresolved = "unresolved";
    public const string Resolved = "resolved";
    public const string Ignored = "ignored";

    /// <summary>Search still finds such an issue, but it is taken out of the page afterwards; by id it is not there.</summary>
    public const string PendingDeletion = "pending_deletion";

    public required long Id { get; init; }

    public required Project Project { get; init; }

    /// <summary>Running number within the project; later issues have higher ones.</summary>
    public required int Number { get; init; }

    public required string ErrorType { get; init; }

    public required string ErrorValue { get; init; }

    public required string Culprit { get; init; }

    /// <summary><c>fatal</c>, <c>error</c>, <c>warning</c> or <c>info</c>.</summary>
    public required string Level { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Events counted, also those that are no longer stored.</summary>
    public required int Count { get; init; }

    public required int UserCount { get; init; }

    /// <summary>The hash that events are grouped by: 32 hexadecimal digits.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Id}/{ErrorType}")))[..32];

    public bool IsUnhandled { get; init; }

    public int Comments { get; init; }

    public string Status { get; set; } = Unresolved;

    /// <summary>How the status is meant, such as <c>ongoing</c> or <c>archived_forever</c>; null for resolved issues.</summary>
    public string? Substatus { get; set; } = "ongoing";

    /// <summary><c>low</c>, <c>medium</c> or <c>high</c>.</summary>
    public string Priority { get; set; } = "medium";

    public User? AssignedUser { get; set; }

    /// <summary>Null while a person is assigned.</summary>
    public Team? AssignedTeam { get; set; }

    /// <summary>Set while the issue is shared with everyone who has the link.</summary>
    public string? ShareId { get; set; }

    /// <summary>Key of the ticket that people linked to it in their tracker; null when there is none.</summary>
    public string? Ticket { get; set; }

    /// <summary>Who resolved it, and in which release, where that is known.</summary>
    public User? ResolvedBy { get; set; }

    public string? ResolvedInRelease { get; set; }

    public bool ResolvedInNextRelease { get; set; }

    public bool IsBookmarked { get; set; }

    public bool IsSubscribed { get; set; }

    public bool HasSeen { get; set; }

    public string Title => $"{ErrorType}: {ErrorValue}";

    public string ShortId => $"{Project.Slug.ToUpperInvariant()}-{Base32.Write(Number)}";

    public override string ToString() => $"{ShortId} ({Status})";
}
