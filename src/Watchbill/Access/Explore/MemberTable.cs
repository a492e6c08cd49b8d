using Watchbill.Access.Queries;

namespace Watchbill.Access.Explore;

/// <summary>Yes, no, or Sentry did not tell. A filter that leaves out the third is a trap.</summary>
public enum Told
{
    /// <summary>Sentry said yes.</summary>
    Yes,

    /// <summary>Sentry said no.</summary>
    No,

    /// <summary>Sentry did not tell.</summary>
    Unknown,
}

/// <summary>Which members to show; what is null does not matter.</summary>
public sealed record MemberSearch
{
    /// <summary>A part of the name or address.</summary>
    public string? Text { get; init; }

    /// <summary>The organization role's id.</summary>
    public string? Role { get; init; }

    /// <summary>The state.</summary>
    public MemberState? State { get; init; }

    /// <summary>Whether a second factor is enrolled.</summary>
    public Told? TwoFactor { get; init; }

    /// <summary>Whether a single sign-on identity is linked.</summary>
    public bool? Sso { get; init; }

    /// <summary>Not active for this many days; people never seen active are included, open invitations are not.</summary>
    public int? InactiveDays { get; init; }

    /// <summary>On the team with this id.</summary>
    public string? TeamId { get; init; }

    /// <summary>On no team.</summary>
    public bool WithoutTeam { get; init; }

    /// <summary>The code of a striking fact: only those it speaks of.</summary>
    public string? Fact { get; init; }

    /// <summary>The order, a name of <see cref="MemberTable.Orders"/>, with a minus in front for the reverse.</summary>
    public string? Sort { get; init; }
}

/// <summary>The table of members, out of a picture in memory.</summary>
public static class MemberTable
{
    /// <summary>What the table can be ordered by. Ties are broken by address.</summary>
    public static IReadOnlyDictionary<string, Comparison<MemberRow>> Orders { get; } = new Dictionary<string, Comparison<MemberRow>>(StringComparer.Ordinal)
    {
        ["email"] = static (left, right) => string.CompareOrdinal(left.Member.Email, right.Member.Email),
        ["name"] = static (left, right) => string.Compare(left.Member.Name, right.Member.Name, StringComparison.OrdinalIgnoreCase),
        ["role"] = static (left, right) => left.Role.Rank.CompareTo(right.Role.Rank),
        ["state"] = static (left, right) => left.State.CompareTo(right.State),
        ["teams"] = static (left, right) => left.Teams.CompareTo(right.Teams),
        ["held"] = static (left, right) => left.Held.CompareTo(right.Held),
        ["reaches"] = static (left, right) => left.Reachable.CompareTo(right.Reachable),
        ["active"] = static (left, right) => Nullable.Compare(left.LastActive, right.LastActive),
    };

    /// <summary>The rows that fit, in order.</summary>
    public static IReadOnlyList<MemberRow> Of(OrganizationPicture picture, MemberSearch search)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(search);
        var rows = picture.Members.AsEnumerable();
        if (search.Fact is { } fact)
        {
            var ids = picture.SubjectsOf(fact);
            rows = rows.Where(row => ids.Contains(row.Member.Id));
        }

        if (search.TeamId is { } teamId)
        {
            var ids = picture.Graph.FindTeam(teamId) is { } team
                ? picture.Graph.MembershipsOf(team).Select(static edge => edge.MemberId).ToHashSet(StringComparer.Ordinal)
                : [];
            rows = rows.Where(row => ids.Contains(row.Member.Id));
        }

        return Ordering.Sorted(rows.Where(row => Fits(row, search, picture.At)), search.Sort, Orders);
    }

    private static bool Fits(MemberRow row, MemberSearch search, DateTimeOffset now) =>
        (search.Role is null || row.Member.OrgRole == search.Role)
        && (search.State is null || row.State == search.State)
        && (search.TwoFactor is null || Ordering.Of(row.Member.HasTwoFactor) == search.TwoFactor)
        && (search.Sso is null || row.Member.SsoLinked == search.Sso)
        && (!search.WithoutTeam || row.Teams == 0)
        && (search.InactiveDays is not { } days || (!row.Member.Pending && (row.LastActive is null || row.LastActive < now.AddDays(-days))))
        && Ordering.Contains(search.Text, row.Member.Name, row.Member.Email);
}
