using Watchbill.Connectors.Preflight;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// Asks Sentry, one named question after the other, whether a connection will work and what it will not see. About fifteen requests;
/// nothing is changed and nothing is kept.
/// </summary>
public sealed class PreflightCheck
{
    private readonly SentryBudgets _budgets;
    private readonly TimeProvider _clock;

    internal PreflightCheck(SentryBudgets budgets, TimeProvider clock) => (_budgets, _clock) = (budgets, clock);

    /// <summary>Runs the probes in order. A failed one leaves those that depend on it unasked, never unmentioned.</summary>
    public async Task<Result<PreflightReport>> RunAsync(PreflightRequest request, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageConnectors) is { } refusal)
        {
            return refusal;
        }

        var report = new PreflightDraft();
        if (Form(request, report) is not { } options)
        {
            return report.Finish();
        }

        using var client = new SentryClient(options with { Log = report.OnExchange });
        if (await TokenAsync(client, options.Token, report, cancellationToken))
        {
            await new OrganizationProbes(client, options, request.OrganizationSlug, report).RunAsync(cancellationToken);
        }

        ClockProbe(report);
        Limits(client, report);
        return report.Finish();
    }

    private SentryClientOptions? Form(PreflightRequest request, PreflightDraft report)
    {
        SentryClientOptions? options = null;
        try
        {
            var address = SentryAddress.Parse(request.Address);
            report.Pass("address", $"{address} is understood.");
            var token = SentryToken.Parse(request.Token);
            options = new SentryClientOptions
            {
                BaseAddress = address,
                Token = token,
                Budget = _budgets.Of(address, request.OrganizationSlug, share: null),
                GoesFirst = true,
                AllowPrivateNetworks = request.AllowPrivateNetworks,
                Clock = _clock,
                MaxAttempts = 2,
                RequestTimeout = TimeSpan.FromSeconds(20),
            };
            TokenShape(token, report);
        }
        catch (FormatException exception)
        {
            report.Fail(report.Has("address") ? "token-shape" : "address", exception.Message, "Correct it and try again.");
        }

        if (options is not null && !ConnectInputCheck.IsSlug(request.OrganizationSlug))
        {
            report.Fail("organization", "The slug has characters that no slug has.", SyncRefusals.BadSlug().Message);
            return null;
        }

        return options;
    }

    private static void TokenShape(SentryToken token, PreflightDraft report)
    {
        var kind = SentryCredentials.WithArticle(token.Kind);
        if (token.LooksTruncated)
        {
            report.Warn("token-shape", $"It begins like {kind} but is not as long as one.", "It was probably copied only in part: copy it again, whole.");
        }
        else
        {
            report.Pass("token-shape", $"It has the form of {kind}, ending in {token.LastFour}.");
        }

        switch (token.Kind)
        {
            case SentryTokenKind.Personal:
                report.Warn(
                    "token-kind", "A personal token acts as the person who made it and dies with that person's account.",
                    "Prefer an internal integration, unless you need what only a person may do (removing members, changing organization roles).");
                break;
            case SentryTokenKind.Organization:
                report.Warn(
                    "token-kind", "An organization token carries only org:ci: it reads releases and hardly anything else.",
                    "Make an internal integration instead: Settings > Developer Settings > Create New Integration > Internal Integration.");
                break;
            default:
                report.Pass("token-kind", "It does not depend on one person.");
                break;
        }
    }

    private static async Task<bool> TokenAsync(SentryClient client, SentryToken token, PreflightDraft report, CancellationToken cancellationToken)
    {
        try
        {
            var index = await client.Root.GetApiIndexAsync(cancellationToken);
            report.Pass("reachable", "The server answered.");
            report.Pass("is-sentry", $"It answers as Sentry's API, version {index.Version}.");
            if (index.Auth is null && index.User is null)
            {
                report.Fail(
                    "token-valid", "Sentry answered as if no token had been sent.",
                    "Something in between removes the Authorization header: look at the reverse proxy.");
                return false;
            }

            var scopes = index.Auth?.Scopes is { Count: > 0 } list ? string.Join(", ", list.Order(StringComparer.Ordinal)) : "none that it names";
            report.Pass("token-valid", $"Sentry accepts it; its scopes: {scopes}.");
            return true;
        }
        catch (SentryException exception)
        {
            PreflightSentences.TokenFailure(exception, token, report);
            return false;
        }
    }

    private void ClockProbe(PreflightDraft report)
    {
        if (report.ServerTime is not { } server)
        {
            return;
        }

        var off = (_clock.GetUtcNow() - server).Duration();
        if (off > TimeSpan.FromMinutes(2))
        {
            report.Warn(
                "clock", $"This machine's clock differs from Sentry's by {off:d\\.hh\\:mm\\:ss}.",
                "Set it right (NTP): every date in the evidence comes from it.");
        }
        else
        {
            report.Pass("clock", "This machine's clock agrees with Sentry's.");
        }
    }

    private static void Limits(SentryClient client, PreflightDraft report)
    {
        if (report.Has("organization"))
        {
            var limits = client.Statistics.LastLimits;
            report.Pass(
                "rate-limits",
                limits?.Limit is null
                    ? "Sentry names no rate limits, as self-hosted installations do; concurrency is kept low instead."
                    : $"Sentry allows {limits.Limit} requests per window and {limits.ConcurrentLimit?.ToString() ?? "no stated number"} at once.");
        }
    }
}
