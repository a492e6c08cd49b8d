using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Compliance;
using Watchbill.Compliance.Actions;
using Watchbill.Console.Shared;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Console.Pages.Compliance;

/// <summary>The filters of an address that lists actions.</summary>
internal static class ActionFilter
{
    /// <summary>What stands for nobody and for whoever looks, in the filter of owners.</summary>
    public const string Nobody = "nobody";

    /// <inheritdoc cref="Nobody"/>
    public const string Me = "me";

    /// <summary>The actions that an address asks for.</summary>
    public static ActionSearch Of(IQueryCollection query, Caller caller)
    {
        var owner = query["owner"].ToString();
        return new ActionSearch
        {
            Connector = long.TryParse(query["connector"], NumberStyles.None, CultureInfo.InvariantCulture, out var connector) ? new ConnectorId(connector) : null,
            State = Word.Parse<ActionState>(query["state"]),
            All = query["state"] == "all",
            Severity = Word.Parse<Severity>(query["severity"]),
            IsUnowned = owner == Nobody,
            Owner = owner == Me ? caller.Account : long.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out var account) ? new AccountId(account) : null,
            IsOverdue = query["overdue"] == "true",
            Text = query["q"],
        };
    }
}

/// <summary>Actions as a file, with the filters of the address in force.</summary>
internal sealed class ActionFiles(ManageActions actions, CurrentCaller me, IHttpContextAccessor accessor)
{
    /// <summary>Longer lists are for the API.</summary>
    public const int MostRows = 20_000;

    /// <summary>Sends them.</summary>
    public async Task SendAsync()
    {
        var context = accessor.HttpContext!;
        var search = ActionFilter.Of(context.Request.Query, me.Caller) with { Take = ActionSearch.MostRows };
        List<ComplianceAction> rows = [];
        ActionList page;
        do
        {
            page = (await actions.ListAsync(search with { Skip = rows.Count }, me.Caller, context.RequestAborted)).Value;
            rows.AddRange(page.Rows);
        }
        while (page.Rows.Count == ActionSearch.MostRows && rows.Count < MostRows);
        var names = (await actions.PeopleAsync(context.RequestAborted)).ToDictionary(static person => person.Id);
        await CsvFile.WriteAsync(context, "actions", Columns(action => action.Owner is { } owner && names.TryGetValue(owner, out var person) ? person.Email : null), rows);
    }

    private static IReadOnlyList<CsvColumn<ComplianceAction>> Columns(Func<ComplianceAction, string?> owner) =>
    [
        new("action", static row => row.Id.Value),
        new("source", static row => row.Connector.Value),
        new("check", static row => row.CheckId),
        new("title", static row => row.Title),
        new("description", static row => row.Description),
        new("severity", static row => Word.Of(row.Severity)),
        new("state", static row => Word.Of(row.State)),
        new("owner", owner),
        new("opened_at", static row => row.OpenedAt),
        new("due_at", static row => row.DueAt),
        new("closed_at", static row => row.ClosedAt),
        new("closing", static row => row.Closing),
        new("reopened", static row => row.Reopened),
        new("failing", static row => row.Failing),
    ];
}

/// <summary>Where the file is.</summary>
internal static class ActionFileEndpoints
{
    public static void MapActionFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/actions.csv", [Needs(Right.ReadAccess)] (ActionFiles files) => files.SendAsync()).ExcludeFromDescription();
}
