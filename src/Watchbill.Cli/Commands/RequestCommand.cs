using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
using Watchbill.Kernel;
using Watchbill.Requests;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill request</c>: access that is asked for and ends by itself.</summary>
internal static class RequestCommand
{
    public static Command Create(CommandHost host) => new DocumentedCommand("request", "Access that somebody asks for, somebody else decides about, and that ends by itself")
    {
        Search(host),
        AskCommand.Create(host),
        List(host),
        Show(host),
        Decide(host, "approve", "Say yes, for a shorter time if wanted", isShortened: true, static (requests, one) => requests.ApproveAsync(one.Number, one.Minutes, one.Reason, one.Stop)),
        Decide(host, "deny", "Say no; say why", isShortened: false, static (requests, one) => requests.DenyAsync(one.Number, one.Reason ?? "", one.Stop)),
        Withdraw(host),
        Grants(host),
        End(host),
        Drift(host),
        DecideDrift(host, "accept-drift", "Let access stay that differs from what was granted", hasMinutes: true, static (requests, one) => requests.AcceptAsync(one.Number, one.Reason ?? "", one.Minutes, one.Stop)),
        DecideDrift(host, "remove-drift", "Put back what was granted or, after its end, what was there before", hasMinutes: false, static (requests, one) => requests.RemoveAsync(one.Number, one.Reason ?? "", one.Stop)),
        PoliciesCommand.Create(host),
    };

    internal static Option<string?> For() => Names.Text("--for", "Somebody else: address, member id, or a part of the name that fits one only; needs the right to change access", "member");

    /// <summary>In which organization: for somebody else, any; for oneself, where one is a member, which needs no right.</summary>
    internal static async Task<Result<ConnectorId>> OrganizationAsync(CommandContext context, string? member, CancellationToken cancellationToken)
    {
        if (member is not null)
        {
            return (await context.ConnectorAsync(null, cancellationToken)).Select(static connector => connector.Id);
        }

        var found = await context.Watchbill.Requests.OrganizationsAsync(cancellationToken);
        if (!found.Succeeded)
        {
            return found.Refusal!;
        }

        var named = found.Value.Where(one => context.ConnectorName is not { } name || one.Name == name || one.Connector.ToString() == name).ToList();
        return named switch
        {
            [var only] => only.Connector,
            [] => new Refusal(RefusalKind.Conflict, "requester-not-in-sentry", "There is no organization in which you could ask for something for yourself. Ask through a server with your own token, or for somebody else with --for."),
            _ => new Refusal(RefusalKind.Invalid, "connector-ambiguous", $"You are in several organizations: {Listing.And([.. named.Select(static one => one.Name)])}. Say which with --connector NAME."),
        };
    }

    private static Argument<long> Number(string what) => new(what) { Description = $"The number of the {what}" };

    private static Option<string?> Reason(string description) => Names.Text("--reason", description, "text");

    private static Option<int?> Minutes(string description) => Numbers.OptionalWhole("--minutes", description, (PolicyRules.LeastMinutes, PolicyRules.MostMinutes));

    private static Option<bool> All(string description) => new("--all") { Description = description };

    private static Command Search(CommandHost host)
    {
        var text = new Argument<string>("text") { Description = "A part of the name of a team, a project or a role; everything when left out", Arity = ArgumentArity.ZeroOrOne };
        var member = For();
        var command = new DocumentedCommand("search", "What can be asked for") { Examples = ["./watchbill request search checkout --server https://watchbill.example.com"] };
        command.Add(text);
        command.Add(member);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var connector = await OrganizationAsync(context, context.Value(member), cancellationToken);
            var found = connector.Succeeded ? await context.Watchbill.Requests.SearchAsync(connector.Value, context.Value(text) ?? "", context.Value(member), cancellationToken) : connector.Refusal!;
            return found.Succeeded ? context.Show(RequestSheets.Places(found.Value)) : context.Refuse(found.Refusal!);
        });
    }

    private static Command List(CommandHost host)
    {
        var view = new Option<RequestView>("--view") { Description = "mine, waiting (for my answer) or all", HelpName = "view", DefaultValueFactory = static _ => RequestView.All }.AcceptingChoices(Enum.GetValues<RequestView>());
        var limit = Numbers.Whole("--limit", "Show at most so many lines", 100, (1, 10_000));
        return host.Handle(new DocumentedCommand("list", "Requests, newest first") { view, limit }, async (context, cancellationToken) =>
        {
            var list = await context.Watchbill.Requests.ListAsync(context.Value(view), context.Value(limit), cancellationToken);
            return list.Succeeded ? context.Show(RequestSheets.Requests(list.Value)) : context.Refuse(list.Refusal!);
        });
    }

    private static Command Show(CommandHost host)
    {
        var request = Number("request");
        return host.Handle(new DocumentedCommand("show", "A request: who decides, what was said, what came of it") { request }, async (context, cancellationToken) =>
        {
            var page = await context.Watchbill.Requests.ShowAsync(context.Value(request), cancellationToken);
            return page.Succeeded ? context.Show(RequestSheets.Page(page.Value)) : context.Refuse(page.Refusal!);
        });
    }

    private static Command Decide(CommandHost host, string name, string description, bool isShortened, Func<IAccessRequests, OneNumber, Task<Result<RequestLine>>> decide)
    {
        var (request, reason, minutes) = (Number("request"), Reason("Why"), Minutes("For so many minutes instead of those asked for"));
        var command = new DocumentedCommand(name, description) { request, reason };
        if (isShortened)
        {
            command.Add(minutes);
        }

        return host.Handle(command, async (context, cancellationToken) =>
        {
            var one = new OneNumber(context.Value(request), context.Value(reason), isShortened ? context.Value(minutes) : null, cancellationToken);
            var decided = await decide(context.Watchbill.Requests, one);
            return decided.Succeeded ? context.Show(RequestSheets.Requests([decided.Value])) : context.Refuse(decided.Refusal!);
        });
    }

    private static Command Withdraw(CommandHost host)
    {
        var request = Number("request");
        return host.Handle(new DocumentedCommand("withdraw", "Take a request back") { request }, async (context, cancellationToken) =>
        {
            var withdrawn = await context.Watchbill.Requests.WithdrawAsync(context.Value(request), cancellationToken);
            return withdrawn.Succeeded ? context.Show(RequestSheets.Requests([withdrawn.Value])) : context.Refuse(withdrawn.Refusal!);
        });
    }

    private static Command Grants(CommandHost host)
    {
        var all = All("That of everybody; otherwise one's own");
        return host.Handle(new DocumentedCommand("grants", "Temporary access that is there now, the next to end first") { all }, async (context, cancellationToken) =>
        {
            var grants = await context.Watchbill.Requests.GrantsAsync(context.Value(all), cancellationToken);
            return grants.Succeeded ? context.Show(RequestSheets.Grants(grants.Value)) : context.Refuse(grants.Refusal!);
        });
    }

    private static Command End(CommandHost host)
    {
        var (grant, reason) = (Number("grant"), Reason("Why; needed for what is not one's own"));
        return host.Handle(new DocumentedCommand("end", "End temporary access before its time: give back one's own, or revoke somebody's") { grant, reason }, async (context, cancellationToken) =>
        {
            var ended = await context.Watchbill.Requests.EndAsync(context.Value(grant), context.Value(reason), cancellationToken);
            return ended.Succeeded ? context.Show(RequestSheets.Grants([ended.Value])) : context.Refuse(ended.Refusal!);
        });
    }

    private static Command Drift(CommandHost host)
    {
        var all = All("Those that were decided, or are gone, too");
        return host.Handle(new DocumentedCommand("drift", "Access in Sentry that differs from what was granted") { all }, async (context, cancellationToken) =>
        {
            var drifts = await context.Watchbill.Requests.DriftsAsync(context.Value(all), cancellationToken);
            return drifts.Succeeded ? context.Show(RequestSheets.Drifts(drifts.Value)) : context.Refuse(drifts.Refusal!);
        });
    }

    private static Command DecideDrift(CommandHost host, string name, string description, bool hasMinutes, Func<IAccessRequests, OneNumber, Task<Result<DriftLine>>> decide)
    {
        var (drift, reason, minutes) = (Number("drift"), Reason("Why; it is kept"), Minutes("For so many minutes; as long as the grant, or for good, when left out"));
        var command = new DocumentedCommand(name, description) { drift, reason };
        if (hasMinutes)
        {
            command.Add(minutes);
        }

        return host.Handle(command, async (context, cancellationToken) =>
        {
            var decided = await decide(context.Watchbill.Requests, new OneNumber(context.Value(drift), context.Value(reason), hasMinutes ? context.Value(minutes) : null, cancellationToken));
            return decided.Succeeded ? context.Show(RequestSheets.Drifts([decided.Value])) : context.Refuse(decided.Refusal!);
        });
    }

    private sealed record OneNumber(long Number, string? Reason, int? Minutes, CancellationToken Stop);
}

/// <summary><c>watchbill request ask</c>.</summary>
internal sealed class AskCommand(CommandHost host)
{
    private readonly Argument<string> _place = new Argument<string>("what") { Description = "A team or project by its slug, or a role in the organization" }.WithText("what", TextRules.Name);
    private readonly Option<string?> _role = Names.Text("--role", "The role on the team; the least one when left out", "role");
    private readonly Option<string?> _reason = Names.Text("--reason", "Why; those who decide read it", "text");
    private readonly Option<string?> _ticket = Names.Text("--ticket", "The ticket's number, where the policy asks for one", "ticket");
    private readonly Option<int?> _minutes = Numbers.OptionalWhole("--minutes", "For how many minutes", (PolicyRules.LeastMinutes, PolicyRules.MostMinutes));
    private readonly Option<bool> _forever = new("--without-end") { Description = "Without an end, where the policy allows it" };
    private readonly Option<bool> _emergency = new("--emergency") { Description = "Give it at once, loudly; somebody looks at it afterwards" };
    private readonly Option<DateTimeOffset?> _from = Moments.CreateOption(host.Terminal.Clock, "--from", "When it shall begin; at once when left out");
    private readonly Option<string?> _member = RequestCommand.For();

    public static Command Create(CommandHost host)
    {
        var self = new AskCommand(host);
        var command = new DocumentedCommand("ask", "Ask for access that ends by itself; through a server for oneself")
        {
            Examples =
            [
                "./watchbill request ask checkout-api --minutes 60 --reason Incident --server https://watchbill.example.com",
                "./watchbill request ask payments --role admin --minutes 480 --reason Migration --for ada@example.com",
            ],
        };
        command.Add(self._place);
        Array.ForEach<Option>([self._role, self._minutes, self._forever, self._reason, self._ticket, self._from, self._emergency, self._member], command.Add);
        return host.Handle(command, self.RunAsync);
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var connector = await RequestCommand.OrganizationAsync(context, context.Value(_member), cancellationToken);
        var place = connector.Succeeded ? await PlaceAsync(context, connector.Value, cancellationToken) : connector.Refusal!;
        if (!place.Succeeded)
        {
            return context.Refuse(place.Refusal!);
        }

        if (context.Value(_minutes) is null != context.Value(_forever))
        {
            return context.Refuse(new Refusal(RefusalKind.Invalid, "request-time-missing", $"Say for how long with --minutes, at most {place.Value.LongestMinutes} here; or --without-end."));
        }

        var ask = new AskLine(connector.Value, place.Value, context.Value(_reason) ?? "")
        {
            Member = context.Value(_member),
            Minutes = context.Value(_minutes),
            Ticket = context.Value(_ticket),
            StartsAt = context.Value(_from),
            IsEmergency = context.Value(_emergency),
        };
        var asked = await context.Watchbill.Requests.AskAsync(ask, cancellationToken);
        return asked.Succeeded ? context.Show(RequestSheets.Requests([asked.Value])) : context.Refuse(asked.Refusal!);
    }

    /// <summary>The one place that is called so; the least powerful role there unless one was named.</summary>
    private async Task<Result<PlaceLine>> PlaceAsync(CommandContext context, ConnectorId connector, CancellationToken cancellationToken)
    {
        var (name, role) = (context.Value(_place), context.Value(_role));
        var found = await context.Watchbill.Requests.SearchAsync(connector, name, context.Value(_member), cancellationToken);
        if (!found.Succeeded)
        {
            return found.Refusal!;
        }

        var fitting = found.Value.Where(one => one.IsCalled(name) && (role is null || one.Role == role)).ToList();
        var near = found.Value.Select(static one => one.Team is null ? one.Role : one.Project ?? one.Name).Distinct().Take(5).ToList();
        return fitting.Count > 0 ? fitting[0]
            : new Refusal(
                RefusalKind.NotFound, "request-place-unknown",
                $"Nothing that is called {name}{(role is null ? "" : $" can be had with the role {role}, or nothing")} can be asked for.{(near.Count > 0 ? $" Near it: {Listing.And(near)}." : " Look with: watchbill request search.")}");
    }
}

/// <summary><c>watchbill request policies</c>: who may ask for what, as one file.</summary>
internal static class PoliciesCommand
{
    public static Command Create(CommandHost host) => new DocumentedCommand("policies", "Who may ask for what and who decides, as one YAML file")
    {
        host.Handle(new DocumentedCommand("export", "Write all policies to standard output") { Examples = ["./watchbill request policies export > policies.yaml"] }, static async (context, cancellationToken) =>
        {
            var text = await context.Watchbill.Requests.ExportPoliciesAsync(cancellationToken);
            if (!text.Succeeded)
            {
                return context.Refuse(text.Refusal!);
            }

            await context.Terminal.Output.WriteAsync(text.Value);
            return ExitCode.Ok;
        }),
        Import(host),
    };

    private static Command Import(CommandHost host)
    {
        var file = new Argument<FileInfo>("file") { Description = "The file, as the export writes it" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would change, and change nothing" };
        var command = new DocumentedCommand("import", "Make the policies what a file says, all of it or nothing; those it does not name are left")
        {
            Examples = ["./watchbill request policies import policies.yaml --dry-run"],
        };
        command.Add(file);
        command.Add(dryRun);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var text = Read(context.Value(file));
            var changes = text.Succeeded ? await context.Watchbill.Requests.ImportPoliciesAsync(text.Value, context.Value(dryRun), cancellationToken) : text.Refusal!;
            return changes.Succeeded ? context.Show(RequestSheets.PolicyChanges(changes.Value)) : context.Refuse(changes.Refusal!);
        });
    }

    private static Result<string> Read(FileInfo file)
    {
        try
        {
            return file.Length > 1_048_576
                ? new Refusal(RefusalKind.Invalid, "policy-file-invalid", $"{file.Name} is larger than 1 MB; a file of policies is much smaller.")
                : Result.Of(File.ReadAllText(file.FullName));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.NotFound, "policy-file-unread", $"{file.Name} could not be read: {exception.Message}");
        }
    }
}
