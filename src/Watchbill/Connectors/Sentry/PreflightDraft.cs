using Watchbill.Connectors.Preflight;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>A report while its probes are being asked.</summary>
internal sealed class PreflightDraft
{
    /// <summary>The questions in the order in which people read them, whether they could be asked or not.</summary>
    private static readonly (string Id, string Title)[] Questions =
    [
        ("address", "Is the address well formed?"),
        ("token-shape", "Does the token look whole?"),
        ("token-kind", "Is it the right kind of token?"),
        ("reachable", "Can the server be reached?"),
        ("is-sentry", "Is it Sentry?"),
        ("token-valid", "Does Sentry accept the token?"),
        ("clock", "Do the clocks agree?"),
        ("organization", "Is the organization there?"),
        ("read-members", "Can members be read?"),
        ("read-teams", "Can teams be read?"),
        ("read-team-members", "Can team memberships be read?"),
        ("read-projects", "Can projects be read?"),
        ("read-auth-provider", "Can single sign-on be read?"),
        ("read-sentry-apps", "Can internal integrations and apps be read?"),
        ("read-integrations", "Can connections to other products be read?"),
        ("read-organization-tokens", "Can organization tokens be read?"),
        ("read-client-keys", "Can client keys be read?"),
        ("read-audit-log", "Can the audit log be read?"),
        ("scim", "Is SCIM available?"),
        ("provisioning", "Could it change access?"),
        ("rate-limits", "Which rate limits apply?"),
    ];

    private readonly Dictionary<string, Probe> _probes = [];
    private readonly List<string> _blindSpots = [];
    private long _serverTicks;

    public string? OrganizationId { get; set; }

    public string? OrganizationName { get; set; }

    public int? MemberCountHint { get; set; }

    /// <summary>Sentry's clock at the latest answer; null when none told it.</summary>
    public DateTimeOffset? ServerTime => Interlocked.Read(ref _serverTicks) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public bool Has(string id) => _probes.ContainsKey(id);

    public void OnExchange(SentryExchange exchange)
    {
        if (exchange.ServerTime is { } time)
        {
            Interlocked.Exchange(ref _serverTicks, time.UtcTicks);
        }
    }

    public void Pass(string id, string evidence) => Add(id, ProbeOutcome.Passed, evidence, remedy: null);

    public void Warn(string id, string evidence, string remedy) => Add(id, ProbeOutcome.Warning, evidence, remedy);

    public void Fail(string id, string evidence, string remedy) => Add(id, ProbeOutcome.Failed, evidence, remedy);

    public void BlindSpot(string sentence) => _blindSpots.Add(sentence);

    public PreflightReport Finish() => new(
        [.. Questions.Select(question => _probes.GetValueOrDefault(question.Id) ?? NotAsked(question))],
        _blindSpots, OrganizationId, OrganizationName, MemberCountHint);

    private void Add(string id, ProbeOutcome outcome, string evidence, string? remedy) =>
        _probes[id] = new Probe(id, Questions.First(question => question.Id == id).Title, outcome, evidence, remedy);

    private static Probe NotAsked((string Id, string Title) question) =>
        new(question.Id, question.Title, ProbeOutcome.NotRun, "Not asked, because an earlier question failed.");
}
