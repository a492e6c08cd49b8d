using Watchbill.Sentry.Simulator.Permissions;

namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>
/// One endpoint. In patterns a leading <c>O/</c>, <c>P/</c> or <c>T/</c> stands for the path of an organization, project or team; the names
/// <c>{organization}</c>, <c>{project}</c>, <c>{team}</c> and <c>{member}</c> are resolved before the handler runs, others are text.
/// </summary>
/// <param name="Accepted">Any one of these scopes opens the endpoint; empty means that a valid credential is enough.</param>
internal sealed record Route(string Method, string Pattern, ScopeSet Accepted, Func<Call, Answer> Handler)
{
    public Silo Silo { get; init; } = Silo.Cell;

    /// <summary>True when the call works without any credential.</summary>
    public bool AllowsAnonymous { get; init; }

    /// <summary>Name of the view when it has a rate limit bucket of its own; null shares the bucket of everything else.</summary>
    public string? OwnLimit { get; init; }

    /// <summary>Most requests a window in <see cref="OwnLimit"/>'s bucket.</summary>
    public int OwnLimitRequests { get; init; } = int.MaxValue;

    public string FullPattern { get; } = Expand(Pattern);

    /// <summary>Whether the handler is about one project; the object-level gate is then the project's.</summary>
    public bool IsOfProject => Pattern.StartsWith("P/", StringComparison.Ordinal);

    public bool IsOfTeam => Pattern.StartsWith("T/", StringComparison.Ordinal);

    public static Route Get(string pattern, string accepted, Func<Call, Answer> handler) => new("GET", pattern, ScopeSet.Parse(accepted), handler);

    public static Route Post(string pattern, string accepted, Func<Call, Answer> handler) => new("POST", pattern, ScopeSet.Parse(accepted), handler);

    public static Route Put(string pattern, string accepted, Func<Call, Answer> handler) => new("PUT", pattern, ScopeSet.Parse(accepted), handler);

    public static Route Patch(string pattern, string accepted, Func<Call, Answer> handler) => new("PATCH", pattern, ScopeSet.Parse(accepted), handler);

    public static Route Delete(string pattern, string accepted, Func<Call, Answer> handler) => new("DELETE", pattern, ScopeSet.Parse(accepted), handler);

    private static string Expand(string pattern) => pattern[..2] switch
    {
        "O/" => "/api/0/organizations/{organization}/" + pattern[2..],
        "P/" => "/api/0/projects/{organization}/{project}/" + pattern[2..],
        "T/" => "/api/0/teams/{organization}/{team}/" + pattern[2..],
        _ => pattern,
    };
}
