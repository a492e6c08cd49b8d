using System.Globalization;
using Watchbill.Sentry.Simulator.Pipeline;

namespace Watchbill.Sentry.Simulator.Chaos;

/// <summary>The faults that replace an answer.</summary>
internal static class FaultAnswers
{
    private const string TooMany = """{"detail":"You are attempting to use this endpoint too frequently. Limit is 40 requests in 1 seconds"}""";
    private const string Gateway = """{"error":"apigateway","detail":"Downstream service temporarily unavailable"}""";
    private const string Page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Please sign in to continue</h1></body></html>";

    /// <summary>The answer instead of the real one, or null when the rule does not replace it.</summary>
    public static Answer? Replacement(FaultRule rule, string path, DateTimeOffset now) => rule.Action switch
    {
        FaultAction.Respond => rule.Body.Length == 0 ? Answer.Empty(rule.Status) : Answer.Text(rule.Status, rule.Body, rule.ContentType),
        FaultAction.TooManyRequests => WithLimits(now),
        FaultAction.TooManyRequestsWithoutHeaders => Answer.Text(429, TooMany, "text/html; charset=utf-8"),
        FaultAction.GatewayUnavailable => Answer.Json(503, Gateway),
        FaultAction.HtmlPage => Answer.Text(200, Page, "text/html; charset=utf-8"),
        FaultAction.ObjectDetail => Refusals.Coded(401, "sso-required", "Must login via SSO", writer => writer.WriteString("loginUrl", "/auth/login/acme/")),
        FaultAction.EmptyNotFound => Answer.Empty(404),
        FaultAction.ProjectMoved => Moved(path, rule.Body),
        _ => null,
    };

    private static Answer WithLimits(DateTimeOffset now)
    {
        var reset = (now.ToUnixTimeSeconds() + 1).ToString(CultureInfo.InvariantCulture);
        return Answer.Text(429, TooMany, "text/html; charset=utf-8")
            .With("X-Sentry-Rate-Limit-Limit", "40").With("X-Sentry-Rate-Limit-Remaining", "0").With("X-Sentry-Rate-Limit-Reset", reset)
            .With("X-Sentry-Rate-Limit-ConcurrentLimit", "25").With("X-Sentry-Rate-Limit-ConcurrentRemaining", "25");
    }

    private static Answer Moved(string path, string slug)
    {
        var segments = path.Split('/');
        if (segments.Length > 5)
        {
            segments[5] = slug;
        }

        var url = string.Join('/', segments);
        return Refusals.Coded(302, "resource-moved", "Resource has been moved", writer =>
        {
            writer.WriteString("url", url);
            writer.WriteString("slug", slug);
        }).With("Location", url);
    }
}
