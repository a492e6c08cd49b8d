namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>One commit of a release.</summary>
/// <param name="Id">The hash, 40 hexadecimal digits.</param>
public sealed record Commit(string Id, string? Message, DateTimeOffset DateCreated, CommitAuthor Author)
{
    /// <summary>Null when the commit was sent without a known repository.</summary>
    public Repository? Repository { get; init; }

    /// <summary>Null for a commit that reached the branch without review.</summary>
    public PullRequest? PullRequest { get; init; }
}

/// <summary>Who wrote a commit.</summary>
/// <param name="User">The member with that address, or null for outsiders.</param>
public sealed record CommitAuthor(string Name, string Email, User? User);

/// <summary>A merged pull request.</summary>
public sealed record PullRequest(string Id, string Title, DateTimeOffset DateCreated, DateTimeOffset MergedAt);
