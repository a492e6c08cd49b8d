using System.ComponentModel;
using ModelContextProtocol.Server;
using Watchbill.Contracts;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;

namespace Watchbill.Assistants;

/// <summary>What fails, and what is done about it.</summary>
/// <param name="client">Asks as whoever the assistant works for.</param>
internal sealed class ComplianceTools(WatchbillClient client)
{
    [McpServerTool(Name = "latest_checks", Title = "What the checks say", ReadOnly = true, OpenWorld = false)]
    [Description("What all compliance checks said in the latest run of a source. 'not-evaluated' means that data is missing: it is never a pass.")]
    public async Task<CheckRun> LatestAsync([Description(Answering.Source)] string? source = null, CancellationToken cancellationToken = default)
    {
        var connector = await client.SourceAsync(source, cancellationToken);
        return await Answering.AskAsync(() => client.Compliance.LatestAsync(connector, cancellationToken));
    }

    [McpServerTool(Name = "check_results", Title = "What a check says of each resource", ReadOnly = true, OpenWorld = false)]
    [Description("What checks say of single members, teams, projects and so on, failures first, with the reason.")]
    public async Task<Page<CheckResult>> ResultsAsync(
        [Description("The check's id, for example member-inactive; left out for all.")] string? check = null,
        [Description("Only this outcome: fail, pass, not-evaluated, not-applicable, excepted.")] string? outcome = null,
        [Description(Answering.Source)] string? source = null, [Description("The 'next' of the answer before.")] string? cursor = null, CancellationToken cancellationToken = default)
    {
        var connector = await client.SourceAsync(source, cancellationToken);
        return await Answering.AskAsync(() => client.Compliance.ResultsAsync(
            connector, new CheckResultQuery { Check = check, Outcome = outcome, Limit = Answering.Limit(null), Cursor = cursor }, cancellationToken));
    }

    [McpServerTool(Name = "explain_check", Title = "What a check is about", ReadOnly = true, OpenWorld = false)]
    [Description("A check: what it asks and why, its parameters, the controls it serves, and what to do when it fails.")]
    public async Task<CheckDetails> CheckAsync([Description("The check's id.")] string check, [Description(Answering.Source)] string? source = null, CancellationToken cancellationToken = default)
    {
        var connector = await client.SourceAsync(source, cancellationToken);
        return await Answering.AskAsync(() => client.Compliance.FindAsync(connector, check, cancellationToken));
    }

    [McpServerTool(Name = "framework_status", Title = "How a framework stands", ReadOnly = true, OpenWorld = false)]
    [Description("A framework control by control: what its checks say, and what Sentry cannot show.")]
    public async Task<Framework> FrameworkAsync(
        [Description("The framework's id, for example soc2-tsc-2017-rev2022; list_frameworks tells them.")] string framework, [Description(Answering.Source)] string? source = null, CancellationToken cancellationToken = default)
    {
        var connector = await client.SourceAsync(source, cancellationToken);
        return await Answering.AskAsync(() => client.Compliance.FrameworkAsync(connector, framework, cancellationToken));
    }

    [McpServerTool(Name = "list_frameworks", Title = "Frameworks", ReadOnly = true, OpenWorld = false)]
    [Description("The frameworks that Watchbill knows.")]
    public Task<IReadOnlyList<Framework>> FrameworksAsync(CancellationToken cancellationToken) => Answering.AskAsync(() => client.Compliance.FrameworksAsync(cancellationToken));

    [McpServerTool(Name = "list_actions", Title = "Actions", ReadOnly = true, OpenWorld = false)]
    [Description("What is to be done about failing checks: owner, date, state. Those that are not closed, unless you name a state.")]
    public Task<Page<ComplianceAction>> ActionsAsync(
        [Description("Only those in this state: open, in-progress or closed.")] string? state = null, [Description("Only those that should be done and are not.")] bool overdue = false,
        [Description("The 'next' of the answer before.")] string? cursor = null, CancellationToken cancellationToken = default) =>
        Answering.AskAsync(() => client.Compliance.ActionsAsync(new ActionQuery { State = state, Overdue = overdue, Limit = Answering.Limit(null), Cursor = cursor }, cancellationToken));
}
