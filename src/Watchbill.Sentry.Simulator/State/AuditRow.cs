using System.Text.Json.Nodes;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>One row of the audit log.</summary>
/// <param name="Event">API name, such as <c>member.join-team</c>.</param>
public sealed record AuditRow(long Id, string Event, Actor Actor, DateTimeOffset DateCreated)
{
    /// <summary>Rendered sentence, may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>Id of what was changed: a member, team or project, or a membership row for join and leave.</summary>
    public long? TargetObject { get; init; }

    /// <summary>The person concerned, or null.</summary>
    public long? TargetUserId { get; init; }

    /// <summary>The object under <c>data</c>, per event.</summary>
    public JsonObject Details { get; init; } = [];
}
