using System.Globalization;
using Microsoft.AspNetCore.Http;
using Watchbill.Sentry.Simulator.Chaos;
using Watchbill.Sentry.Simulator.Generation;

namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>
/// The order in which Sentry evaluates a request: (1) is this the right host, (2) rate limit, (3) who is it, (4) does the token hold a scope of
/// the endpoint, (5) organization, (6) member, team, project, (7) what the caller may do with them, (8) the handler. Faults surround it.
/// </summary>
internal sealed class RequestPipeline(Simulation simulation, Host host)
{
    private long requests;

    public async Task HandleAsync(HttpContext context)
    {
        var started = simulation.Options.Clock.GetTimestamp();
        context.Response.Headers.Date = simulation.World.Now.ToString("r", CultureInfo.InvariantCulture);
        var incoming = new Incoming(context, simulation.Options.SubPath);
        var rules = simulation.Faults.Hit(incoming.Method, incoming.Path);
        var entry = new LoggedRequest(simulation.World.Now, incoming.Method, incoming.Path, incoming.Path + incoming.Query, 0) { Host = host.Region };
        try
        {
            var (answer, route) = await AnswerAsync(incoming, rules);
            entry = entry with { Route = route?.FullPattern ?? incoming.Path, Status = answer.Status };
            await Sending.SendAsync(context, rules.Aggregate(answer, Spoilers.Spoil), rules, simulation.Options.Clock);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A bug of the simulator: shown to the caller as Sentry's own crash, and kept for the person who debugs the test.
            entry = entry with { Status = 500, Error = exception.ToString() };
            await Sending.SendCrashAsync(context, Refusals.InternalError(Guid.CreateVersion7(simulation.World.Now).ToString("N")), simulation.Options.Clock);
        }
        finally
        {
            simulation.Log.Add(entry with { Took = simulation.Options.Clock.GetElapsedTime(started) });
        }
    }

    private async Task<(Answer Answer, Route? Route)> AnswerAsync(Incoming incoming, IReadOnlyList<FaultRule> rules)
    {
        foreach (var rule in rules)
        {
            if (FaultAnswers.Replacement(rule, incoming.Path, simulation.World.Now) is { } replacement)
            {
                return (replacement, null);
            }

            await SideEffects.ApplyAsync(rule, simulation, incoming);
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var route = simulation.Routes.Find(incoming.Method, incoming.Path, parameters, out var pathExists);
        if (route is null)
        {
            return (pathExists ? Refusals.MethodNotAllowed(incoming.Method) : Refusals.NoSuchRoute(), null);
        }

        return (CheckHost(route, parameters) ?? await LimitedAsync(incoming, route, parameters), route);
    }

    /// <summary>The gateway knows all organizations but passes only those on; a cell has nothing of the control silo.</summary>
    private Answer? CheckHost(Route route, Dictionary<string, string> parameters)
    {
        if (simulation.Options.Mode != SimulatorMode.MultiRegion || route.Silo == Silo.All)
        {
            return null;
        }

        if (host.Region is not null)
        {
            return route.Silo == Silo.Control ? Refusals.EmptyNotFound() : null;
        }

        var isUnknown = parameters.TryGetValue("organization", out var organization) && simulation.World.Find(organization) is null;
        return isUnknown && route.Silo == Silo.Cell ? Refusals.EmptyNotFound() : null;
    }

    private async Task<Answer> LimitedAsync(Incoming incoming, Route route, Dictionary<string, string> parameters)
    {
        var (caller, unauthenticated) = Authenticator.Authenticate(
            simulation.World, incoming.Authorization, parameters.GetValueOrDefault("organization"), route.FullPattern == "/api/0/organizations/");
        using var pass = simulation.Limiter.Enter(route, incoming.Method, caller, incoming.IpAddress);
        var answer = pass.Refusal ?? await WorkAsync(incoming, route, parameters, caller, unauthenticated);
        answer.Headers.AddRange(pass.Headers);
        return answer;
    }

    private async Task<Answer> WorkAsync(Incoming incoming, Route route, Dictionary<string, string> parameters, Caller caller, Answer? unauthenticated)
    {
        await DelayAsync(incoming.Aborted);
        if (unauthenticated is not null)
        {
            return unauthenticated;
        }

        var (body, isJson) = await incoming.ReadBodyAsync();
        var call = new Call
        {
            World = simulation.World,
            Options = simulation.Options,
            Host = host,
            Route = route,
            Parameters = parameters,
            Caller = caller,
            Path = incoming.Path,
            QueryString = incoming.Query,
            Query = incoming.QueryValues,
            Body = body,
            IpAddress = incoming.IpAddress,
        };
        return Evaluate(call, isJson);
    }

    private static Answer Evaluate(Call call, bool isJson)
    {
        if (!call.Route.AllowsAnonymous && call.Caller.Token is null)
        {
            return Refusals.Unauthenticated("Authentication credentials were not provided.");
        }

        if (!call.Route.Accepted.IsEmpty && !call.Caller.TokenScopes.Overlaps(call.Route.Accepted))
        {
            return Refusals.MissingScope(call.Route.Accepted);
        }

        if (!call.Parameters.TryGetValue("organization", out var organization))
        {
            return call.Route.Handler(call);
        }

        if (Resolver.Organization(call, organization) is { } unknown)
        {
            return unknown;
        }

        lock (call.Organization.Gate)
        {
            return Resolver.Rest(call) ?? (isJson ? call.Route.Handler(call) : Refusals.NotJson());
        }
    }

    private async Task DelayAsync(CancellationToken cancellationToken)
    {
        var delay = simulation.Latency;
        if (simulation.Jitter > TimeSpan.Zero)
        {
            delay += simulation.Jitter * new Dice(simulation.Options.Seed, "jitter", Interlocked.Increment(ref requests)).Roll();
        }

        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, simulation.Options.Clock, cancellationToken);
        }
    }
}
