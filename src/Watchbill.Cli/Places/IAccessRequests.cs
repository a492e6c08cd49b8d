using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>What commands ask about access that ends by itself, wherever Watchbill is.</summary>
internal interface IAccessRequests
{
    /// <summary>The organizations in which the caller may ask for access for themselves.</summary>
    Task<Result<IReadOnlyList<OrganizationLine>>> OrganizationsAsync(CancellationToken cancellationToken);

    /// <summary>What can be asked for, by a part of its name; for oneself when no member is named.</summary>
    Task<Result<IReadOnlyList<PlaceLine>>> SearchAsync(ConnectorId connector, string text, string? member, CancellationToken cancellationToken);

    Task<Result<RequestLine>> AskAsync(AskLine ask, CancellationToken cancellationToken);

    /// <summary>Those I asked for, those that wait for me, or all; the newest first.</summary>
    Task<Result<IReadOnlyList<RequestLine>>> ListAsync(RequestView view, int limit, CancellationToken cancellationToken);

    Task<Result<RequestPage>> ShowAsync(long request, CancellationToken cancellationToken);

    Task<Result<RequestLine>> ApproveAsync(long request, int? minutes, string? reason, CancellationToken cancellationToken);

    Task<Result<RequestLine>> DenyAsync(long request, string reason, CancellationToken cancellationToken);

    Task<Result<RequestLine>> WithdrawAsync(long request, CancellationToken cancellationToken);

    /// <summary>What is there now; one's own, or everybody's.</summary>
    Task<Result<IReadOnlyList<GrantLine>>> GrantsAsync(bool all, CancellationToken cancellationToken);

    Task<Result<GrantLine>> EndAsync(long grant, string? reason, CancellationToken cancellationToken);

    /// <summary>What differs from what was granted, open ones first.</summary>
    Task<Result<IReadOnlyList<DriftLine>>> DriftsAsync(bool all, CancellationToken cancellationToken);

    Task<Result<DriftLine>> AcceptAsync(long drift, string reason, int? minutes, CancellationToken cancellationToken);

    Task<Result<DriftLine>> RemoveAsync(long drift, string reason, CancellationToken cancellationToken);

    /// <summary>All policies as one text.</summary>
    Task<Result<string>> ExportPoliciesAsync(CancellationToken cancellationToken);

    /// <summary>Makes the policies what a text says, or says what that would change.</summary>
    Task<Result<IReadOnlyList<PolicyChangeLine>>> ImportPoliciesAsync(string text, bool isDryRun, CancellationToken cancellationToken);
}

/// <summary>Whose requests to list.</summary>
internal enum RequestView
{
    Mine,
    Waiting,
    All,
}

/// <summary>An organization in which access can be asked for.</summary>
internal sealed record OrganizationLine(ConnectorId Connector, string Name);

/// <summary>Something that can be asked for.</summary>
internal sealed record PlaceLine(string Kind, string? Team, string Name, string Role)
{
    public string? Project { get; init; }

    public string? Held { get; init; }

    public int LongestMinutes { get; init; }

    /// <summary>Whether it is called just so.</summary>
    public bool IsCalled(string name) => Named().Contains(name, StringComparer.OrdinalIgnoreCase);

    private string?[] Named() => Team is null ? [Role] : [Name, Project];
}

/// <summary>What somebody asks for.</summary>
internal sealed record AskLine(ConnectorId Connector, PlaceLine Place, string Reason)
{
    public string? Member { get; init; }

    public int? Minutes { get; init; }

    public string? Ticket { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public bool IsEmergency { get; init; }
}

/// <summary>A request.</summary>
internal sealed record RequestLine(long Id, string Name, string Resource, string Role, string State)
{
    public string? Project { get; init; }

    public int? Minutes { get; init; }

    public required string Reason { get; init; }

    public string? Ticket { get; init; }

    public bool IsEmergency { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? Note { get; init; }
}

/// <summary>A request with who decides, what they said and what came of it.</summary>
internal sealed record RequestPage(RequestLine Request, IReadOnlyList<string> Steps, IReadOnlyList<string> Said, GrantLine? Grant);

/// <summary>Access that ends by itself.</summary>
internal sealed record GrantLine(long Id, long Request, string Member, string Role, string State, string Provisioning)
{
    public string? Team { get; init; }

    public DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public DateTimeOffset? ProvenAt { get; init; }

    public string? Note { get; init; }
}

/// <summary>Access that differs from what was granted.</summary>
internal sealed record DriftLine(long Id, string Kind, string State, string Name, string Resource)
{
    public string? FoundRole { get; init; }

    public DateTimeOffset FoundAt { get; init; }

    public string? LoggedActor { get; init; }

    public string? Reason { get; init; }
}

/// <summary>What an import makes of one policy.</summary>
internal sealed record PolicyChangeLine(string Name, string Change);
