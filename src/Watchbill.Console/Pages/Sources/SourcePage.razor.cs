using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Watchbill.Access;
using Watchbill.Connectors;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Console.Pages.Sources;

/// <summary>One source: how it stands, what it is set to, its runs, and what can be done about it.</summary>
public sealed partial class SourcePage(SourceActions actions, CurrentCaller me, NavigationManager address, IHttpContextAccessor http)
{
    private const int FewRuns = 15;
    private const int ManyRuns = 200;
    private const int MostReasons = 5;
    private const int MostNames = 4;
    private const int FactsShown = 15;

    private ConnectorStanding? _standing;
    private IReadOnlyList<SyncRun> _runs = [];
    private IReadOnlyList<ScopeState> _stale = [];
    private IReadOnlyList<string> _owners = [];
    private IReadOnlyList<HeldFacts> _facts = [];
    private SyncRun? _held;
    private LedgerDifference? _difference;
    private Refusal? _refusal;
    private Refusal? _decisionRefusal;
    private int _scopes;
    private bool _hasLog;
    private DateTimeOffset? _vouchedUntil;

    /// <summary>The connector's number.</summary>
    [Parameter]
    public long Id { get; set; }

    /// <summary>"true" shows many runs.</summary>
    [SupplyParameterFromQuery]
    public string? All { get; set; }

    private bool ShowsAll => All == "true";

    private bool MayManage => me.May(Right.ManageConnectors);

    private bool CanSync => _standing is { RequestedAt: null, Connector.State: not (ConnectorState.Syncing or ConnectorState.NeedsConfirmation) };

    private bool CanPause => _standing is { Connector.State: not (ConnectorState.Syncing or ConnectorState.NeedsConfirmation) };

    private string EventsAddress => $"/events/connectors/{Id}?seen={Uri.EscapeDataString(SourceEvents.MarkOf(_standing!))}";

    private string CompleteLink => address.ToAbsoluteUri($"/sources/{Id}/token").AbsoluteUri;

    private CancellationToken Aborted => http.HttpContext!.RequestAborted;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var id = new ConnectorId(Id);
        var found = await actions.Standings.WatchAsync(id, me.Caller, Aborted);
        if (!found.Succeeded)
        {
            address.NotFound();
            return;
        }

        _runs = (await actions.Queries.RunsAsync(id, ShowsAll ? ManyRuns : FewRuns, me.Caller, Aborted)).Value;
        var scopes = await actions.Ledger.ScopesAsync(id, Aborted);
        (_scopes, _stale) = (scopes.Count, [.. scopes.Where(static scope => scope.StaleSince is not null)]);
        _hasLog = scopes.Any(static scope => scope is { Scope: Scope.AuditLog, LastCompleteAt: not null, StaleSince: null });
        _vouchedUntil = scopes.Max(static scope => scope.VouchedAt);
        var accounts = (await actions.Standings.PossibleOwnersAsync(me.Caller, Aborted)).Value.ToDictionary(static account => account.Id);
        var owners = (await actions.Standings.OwnersAsync(id, me.Caller, Aborted)).Value;
        _owners = [.. owners.Select(owner => accounts.GetValueOrDefault(owner)?.Name ?? "somebody who left")];
        await LoadHeldAsync();
        _standing = found.Value;
    }

    private static string Together(List<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames:N0} more" : "");

    private async Task LoadHeldAsync()
    {
        _held = _runs.FirstOrDefault(static run => run.State is SyncRunState.NeedsConfirmation);
        if (_held is null || await actions.Queries.DifferenceAsync(_held.Id, me.Caller, Aborted) is not { Succeeded: true } difference)
        {
            _held = null;
            return;
        }

        _difference = difference.Value;
        var facts = new List<HeldFacts>();
        foreach (var kind in _difference.Lines.Where(static line => line.Closing > 0).Select(static line => line.Kind).Distinct())
        {
            var ending = await actions.Ledger.ListAsync(new DifferenceQuery(_held.ConnectorId, _held.Id, FactChange.Closing, kind, FactsShown), Aborted);
            facts.Add(new HeldFacts(kind, _difference.Lines.Where(line => line.Kind == kind).Sum(static line => line.Closing), [.. ending.Select(static fact => FactNames.Of(fact) ?? fact.Key)]));
        }

        _facts = facts;
    }

    private async Task ActAsync()
    {
        if (_standing is null)
        {
            return;
        }

        var done = await actions.RunAsync(http.HttpContext!.Request.Form["then"].ToString(), _standing.Connector, me.Caller, Aborted);
        if (done.Succeeded)
        {
            address.NavigateTo($"/sources/{Id}");
        }

        _refusal = done.Refusal;
    }

    private async Task DecideAsync()
    {
        if (_held is null)
        {
            return;
        }

        var posted = http.HttpContext!.Request.Form;
        var decided = posted["then"] == "confirm"
            ? await actions.Decide.ConfirmAsync(_held.Id, me.Caller, Aborted)
            : await actions.Decide.RejectAsync(_held.Id, posted["reason"].ToString().Trim(), me.Caller, Aborted);
        if (decided.Succeeded)
        {
            address.NavigateTo($"/sources/{Id}");
        }

        _decisionRefusal = decided.Refusal;
    }
}

/// <summary>What a held run would end, of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many end.</param>
/// <param name="Names">The first of them.</param>
public sealed record HeldFacts(FactKind Kind, long Count, IReadOnlyList<string> Names);
