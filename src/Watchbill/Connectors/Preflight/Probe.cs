namespace Watchbill.Connectors.Preflight;

/// <summary>What a probe found.</summary>
public enum ProbeOutcome
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>Works, with a limit that somebody should know.</summary>
    Warning,

    /// <summary>Does not work.</summary>
    Failed,

    /// <summary>Could not be asked because an earlier probe failed.</summary>
    NotRun,
}

/// <summary>One question asked before a connector is saved, and its answer.</summary>
/// <param name="Id">Stable, kebab-case.</param>
/// <param name="Title">The question, in a few words.</param>
/// <param name="Outcome">What was found.</param>
/// <param name="Evidence">What Sentry answered, in one sentence, without secrets.</param>
/// <param name="Remedy">What to do about it, in one sentence; null when there is nothing to do.</param>
public sealed record Probe(string Id, string Title, ProbeOutcome Outcome, string Evidence, string? Remedy = null);

/// <summary>The probes of one connection, in the order they were asked.</summary>
/// <param name="Probes">The probes.</param>
/// <param name="BlindSpots">What these credentials will not see, a sentence each; part of every report.</param>
/// <param name="OrganizationId">Sentry's id of the organization; null when it was not found.</param>
/// <param name="OrganizationName">Its name; null when it was not found.</param>
/// <param name="MemberCountHint">Members the caller could see on the first page; null when not asked.</param>
public sealed record PreflightReport(
    IReadOnlyList<Probe> Probes,
    IReadOnlyList<string> BlindSpots,
    string? OrganizationId,
    string? OrganizationName,
    int? MemberCountHint)
{
    /// <summary>Whether a sync could read the organization at all.</summary>
    public bool CanConnect => OrganizationId is not null && Probes.All(probe => probe.Outcome is not ProbeOutcome.Failed || !Essential(probe.Id));

    private static bool Essential(string id) => id is "address" or "reachable" or "is-sentry" or "token-shape" or "token-valid" or "organization" or "read-members" or "read-teams" or "read-projects";
}
