namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>A copy of all events that leaves Sentry. The configuration holds secrets, and Sentry answers them in plain text.</summary>
/// <param name="Provider"><c>sqs</c>, <c>segment</c> or <c>splunk</c>.</param>
internal sealed record DataForwarder(long Id, string Provider, bool IsEnabled, IReadOnlyDictionary<string, string> Settings, DateTimeOffset DateAdded)
{
    /// <summary>True when new projects are forwarded without anyone asking.</summary>
    public bool EnrollsNewProjects { get; init; }

    public IReadOnlyList<Project> Projects { get; init; } = [];
}

/// <summary>A relay that passed data of the organization on.</summary>
internal sealed record RelayUse(Guid Id, string Version, string PublicKey, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);

/// <summary>A URL that hears of a project's events, with the secret that signs the messages.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
internal sealed record ServiceHook(string Id, string Url, string Secret, DateTimeOffset DateCreated);
