namespace Watchbill.Requests.Drifts;

/// <summary>How a place differs from what was granted.</summary>
/// <param name="Kind">In what way.</param>
/// <param name="Role">The role that is there; null for none.</param>
internal sealed record PlaceDrift(DriftKind Kind, string? Role)
{
    /// <summary>Compares what the ledger shows with the grants of the place, none of which is being given or taken back.</summary>
    /// <returns>Whether the read is late enough to say anything, and the difference; null for none.</returns>
    public static (bool IsKnown, PlaceDrift? Drift) Of(PlaceRoles roles, IReadOnlyList<GrantRow> place, PlaceNow now)
    {
        var kind = place[0].Kind;
        var active = place.Where(static grant => grant.State is GrantState.Active).ToList();
        if (active.Count == 0)
        {
            var last = place.MaxBy(static grant => grant.RevokedAt)!;
            return !last.BeforeKnown || now.ReadAt <= last.RevokedAt ? (false, null)
                : roles.Rank(kind, now.Stored) > roles.Rank(kind, last.BeforeRole) ? (true, new PlaceDrift(DriftKind.CameBack, now.Stored))
                : (true, null);
        }

        if (active.Exists(grant => grant.ProvenAt is not { } proven || now.ReadAt <= proven))
        {
            return (false, null);
        }

        var shown = roles.Rank(kind, now.InEffect);
        if (shown >= active.Max(grant => roles.Rank(kind, grant.Role)))
        {
            var held = roles.Highest(kind, active.Select(static grant => grant.HeldRole));
            return (true, roles.Rank(kind, now.Stored) > roles.Rank(kind, held) ? new PlaceDrift(DriftKind.ChangedOutside, now.Stored) : null);
        }

        return (true, shown <= roles.Rank(kind, active[0].BeforeRole) ? new PlaceDrift(DriftKind.RemovedOutside, now.InEffect) : new PlaceDrift(DriftKind.ChangedOutside, now.InEffect));
    }
}
