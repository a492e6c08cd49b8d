using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Connectors;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill provisioning request</c>: asks for a change, makes it and proves it; or says what would be sent.</summary>
internal sealed class RequestChangeCommand
{
    private readonly Argument<string> _kind = new("kind") { Description = "What shall change" };
    private readonly Option<string?> _member = Names.Text("--member", "Whose access: address, member id, or a part of name or address that fits one only", "member");
    private readonly Option<string?> _team = Names.Team("The team: slug, id, or a part of the name that fits one only");
    private readonly Option<string?> _project = Names.Text("--project", "The project: slug, id, or a part of the name that fits one only", "project");
    private readonly Option<string?> _role = Names.Text("--role", "The role that shall be, in the organization or on the team", "role");
    private readonly Option<string?> _email = Names.Text("--email", "Whom to invite", "address");
    private readonly Option<string?> _reason = Names.Text("--reason", "Why; it is kept for ever", "text");
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be sent, and send nothing" };

    public static Command Create(CommandHost host)
    {
        var self = new RequestChangeCommand();
        self._kind.AcceptOnlyFromAmong([.. Enum.GetValues<ChangeKind>().Select(Word.Of)]);
        var command = new DocumentedCommand("request", "Ask for a change, make it and prove it")
        {
            Examples =
            [
                "./watchbill provisioning request remove-member --member ada@example.com --reason Left --dry-run",
                "./watchbill provisioning request leave-team --member ada@example.com --team payments --reason Moved",
                "./watchbill provisioning request invite --email new@example.com --role member --reason Joins",
            ],
        };
        command.Add(self._kind);
        Array.ForEach<Option>([self._member, self._team, self._project, self._role, self._email, self._reason, self._dryRun], command.Add);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var connector = await context.ConnectorAsync(null, cancellationToken);
        var change = connector.Succeeded ? await ChangeAsync(context, connector.Value, cancellationToken) : connector.Refusal!;
        if (!change.Succeeded)
        {
            return context.Refuse(change.Refusal!);
        }

        if (context.Value(_dryRun))
        {
            var plan = await context.Watchbill.Provisioning.PlanAsync(connector.Value, change.Value, cancellationToken);
            return plan.Succeeded ? Show(context, plan.Value) : context.Refuse(plan.Refusal!);
        }

        var made = await context.Watchbill.Provisioning.MakeAsync(connector.Value, change.Value, context.Value(_reason) ?? "", cancellationToken);
        if (!made.Succeeded)
        {
            return context.Refuse(made.Refusal!);
        }

        var shown = context.Show(ProvisioningSheets.Task(made.Value));
        return shown is ExitCode.Ok && made.Value.State is not ProvisioningState.Proven ? ExitCode.Incomplete : shown;
    }

    private static ExitCode Show(CommandContext context, ChangePlan plan)
    {
        var shown = context.Show(ProvisioningSheets.Plan(plan));
        return plan.Refusal is null ? shown : context.Refuse(plan.Refusal);
    }

    /// <summary>Sentry's ids of what a person named.</summary>
    private async Task<Result<IntendedChange>> ChangeAsync(CommandContext context, Connector connector, CancellationToken cancellationToken)
    {
        var change = new IntendedChange(Word.Parse<ChangeKind>(context.Value(_kind))!.Value) { Role = context.Value(_role), Email = context.Value(_email) };
        if (context.Value(_member) is { } member && !IsId(member))
        {
            var found = await context.Watchbill.OfMemberAsync(connector.Id, member, at: null, cancellationToken);
            if (!found.Succeeded)
            {
                return found.Refusal!;
            }

            change = change with { Member = found.Value.Value.Member.Id };
        }
        else
        {
            change = change with { Member = context.Value(_member) };
        }

        if (context.Value(_team) is { } team)
        {
            var found = await context.Watchbill.TeamAsync(connector.Id, team, cancellationToken);
            if (!found.Succeeded)
            {
                return found.Refusal!;
            }

            change = change with { Team = found.Value.Id };
        }

        if (context.Value(_project) is { } project)
        {
            var found = await context.Watchbill.WhoReachesAsync(connector.Id, project, at: null, cancellationToken);
            if (!found.Succeeded)
            {
                return found.Refusal!;
            }

            change = change with { Project = found.Value.Value.Project.Id };
        }

        return change;
    }

    /// <summary>An id goes as it is: what was invited a moment ago was not read yet.</summary>
    private static bool IsId(string text) => text.All(char.IsAsciiDigit);
}
