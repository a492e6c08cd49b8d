using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Tests.Pacing;

/// <summary>A Sentry that answers only so many requests a second, as the real one.</summary>
internal static class LimitedSentry
{
    public static Task<SimulatorServer> StartAsync() => SimulatorServer.StartAsync(new SimulatorOptions
    {
        Size = OrganizationSize.Small,
        RateLimit = RateLimit.Observed,
    });

    public static SentryClient ClientOf(SimulatorServer server, SentryBudget budget, bool goesFirst = false)
    {
        var acme = server.World.Organization("acme");
        var token = acme.IssueToken(acme.AddSentryApp("Reader", ScopeSet.Of(["org:read"])));
        return new SentryClient(new SentryClientOptions
        {
            BaseAddress = server.BaseAddress,
            Token = SentryToken.Parse(token),
            Budget = budget,
            GoesFirst = goesFirst,
            AllowPrivateNetworks = true,
            MaxAttempts = 1,
        });
    }
}
