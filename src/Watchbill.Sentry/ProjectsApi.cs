using Watchbill.Sentry.Json;
using Watchbill.Sentry.Transport;

namespace Watchbill.Sentry;

/// <summary>A project with the teams that own it.</summary>
public sealed record SentryProject : IKeyed
{
    public required string Id { get; init; }

    public string? Slug { get; init; }

    public string? Name { get; init; }

    public string? Platform { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>When the first event came; null when none did.</summary>
    public DateTimeOffset? FirstEvent { get; init; }

    /// <summary>The owning teams, possibly none; null when the server did not say.</summary>
    public IReadOnlyList<SentryTeamReference>? Teams { get; init; }

    string IKeyed.Key => Id;
}

/// <summary>A team as named inside another answer.</summary>
public sealed record SentryTeamReference
{
    public required string Id { get; init; }

    public string? Slug { get; init; }

    public string? Name { get; init; }
}

/// <summary>Reads the projects of an organization, and changes which teams have them. Scope of reading: <c>org:read</c>.</summary>
public sealed class ProjectsApi
{
    private readonly RequestSender _sender;

    internal ProjectsApi(RequestSender sender) => _sender = sender;

    /// <summary><c>GET organizations/{org}/projects/</c>, page by page.</summary>
    public SentryListing<SentryProject> List(string org) =>
        _sender.List(Slim(org).Paged(), SentryJson.Default.ListSentryProject);

    /// <summary>
    /// <c>GET organizations/{org}/projects/?all_projects=1</c>: every active project with its teams, normally in one answer. A server that does
    /// not know the parameter pages as usual, and the listing follows.
    /// </summary>
    public SentryListing<SentryProject> ListAll(string org) =>
        _sender.List(Slim(org).With("all_projects", "1"), SentryJson.Default.ListSentryProject);

    /// <summary><c>GET projects/{org}/{project}/</c>: its settings. Scope: <c>project:read</c>.</summary>
    public Task<SentryProjectSettings> GetSettingsAsync(string org, string project, CancellationToken cancellationToken = default) =>
        _sender.GetAsync(Of(org, project, ""), SentryJson.Default.SentryProjectSettings, cancellationToken);

    /// <summary><c>GET projects/{org}/{project}/filters/</c>: what is dropped before it counts. Scope: <c>project:read</c>.</summary>
    public SentryListing<SentryInboundFilter> ListFilters(string org, string project) =>
        _sender.List(Of(org, project, "filters/"), SentryJson.Default.ListSentryInboundFilter);

    /// <summary><c>GET projects/{org}/{project}/ownership/</c>: whether rules say who owns what. Scope: <c>project:read</c>.</summary>
    public Task<SentryOwnershipRules> GetOwnershipAsync(string org, string project, CancellationToken cancellationToken = default) =>
        _sender.GetAsync(Of(org, project, "ownership/"), SentryJson.Default.SentryOwnershipRules, cancellationToken);

    /// <summary><c>GET projects/{org}/{project}/hooks/</c>: where events are sent to. Scope: <c>project:read</c>.</summary>
    public SentryListing<SentryServiceHook> ListHooks(string org, string project) =>
        _sender.List(Of(org, project, "hooks/").Paged(), SentryJson.Default.ListSentryServiceHook);

    /// <summary><c>POST projects/{org}/{project}/teams/{team}/</c>: gives a project to a team too; one that has it already is no error. Scope: <c>project:write</c>.</summary>
    public Task AddTeamAsync(string org, string project, string team, CancellationToken cancellationToken = default) =>
        _sender.WriteAsync(Of(org, project, $"teams/{SentryRequest.Segment(team)}/").As(HttpMethod.Post), cancellationToken);

    /// <summary>
    /// <c>DELETE projects/{org}/{project}/teams/{team}/</c>: takes a project from a team; one that does not have it is no error. Scope: <c>project:write</c>,
    /// on that team.
    /// </summary>
    public Task RemoveTeamAsync(string org, string project, string team, CancellationToken cancellationToken = default) =>
        _sender.WriteAsync(Of(org, project, $"teams/{SentryRequest.Segment(team)}/").As(HttpMethod.Delete), cancellationToken);

    private static SentryRequest Of(string org, string project, string rest) =>
        SentryRequest.ToCellPath(org, $"projects/{SentryRequest.Segment(org)}/{SentryRequest.Segment(project)}/{rest}");

    private static SentryRequest Slim(string org) =>
        SentryRequest.ToCell(org, "projects/").With("collapse", "latestDeploys").With("collapse", "unusedFeatures");
}
