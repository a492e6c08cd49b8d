using System.ComponentModel;
using ModelContextProtocol.Server;
using Watchbill.Contracts.Access;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Connectors;

namespace Watchbill.Assistants;

/// <summary>Who can reach what, why, and what changed.</summary>
/// <param name="client">Asks as whoever the assistant works for.</param>
internal sealed class AccessTools(WatchbillClient client)
{
    private const string At = "As of this instant (ISO 8601); now when left out.";
    private const string Most = "The most rows, 1 to 200; 50 when left out.";
    private const string Next = "The 'next' of the answer before, for the part after it.";

    [McpServerTool(Name = "list_sources", Title = "Sources", ReadOnly = true, OpenWorld = false)]
    [Description("The Sentry organizations that Watchbill reads, with state and freshness.")]
    public Task<IReadOnlyList<Connector>> SourcesAsync(CancellationToken cancellationToken) => Answering.AskAsync(() => client.Connectors.ListAsync(cancellationToken));

    [McpServerTool(Name = "search", Title = "Search", ReadOnly = true, OpenWorld = false)]
    [Description("Members, teams, projects and other principals whose name, address, slug or id holds the words.")]
    public async Task<IReadOnlyList<SearchHit>> SearchAsync([Description("A part of a name, address, slug or id.")] string text, [Description(Answering.Source)] string? source = null, CancellationToken cancellationToken = default)
    {
        var access = client.Access(await client.SourceAsync(source, cancellationToken));
        return await Answering.AskAsync(() => access.SearchAsync(new SearchQuery { Text = text }, cancellationToken));
    }

    [McpServerTool(Name = "who_can_reach", Title = "Who can reach a project", ReadOnly = true, OpenWorld = false)]
    [Description("The members that something leads to a project, with every way. 'held' means granted by a team or role; the rest comes by open membership.")]
    public async Task<AccessPage<Pair>> WhoAsync(
        [Description("The project: id, slug, or a part of the name that fits one only.")] string project, [Description(Answering.Source)] string? source = null,
        [Description(Most)] int? limit = null, [Description(Next)] string? cursor = null, CancellationToken cancellationToken = default)
    {
        var access = client.Access(await client.SourceAsync(source, cancellationToken));
        return await Answering.AskAsync(() => access.MembersOfProjectAsync(project, new PairQuery { Limit = Answering.Limit(limit), Cursor = cursor }, cancellationToken));
    }

    [McpServerTool(Name = "what_can_reach", Title = "What a member can reach", ReadOnly = true, OpenWorld = false)]
    [Description("The projects that something leads a member to, with every way.")]
    public async Task<AccessPage<Pair>> WhatAsync(
        [Description("The member: id, address, or a part of the name that fits one only.")] string member, [Description(Answering.Source)] string? source = null,
        [Description(Most)] int? limit = null, [Description(Next)] string? cursor = null, CancellationToken cancellationToken = default)
    {
        var access = client.Access(await client.SourceAsync(source, cancellationToken));
        return await Answering.AskAsync(() => access.ProjectsOfMemberAsync(member, new PairQuery { Limit = Answering.Limit(limit), Cursor = cursor }, cancellationToken));
    }

    [McpServerTool(Name = "why", Title = "Why somebody reaches a project", ReadOnly = true, OpenWorld = false)]
    [Description("Why a member reaches a project, by every path, or why not and what would open a way.")]
    public async Task<AccessAnswer<Explanation>> WhyAsync(
        [Description("The member: id or address.")] string member, [Description("The project: id or slug.")] string project,
        [Description(Answering.Source)] string? source = null, [Description(At)] DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        var access = client.Access(await client.SourceAsync(source, cancellationToken));
        return await Answering.AskAsync(() => access.WhyAsync(new WhyQuery { Member = member, Project = project, At = at }, cancellationToken));
    }

    [McpServerTool(Name = "list_members", Title = "Members", ReadOnly = true, OpenWorld = false)]
    [Description("Members and invitations with role, state, last activity, second factor and how much they reach.")]
    public async Task<AccessPage<MemberRow>> MembersAsync(
        [Description("A part of the name or address.")] string? text = null,
        [Description("The organization role, exactly, for example owner or manager.")] string? role = null,
        [Description("Not active for so many days.")] int? inactiveDays = null,
        [Description(Answering.Source)] string? source = null, CancellationToken cancellationToken = default)
    {
        var access = client.Access(await client.SourceAsync(source, cancellationToken));
        return await Answering.AskAsync(() => access.MembersAsync(new MemberQuery { Text = text, Role = role, InactiveDays = inactiveDays, Limit = Answering.Limit(null) }, cancellationToken));
    }

    [McpServerTool(Name = "what_changed", Title = "What changed", ReadOnly = true, OpenWorld = false)]
    [Description("What began, changed and ended in an organization's access between two instants, and who did it where Sentry logged it.")]
    public async Task<AccessPage<AccessChange>> ChangesAsync(
        [Description("The earlier instant (ISO 8601).")] DateTimeOffset since, [Description("The later instant; now when left out.")] DateTimeOffset? until = null,
        [Description(Answering.Source)] string? source = null, [Description(Next)] string? cursor = null, CancellationToken cancellationToken = default)
    {
        var access = client.Access(await client.SourceAsync(source, cancellationToken));
        return await Answering.AskAsync(() => access.ChangesAsync(new ChangeQuery { Since = since, Until = until, Limit = Answering.Limit(null), Cursor = cursor }, cancellationToken));
    }

    [McpServerTool(Name = "history", Title = "History of somebody or something", ReadOnly = true, OpenWorld = false)]
    [Description("What ever began, changed and ended for one member, one team or one project, newest first. Name exactly one of the three.")]
    public async Task<AccessPage<HistoryLine>> HistoryAsync(
        [Description("The member: id or address; only the id for somebody who is gone.")] string? member = null, [Description("The team: id or slug.")] string? team = null,
        [Description("The project: id or slug.")] string? project = null, [Description(Answering.Source)] string? source = null, CancellationToken cancellationToken = default)
    {
        var access = client.Access(await client.SourceAsync(source, cancellationToken));
        return await Answering.AskAsync(() => access.HistoryAsync(new HistoryQuery { Member = member, Team = team, Project = project, Limit = Answering.Limit(null) }, cancellationToken));
    }
}
