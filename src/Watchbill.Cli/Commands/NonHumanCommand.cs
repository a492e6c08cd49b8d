using System.CommandLine;
using Watchbill.Access.Facts;
using Watchbill.Access.Queries;
using Watchbill.Cli.Input;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill nonhuman list</c></summary>
internal sealed class NonHumanCommand(CommandHost host)
{
    private static readonly IReadOnlyList<Output.Column<NonHumanFact>> Columns =
    [
        new("kind", "Kind", static principal => Word.Of(principal.Kind)),
        new("id", null, static principal => principal.ExternalId),
        new("name", "Name", static principal => principal.Name),
        new("provider", "Provider", static principal => principal.Provider) { IsOptional = true },
        new("active", "Active", static principal => principal.IsActive),
        new("scopes", "Scopes", static principal => principal.Scopes?.Split(' ')),
        new("projectId", "Project id", static principal => principal.ProjectId),
        new("created", "Created", static principal => principal.DateCreated) { IsOptional = true },
    ];

    private readonly Option<NonHumanKind?> _kind = new Option<NonHumanKind?>("--kind")
    {
        Description = "Only this kind: internal-integration, public-app, integration, organization-token or client-key",
        HelpName = "kind",
    }.AcceptingChoices(
        NonHumanKind.InternalIntegration, NonHumanKind.PublicApp, NonHumanKind.Integration, NonHumanKind.OrganizationToken, NonHumanKind.ClientKey);

    private readonly Option<string?> _scope = Names.Text("--scope", "Only what holds this scope, for example project:write", "scope");
    private readonly Option<bool> _active = new("--active") { Description = "Only what works now" };
    private readonly Option<bool> _inactive = new("--inactive") { Description = "Only what does not; of what Sentry does not tell is in neither list" };
    private readonly ListOptions _list = new(host);

    public static Command Create(CommandHost host)
    {
        var self = new NonHumanCommand(host);
        var list = new DocumentedCommand("list", "List integrations, apps, tokens and client keys")
        {
            Examples = ["./watchbill nonhuman list --scope project:write", "./watchbill nonhuman list --kind internal-integration -o json"],
        };
        foreach (var option in new Option[] { self._kind, self._scope, self._active, self._inactive })
        {
            list.Add(option);
        }

        list.Exclude(self._active, self._inactive);
        self._list.AddTo(list);
        return new DocumentedCommand("nonhuman", "Principals that are no people") { host.Handle(list, self.RunAsync) };
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var connector = await context.ConnectorAsync(null, cancellationToken);
        if (!connector.Succeeded)
        {
            return context.Refuse(connector.Refusal!);
        }

        var answer = await context.Watchbill.NonHumansAsync(_list.Question(connector.Value.Id, FilterOf(context), context), cancellationToken);
        return answer.Refusal is { } refusal ? context.Refuse(refusal) : context.Show(ListOptions.SheetOf(answer.Value, Columns, "principal"));
    }

    private NonHumanFilter FilterOf(CommandContext context) => new()
    {
        Kind = context.Value(_kind),
        Scope = context.Value(_scope),
        IsActive = context.Value(_active) ? true : context.Value(_inactive) ? false : null,
        Text = _list.Text(context),
    };
}
