using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Connectors;
using Watchbill.Connectors.Preflight;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill connect</c>: tries a connection out and saves it.</summary>
internal sealed class ConnectCommand(SentryOptions options)
{
    private readonly Option<string?> _name = Names.Text("--name", "A name people will recognise [default: the organization's slug]", "name");
    private readonly Option<string?> _application = Names.Text("--application", "The application it stands for", "name");
    private readonly Option<double> _share = Numbers.Share("--budget-share", "The share of Sentry's rate limit that a sync may use, 0.05 to 1", 0.7);
    private readonly Option<string?> _schedule = Names.Text("--schedule", "When a server reads it: manual, live (as Sentry's audit log names changes), hourly, every-6-hours, daily-at-H, or cron:EXPRESSION, in UTC [default: every-6-hours]", "schedule");
    private readonly Option<bool> _saveAnyway = new("--save-anyway") { Description = "Save even when a sync could not read the organization now" };

    public static Command Create(CommandHost host)
    {
        var command = new DocumentedCommand("connect", "Connect a Sentry organization: probe it, explain each finding, save it")
        {
            Examples =
            [
                "./watchbill connect --organization acme",
                "./watchbill connect --address de.sentry.io --organization acme --token-file token.txt",
                "./watchbill connect --address https://sentry.example.com --organization acme --allow-private-networks",
            ],
        };
        var self = new ConnectCommand(new SentryOptions(command));
        command.Add(self._name);
        command.Add(self._application);
        command.Add(self._share);
        command.Add(self._schedule);
        command.Add(self._saveAnyway);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var input = await InputAsync(context, cancellationToken);
        context.CreateDatabase();
        var connected = await context.Watchbill.ConnectAsync(input, context.Value(_saveAnyway), cancellationToken);
        if (!connected.Succeeded)
        {
            await ExplainAsync(input, connected.Refusal!.Code, context, cancellationToken);
            return context.Refuse(connected.Refusal);
        }

        PreflightPage.Print(connected.Value.Preflight, context);
        context.Say($"Saved as {connected.Value.Connector.Name}. Read it with: watchbill sync");
        return ExitCode.Ok;
    }

    private async Task<ConnectInput> InputAsync(CommandContext context, CancellationToken cancellationToken) => new()
    {
        Name = context.Value(_name) ?? options.Organization(context),
        Application = context.Value(_application),
        Address = options.Address(context),
        OrganizationSlug = options.Organization(context),
        BudgetShare = context.Value(_share),
        Schedule = context.Value(_schedule) ?? SyncSchedule.EverySixHours,
        AllowPrivateNetworks = options.AllowPrivateNetworks(context),
        Token = await options.ReadTokenAsync(context, cancellationToken),
    };

    /// <summary>The refusal tells the first thing that failed; somebody who has to repair it wants to see all.</summary>
    private static async Task ExplainAsync(ConnectInput input, string code, CommandContext context, CancellationToken cancellationToken)
    {
        if (code == "preflight-failed")
        {
            var request = new PreflightRequest(input.Address, input.OrganizationSlug, input.Token, input.AllowPrivateNetworks);
            PreflightPage.Print((await context.Watchbill.PreflightAsync(request, cancellationToken)).Value, context);
        }
    }
}
