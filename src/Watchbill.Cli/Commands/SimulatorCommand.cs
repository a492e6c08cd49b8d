using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Kernel;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill simulator</c>: a server that behaves like Sentry's REST API, for trying things out and for other people's clients.</summary>
internal sealed class SimulatorCommand
{
    private readonly Option<int> _port = Numbers.Whole("--port", "Port on 127.0.0.1; 0 takes any free one", 0, (0, 65_535));
    private readonly Option<int> _seed = Numbers.Whole("--seed", "The same seed and sizes give the same organization", 1, (0, int.MaxValue));
    private readonly Option<int> _members = Numbers.Whole("--members", "Members of the organization", OrganizationSize.Default.Members, (1, 50_000));
    private readonly Option<int> _teams = Numbers.Whole("--teams", "Teams", OrganizationSize.Default.Teams, (1, 5_000));
    private readonly Option<int> _projects = Numbers.Whole("--projects", "Projects", OrganizationSize.Default.Projects, (1, 20_000));
    private readonly Option<int> _auditRows = Numbers.Whole("--audit-rows", "Rows in the audit log", OrganizationSize.Default.AuditRows, (0, 1_000_000));
    private readonly Option<int> _latency = Numbers.Whole("--latency", "Milliseconds that every answer takes at least", 0, (0, 60_000));
    private readonly Option<int> _jitter = Numbers.Whole("--jitter", "Milliseconds of random addition to it", 0, (0, 60_000));
    private readonly Option<int> _limit = Numbers.Whole("--limit", "Requests per second and endpoint; 0 switches rate limiting off", RateLimit.Observed.Limit, (0, 100_000));
    private readonly Option<int> _concurrent = Numbers.Whole("--concurrent", "Requests of one endpoint at the same time", RateLimit.Observed.Concurrent, (1, 10_000));

    private readonly Option<SimulatorMode> _mode = new Option<SimulatorMode>("--mode")
    {
        Description = "Which deployment it behaves like: single, multi-region or self-hosted [default: single]",
        HelpName = "mode",
        DefaultValueFactory = _ => SimulatorMode.Single,
    }.AcceptingChoices(SimulatorMode.Single, SimulatorMode.MultiRegion, SimulatorMode.SelfHosted);

    private readonly Option<string> _organization = new Option<string>("--organization")
    {
        Description = "Slug of the organization [default: acme]",
        HelpName = "slug",
        DefaultValueFactory = _ => "acme",
    }.WithText("organization slug", TextRules.Name);

    private readonly Option<string> _subPath = new Option<string>("--sub-path")
    {
        Description = "A path before the API, as a reverse proxy may add one, for example /sentry",
        HelpName = "path",
        DefaultValueFactory = _ => "",
    };

    public static Command Create(CommandHost host)
    {
        var self = new SimulatorCommand();
        var command = new DocumentedCommand("simulator", "Run a server that behaves like Sentry's REST API, with a generated organization")
        {
            Examples =
            [
                "./watchbill simulator --port 9100",
                "./watchbill simulator --members 10000 --teams 1000 --projects 5000 --latency 100 --output json",
            ],
        };
        foreach (var option in new Option[]
                 {
                     self._port, self._seed, self._organization, self._members, self._teams, self._projects, self._auditRows,
                     self._mode, self._subPath, self._latency, self._jitter, self._limit, self._concurrent,
                 })
        {
            command.Add(option);
        }

        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.RefuseServer("watchbill simulator");
        await using var server = await StartAsync(OptionsOf(context), cancellationToken);
        context.Show(Describe(server));
        await context.Terminal.Output.FlushAsync(cancellationToken);
        context.Say("It runs until you press Ctrl-C.");
        await Forever(context.Terminal.Clock, cancellationToken);
        return ExitCode.Ok;
    }

    private static async Task<SimulatorServer> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await SimulatorServer.StartAsync(options, cancellationToken);
        }
        catch (IOException)
        {
            throw new BadInputException($"Port {options.Port} is taken. Choose another, or 0 for any free one.");
        }
    }

    private SimulatorOptions OptionsOf(CommandContext context) => new()
    {
        Port = context.Value(_port),
        Seed = context.Value(_seed),
        Size = new OrganizationSize(context.Value(_members), context.Value(_teams), context.Value(_projects), context.Value(_auditRows)),
        OrganizationSlug = context.Value(_organization)!,
        Mode = context.Value(_mode),
        SubPath = context.Value(_subPath)!,
        Latency = TimeSpan.FromMilliseconds(context.Value(_latency)),
        Jitter = TimeSpan.FromMilliseconds(context.Value(_jitter)),
        RateLimit = context.Value(_limit) is > 0 and var limit ? new RateLimit(limit, TimeSpan.FromSeconds(1), context.Value(_concurrent)) : null,
        Clock = context.Terminal.Clock,
    };

    private static Sheet<Token> Describe(SimulatorServer server)
    {
        var organization = server.World.Organizations[0];
        organization.IssueToken(TokenKind.Personal, null, "org:read", "member:read", "team:read", "project:read", "event:read");
        return new Sheet<Token>(
            [
                new("kind", "Kind", static token => Word.Of(token.Kind)),
                new("holder", "Holder", static token => token.App?.Name ?? token.User?.Email ?? token.Name),
                new("token", "Token", static token => token.Value) { IsWhole = true },
                new("scopes", null, static token => token.Scopes.Names.ToArray()),
            ],
            [.. server.World.Tokens.Where(token => token.Organization is null || token.Organization == organization).OrderBy(static token => token.Kind).ThenBy(static token => token.Id)])
        {
            Headline = $"A simulated Sentry listens at {server.BaseAddress} with the organization {organization.Slug}.",
            Notes = [$"Look behind it, spoil or change it: {Control(server)} (truth, requests, faults, limits, latency, operations, reset)"],
            About =
            [
                ("address", server.BaseAddress.ToString()),
                ("control", Control(server)),
                ("organization", organization.Slug),
                ("regions", server.Regions.Select(static region => $"{region.Key}={region.Value}").ToArray()),
            ],
        };
    }

    private static string Control(SimulatorServer server) => new Uri(server.BaseAddress, "/_simulator/").ToString();

    // Its end is asked for by a signal; that is its normal end, not a cancellation.
    private static async Task Forever(TimeProvider clock, CancellationToken cancellationToken) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
