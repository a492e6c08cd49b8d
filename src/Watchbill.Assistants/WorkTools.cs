using System.ComponentModel;
using ModelContextProtocol.Server;
using Watchbill.Contracts;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Requests;
using Watchbill.Contracts.Reviews;

namespace Watchbill.Assistants;

/// <summary>Reviews to look at, and access to ask for.</summary>
/// <param name="client">Asks as whoever the assistant works for.</param>
internal sealed class WorkTools(WatchbillClient client)
{
    [McpServerTool(Name = "list_reviews", Title = "Access reviews", ReadOnly = true, OpenWorld = false)]
    [Description("The access reviews that your user may see.")]
    public Task<IReadOnlyList<Campaign>> ReviewsAsync(CancellationToken cancellationToken) => Answering.AskAsync(() => client.Reviews.ListAsync(cancellationToken));

    [McpServerTool(Name = "review_items", Title = "Items of a review", ReadOnly = true, OpenWorld = false)]
    [Description("The grants of a review with the facts about each: path, last activity, since when, what was decided before, and Watchbill's recommendation with its reasons. Deciding is for people.")]
    public Task<Page<ReviewItem>> ItemsAsync(
        [Description("The review's number.")] long review, [Description("Only those without a decision.")] bool undecided = true, [Description("A part of a name, address or team.")] string? text = null,
        [Description("The 'next' of the answer before.")] string? cursor = null, CancellationToken cancellationToken = default) =>
        Answering.AskAsync(() => client.Reviews.ItemsAsync(
            review, new ReviewItemQuery { Undecided = undecided ? true : null, Text = text, Limit = Answering.Limit(null), Cursor = cursor }, cancellationToken));

    [McpServerTool(Name = "what_can_i_ask_for", Title = "What can be asked for", ReadOnly = true, OpenWorld = false)]
    [Description("Teams, projects and roles that your user may ask for, for how long, and who decides.")]
    public async Task<IReadOnlyList<CatalogueEntry>> CatalogueAsync(
        [Description("A part of a team's, project's or role's name.")] string text = "", [Description(Answering.Source)] string? source = null, CancellationToken cancellationToken = default)
    {
        // Whoever may ask may not be allowed to list sources: their places tell.
        var places = await Answering.AskAsync(() => client.Requests.PlacesAsync(cancellationToken));
        var place = places.Count == 1 && string.IsNullOrWhiteSpace(source) ? places[0].Connector : await client.SourceAsync(source, cancellationToken);
        return await Answering.AskAsync(() => client.Requests.CatalogueAsync(new CatalogueQuery { Connector = place, Text = text }, cancellationToken));
    }

    [McpServerTool(Name = "list_requests", Title = "Access requests", ReadOnly = true, OpenWorld = false)]
    [Description("Requests for access: mine, or those that wait for my answer.")]
    public Task<Page<AccessRequest>> RequestsAsync([Description("mine, waiting or all.")] string view = "mine", CancellationToken cancellationToken = default) =>
        Answering.AskAsync(() => client.Requests.ListAsync(new AccessRequestQuery { View = view, Limit = Answering.Limit(null) }, cancellationToken));

    [McpServerTool(Name = "ask_for_access", Title = "Ask for access", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false)]
    [Description("Asks for access for your user, for a limited time. Other people decide, as the policy says. Confirm with your user before you call this; take team and role from what_can_i_ask_for.")]
    public Task<AccessRequest> AskAsync([Description("What to ask for.")] AccessWish wish, CancellationToken cancellationToken = default) =>
        Answering.AskAsync(() => client.Requests.AskAsync(
            new NewAccessRequest { Connector = wish.Source, Kind = wish.Kind, Role = wish.Role, Reason = wish.Reason, Minutes = wish.Minutes, Team = wish.Team, Ticket = wish.Ticket }, cancellationToken));
}

/// <summary>Access that somebody wants.</summary>
internal sealed record AccessWish
{
    /// <summary>The source.</summary>
    [Description("The number of the source.")]
    public required long Source { get; init; }

    /// <summary>What kind of access.</summary>
    [Description("team-membership or org-role.")]
    public required string Kind { get; init; }

    /// <summary>The role.</summary>
    [Description("The role's id.")]
    public required string Role { get; init; }

    /// <summary>Why.</summary>
    [Description("Why, in your user's words.")]
    public required string Reason { get; init; }

    /// <summary>For how long.</summary>
    [Description("For how many minutes, 5 at least.")]
    public required int Minutes { get; init; }

    /// <summary>The team.</summary>
    [Description("The team's id, for a team.")]
    public string? Team { get; init; }

    /// <summary>The ticket.</summary>
    [Description("The ticket's number, where the policy wants one.")]
    public string? Ticket { get; init; }
}
