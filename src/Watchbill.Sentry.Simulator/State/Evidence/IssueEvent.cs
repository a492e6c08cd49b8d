namespace Watchbill.Sentry.Simulator.State.Evidence;

/// <summary>One event of an issue, with the personal data that events have.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Issue">The issue it was put into.</param>
/// <param name="Number">0 for the newest stored event of the issue.</param>
/// <param name="Time">When it happened.</param>
internal sealed record IssueEvent(string Id, Issue Issue, int Number, DateTimeOffset Time)
{
    public required string Environment { get; init; }

    public required string Browser { get; init; }

    public required string System { get; init; }

    public required string Server { get; init; }

    /// <summary>The affected person's number, or null when the event names nobody.</summary>
    public int? Person { get; init; }

    public string? Email => Person is { } number ? $"visitor{number}@example.org" : null;

    public string? IpAddress => Person is { } number ? $"203.0.113.{number % 250}" : null;

    /// <summary>Tags in alphabetical order.</summary>
    public IEnumerable<KeyValuePair<string, string>> Tags =>
    [
        KeyValuePair.Create("browser", Browser),
        KeyValuePair.Create("environment", Environment),
        KeyValuePair.Create("handled", Issue.IsUnhandled ? "no" : "yes"),
        KeyValuePair.Create("level", Issue.Level),
        KeyValuePair.Create("os", System),
        KeyValuePair.Create("server_name", Server),
        .. Person is { } number ? [KeyValuePair.Create("user", $"id:{number}")] : Array.Empty<KeyValuePair<string, string>>(),
    ];
}
