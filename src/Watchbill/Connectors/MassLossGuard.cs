using Watchbill.Access;

namespace Watchbill.Connectors;

/// <summary>
/// Stops a run whose reads, complete as they are, would close an unlikely share of what is known: a lost right or a broken server
/// looks exactly like that, and a ledger that believed it would say that nobody had access.
/// </summary>
public static class MassLossGuard
{
    /// <summary>Why the difference must be confirmed by a person, in one sentence; null when it may be applied.</summary>
    public static string? ReasonToHold(LedgerDifference difference, SyncOptions options)
    {
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(options);
        var losses = difference.Lines.Where(line => IsTooMuch(line, options)).ToList();
        return losses.Count == 0
            ? null
            : $"It would close {string.Join(" and ", losses.Select(Describe))}. Nothing was applied; look at the difference, then confirm or reject it.";
    }

    private static bool IsTooMuch(DifferenceLine line, SyncOptions options) =>
        line.Closing >= options.MassLossMinimum && line.Closing > line.Open * options.MassLossShare;

    private static string Describe(DifferenceLine line) => $"{line.Closing} of {line.Open} {Words(line.Kind)}";

    private static string Words(FactKind kind) => kind switch
    {
        FactKind.Organization => "organizations",
        FactKind.AuthProvider => "sign-on providers",
        FactKind.Member => "members and invitations",
        FactKind.Team => "teams",
        FactKind.TeamMembership => "team memberships",
        FactKind.Project => "projects",
        FactKind.ProjectTeam => "links between projects and teams",
        FactKind.NonHuman => "non-human principals",
    };
}
