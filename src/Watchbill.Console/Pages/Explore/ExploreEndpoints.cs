using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Watchbill.Access.Effective;
using Watchbill.Access.Explore;
using Watchbill.Access.History;
using Watchbill.Access.Matching;
using Watchbill.Connectors;
using Watchbill.Console.Shared;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Console.Pages.Explore;

/// <summary>The tables of the pages as files, with the filters of the address in force.</summary>
internal static class ExploreEndpoints
{
    private static readonly NeedsAttribute Reading = new(Right.ReadAccess);

    private static readonly IReadOnlyList<CsvColumn<MemberRow>> MemberColumns =
    [
        new("member_id", static row => row.Member.Id),
        new("user_id", static row => row.Member.UserId),
        new("email", static row => row.Member.Email),
        new("name", static row => row.Member.Name),
        new("org_role", static row => row.Member.OrgRole),
        new("state", static row => Word.Of(row.State)),
        new("has_two_factor", static row => row.Member.HasTwoFactor),
        new("sso_linked", static row => row.Member.SsoLinked),
        new("idp_provisioned", static row => row.Member.IdpProvisioned),
        new("teams", static row => row.Teams),
        new("projects_held", static row => row.Held),
        new("projects_reachable", static row => row.Reachable),
        new("tokens_only", static row => row.TokensOnly),
        new("last_active", static row => row.LastActive),
    ];

    private static readonly IReadOnlyList<CsvColumn<AccountMatch>> AccountColumns =
    [
        new("member_id", static account => account.Member.Id),
        new("email", static account => account.Member.Email),
        new("name", static account => account.Member.Name),
        new("org_role", static account => account.Member.OrgRole),
        new("member_state", static account => Word.Of(account.Row.State)),
        new("match", static account => Word.Of(account.State)),
        new("kind", static account => Word.Of(account.Kind)),
        new("person_key", static account => account.Identity?.Key),
        new("person_email", static account => account.Identity?.Email),
        new("person_name", static account => account.Identity?.Name),
        new("person_active", static account => account.Identity?.IsActive),
        new("owner", static account => Word.Of(account.Setting?.Owner ?? OwnerChoice.ByRules)),
        new("rule", static account => account.Rule is { } rule ? Word.Of(rule) : null),
        new("note", static account => account.Setting?.Note),
        new("last_active", static account => account.Row.LastActive),
    ];

    private static readonly IReadOnlyList<CsvColumn<TeamRow>> TeamColumns =
    [
        new("team_id", static row => row.Team.Id),
        new("slug", static row => row.Team.Slug),
        new("name", static row => row.Team.Name),
        new("idp_provisioned", static row => row.Team.IdpProvisioned),
        new("members", static row => row.Members),
        new("projects", static row => row.Projects),
        new("joinable_by_every_member", static row => row.Joinable),
    ];

    private static readonly IReadOnlyList<CsvColumn<ProjectRow>> ProjectColumns =
    [
        new("project_id", static row => row.Project.Id),
        new("slug", static row => row.Project.Slug),
        new("name", static row => row.Project.Name),
        new("platform", static row => row.Project.Platform),
        new("teams", static row => string.Join(' ', row.Teams.Select(static team => team.Slug))),
        new("members_held", static row => row.Held),
        new("members_reachable", static row => row.Reachable),
    ];

    private static readonly IReadOnlyList<CsvColumn<NonHumanRow>> NonHumanColumns =
    [
        new("key", static row => row.Principal.Key),
        new("kind", static row => Word.Of(row.Principal.Kind)),
        new("name", static row => row.Principal.Name),
        new("provider", static row => row.Principal.Provider),
        new("project", static row => row.Project?.Slug ?? row.Principal.ProjectId),
        new("scopes", static row => row.Scopes?.ToString()),
        new("is_active", static row => row.Principal.IsActive),
        new("date_created", static row => row.Principal.DateCreated),
        new("last_active", static row => row.LastActive),
    ];

    private static readonly IReadOnlyList<CsvColumn<AccessPair>> ReacherColumns =
    [
        new("member_id", static pair => pair.Member.Id),
        new("email", static pair => pair.Member.Email),
        new("name", static pair => pair.Member.Name),
        new("org_role", static pair => pair.Member.OrgRole),
        new("reaches_now", static pair => pair.ReachesNow),
        new("held", static pair => pair.IsHeld),
        new("tokens_only", static pair => pair.ReachesByTokenOnly),
        new("paths", static pair => string.Join("; ", pair.Paths.Select(static path => path.Sentence))),
        new("obstacles", static pair => string.Join("; ", pair.Obstacles.Select(static obstacle => obstacle.Sentence))),
        new("scopes", static pair => pair.Scopes.ToString()),
    ];

    private static readonly IReadOnlyList<CsvColumn<Loss>> LossColumns =
    [
        new("effect", static loss => Word.Of(loss.Kind)),
        new("member_id", static loss => loss.Member.Id),
        new("email", static loss => loss.Member.Email),
        new("name", static loss => loss.Member.Name),
        new("project_id", static loss => loss.Project?.Id),
        new("project", static loss => loss.Project?.Slug),
        new("projects", static loss => loss.Projects),
        new("left_paths", static loss => string.Join("; ", loss.LeftPaths.Select(static path => path.Sentence))),
        new("lost_scopes", static loss => string.Join(' ', loss.LostScopes)),
        new("self_joinable", static loss => loss.IsSelfJoinable),
    ];

    private static readonly IReadOnlyList<CsvColumn<HistoryLine>> HistoryColumns =
    [
        new("at", static line => line.At),
        new("known_by", static line => line.IsLogged ? "logged" : "observed"),
        new("what", static line => line.Sentence),
        new("actor", static line => line.Logged?.Actor),
        new("event", static line => line.Logged?.Event),
        new("sentry_entry_id", static line => line.Logged?.EntryId),
        new("seen_at", static line => line.SeenAt),
        new("still_so", static line => line.IsNow),
    ];

    public static void MapExploreDownloads(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/org/{connector:long}").RequireAuthorization(Reading).ExcludeFromDescription();
        group.MapGet("/members.csv", (long connector, Download download) =>
            download.SendAsync(connector, "members", MemberColumns, (picture, uri) => MemberTable.Of(picture, TableQueries.Members(uri))));
        group.MapGet("/accounts.csv", (long connector, Download download, AccountMatching matching, CurrentCaller me, CancellationToken cancellationToken) =>
            download.SendAsync(connector, "accounts", AccountColumns, async (picture, uri) =>
                await matching.AccountsAsync(new ConnectorId(connector), me.Caller, cancellationToken) is { Succeeded: true } found
                    ? AccountTable.Of(found.Value.Accounts, TableQueries.Accounts(uri), picture.At)
                    : null));
        group.MapGet("/teams.csv", (long connector, Download download) =>
            download.SendAsync(connector, "teams", TeamColumns, (picture, uri) => TeamTable.Of(picture, TableQueries.Teams(uri))));
        group.MapGet("/projects.csv", (long connector, Download download) =>
            download.SendAsync(connector, "projects", ProjectColumns, (picture, uri) => ProjectTable.Of(picture, TableQueries.Projects(uri))));
        group.MapGet("/non-human.csv", (long connector, Download download) =>
            download.SendAsync(connector, "non-human", NonHumanColumns, (picture, uri) => NonHumanTable.Of(picture, TableQueries.NonHumans(uri))));
        group.MapGet("/blast-radius.csv", (long connector, Download download) =>
            download.SendAsync(connector, "blast-radius", LossColumns, (picture, uri) => TableQueries.Removal(uri) is { } search && RemovalLookup.BlastRadius(picture, search) is { Succeeded: true } found
                ? found.Value.Losses
                : null));
        group.MapGet("/changes.csv", (long connector, Download download, ChangeFiles changes, HttpContext context) =>
            download.SendAsync(connector, "changes", ChangeFiles.Columns, (picture, _) =>
                changes.OfAsync(new ConnectorId(connector), picture, context.Request.Query["since"], context.Request.Query["kind"], context.RequestAborted)));
        group.MapGet("/history.csv", (long connector, Download download, AccessHistory history, CurrentCaller me, CancellationToken cancellationToken) =>
            download.SendAsync(connector, "history", HistoryColumns, async (picture, uri) =>
                TableQueries.History(uri) is { } search && await history.OfAsync(me.Caller, new ConnectorId(connector), search, cancellationToken) is { Succeeded: true } found
                    ? found.Value.UpTo(picture.At)
                    : null));
        group.MapGet("/projects/{project}.csv", (long connector, string project, Download download, HttpContext context) =>
            download.SendAsync(connector, "project-access", ReacherColumns, (picture, _) => new EffectiveAccess(picture.Graph).WhoReaches(project) is { } access
                ? ReacherTable.Of(access, context.Request.Query["q"], context.Request.Query["how"])
                : null));
    }
}

/// <summary>Sends one table of an organization's picture as a file; 404 when there is no such organization or thing.</summary>
internal sealed class Download(ExploreAccess explore, ConnectorQueries connectors, CurrentCaller me, IHttpContextAccessor accessor)
{
    /// <summary>Builds the rows and writes them.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="table">What the file is called.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The rows, from the picture and the request's address; null when the thing asked about does not exist.</param>
    public Task SendAsync<T>(long connector, string table, IReadOnlyList<CsvColumn<T>> columns, Func<OrganizationPicture, string, IReadOnlyList<T>?> rows) =>
        SendAsync(connector, table, columns, (picture, uri) => Task.FromResult(rows(picture, uri)));

    /// <inheritdoc cref="SendAsync{T}(long, string, IReadOnlyList{CsvColumn{T}}, Func{OrganizationPicture, string, IReadOnlyList{T}})"/>
    public async Task SendAsync<T>(long connector, string table, IReadOnlyList<CsvColumn<T>> columns, Func<OrganizationPicture, string, Task<IReadOnlyList<T>?>> rows)
    {
        var context = accessor.HttpContext!;
        var uri = context.Request.GetDisplayUrl();
        var id = new ConnectorId(connector);
        var found = await connectors.FindAsync(id, me.Caller, context.RequestAborted);
        if (!found.Succeeded)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var picture = await explore.PictureAsync(me.Caller, id, Instant.Parse(context.Request.Query["at"]), context.RequestAborted);
        if (!picture.Succeeded || await rows(picture.Value, uri) is not { } list)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await CsvFile.WriteAsync(context, $"{found.Value.OrganizationSlug}-{table}-{picture.Value.At:yyyy-MM-dd}", columns, list);
    }
}
