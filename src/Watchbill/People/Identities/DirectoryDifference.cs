namespace Watchbill.People.Identities;

/// <summary>What a complete list of people would change in a directory.</summary>
/// <param name="Added">People it did not name.</param>
/// <param name="Changed">People of whom something differs, as they would be; those who come back too.</param>
/// <param name="Left">People who are active and not in the list, or inactive in it: leavers, as they would be.</param>
/// <param name="Unchanged">How many stay as they are.</param>
/// <param name="ActiveBefore">How many were active.</param>
internal sealed record DirectoryDifference(IReadOnlyList<Identity> Added, IReadOnlyList<Identity> Changed, IReadOnlyList<Identity> Left, int Unchanged, int ActiveBefore)
{
    /// <summary>A list that makes leavers of more than half of the people, and of at least so many, is more likely cut off than right.</summary>
    private const int FewestToMind = 20;

    public bool LosesTooMany => Left.Count >= FewestToMind && Left.Count * 2 > ActiveBefore;

    /// <summary>Compares by key. Nobody is ever deleted: decisions name them.</summary>
    public static DirectoryDifference Between(IReadOnlyList<Identity> known, IReadOnlyList<Identity> listed, DateTimeOffset now)
    {
        var before = known.ToDictionary(static identity => identity.Key, StringComparer.Ordinal);
        List<Identity> added = [], changed = [], left = [];
        var unchanged = 0;
        foreach (var one in listed)
        {
            if (!before.Remove(one.Key, out var was))
            {
                added.Add(one with { CreatedAt = now, ChangedAt = now, InactiveSince = one.IsActive ? null : now });
                continue;
            }

            var becomes = one with
            {
                Id = was.Id,
                Directory = was.Directory,
                ExternalId = was.ExternalId,
                CreatedAt = was.CreatedAt,
                ChangedAt = now,
                InactiveSince = one.IsActive ? null : was.InactiveSince ?? now,
            };
            if (becomes.SaysTheSame(was))
            {
                unchanged++;
            }
            else if (was.IsActive && !becomes.IsActive)
            {
                left.Add(becomes);
            }
            else
            {
                changed.Add(becomes);
            }
        }

        var gone = before.Values.ToLookup(static identity => identity.IsActive);
        left.AddRange(gone[true].Select(identity => identity with { IsActive = false, InactiveSince = now, ChangedAt = now }));
        return new(added, changed, left, unchanged + gone[false].Count(), known.Count(static identity => identity.IsActive));
    }
}
