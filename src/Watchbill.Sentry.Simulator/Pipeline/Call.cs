using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>One request on its way through the pipeline. Handlers read it; they run under the organization's lock.</summary>
internal sealed class Call
{
    public required World World { get; init; }

    public required SimulatorOptions Options { get; init; }

    public required Host Host { get; init; }

    public required Route Route { get; init; }

    public required Dictionary<string, string> Parameters { get; init; }

    public required Caller Caller { get; init; }

    /// <summary>Path inside the application, undecoded and without a sub path.</summary>
    public required string Path { get; init; }

    public required string QueryString { get; init; }

    public required IQueryCollection Query { get; init; }

    /// <summary>The request's JSON, or an undefined element when there was none.</summary>
    public JsonElement Body { get; init; }

    public string? IpAddress { get; init; }

    // Set by the resolver, before the handler runs, as far as the route's pattern names them.
    public Organization Organization { get; set; } = null!;

    public Access Access { get; set; } = null!;

    public Member Member { get; set; } = null!;

    public Team Team { get; set; } = null!;

    public Project Project { get; set; } = null!;

    public Actor Actor => Caller.Actor(IpAddress);

    /// <summary>URL prefix the serving part of Sentry is configured with. Links carry it, whatever host was called.</summary>
    public string Prefix => Host.Region is null && Route.Silo == Silo.Cell && Organization is not null ? World.RegionUrl(Organization.Region) : Host.Url;

    /// <summary>Text of a route parameter other than the resolved ones.</summary>
    public string Parameter(string name) => Parameters[name];

    public bool Flag(string name) => Query[name].ToString() is "1" or "true";

    /// <summary>A member of the JSON body, or null when it is missing or not an object's.</summary>
    public JsonElement? Field(string name) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A text in the JSON body, or null when it is missing or not a text.</summary>
    public string? Text(string name) => Field(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
