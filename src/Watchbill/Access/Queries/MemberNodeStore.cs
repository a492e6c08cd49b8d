using LinqToDB.Async;
using Watchbill.Access.Effective;
using Watchbill.Access.Facts;

namespace Watchbill.Access.Queries;

/// <summary>
/// Reads members into nodes. The eleven flags travel in one number that the database computes: reading a column of ten thousand rows costs
/// more than computing it, and under open membership everybody is read.
/// </summary>
internal static class MemberNodeStore
{
    private const int Pending = 1;
    private const int Expired = 2;
    private const int SsoLinked = 4;
    private const int SsoInvalid = 8;
    private const int MemberLimitRestricted = 16;
    private const int IdpProvisioned = 32;

    // Yes, no and unknown take two bits: "yes" and "known".
    private const int UserIsActive = 64;
    private const int UserIsSuspended = 256;
    private const int HasTwoFactor = 1024;
    private const int IsSuperuser = 4096;
    private const int IsStaff = 16384;
    private const int Known = 2;

    public static async Task<IReadOnlyList<MemberNode>> NodesAsync(IQueryable<MemberFact> members, CancellationToken cancellationToken)
    {
        var rows = await members
            .Select(member => new Row(
                member.Key,
                member.UserId,
                member.Email,
                member.Name,
                member.OrgRole,
                (member.Pending ? Pending : 0)
                + (member.Expired ? Expired : 0)
                + (member.SsoLinked ? SsoLinked : 0)
                + (member.SsoInvalid ? SsoInvalid : 0)
                + (member.MemberLimitRestricted ? MemberLimitRestricted : 0)
                + (member.IdpProvisioned ? IdpProvisioned : 0)
                + (member.UserIsActive == null ? 0 : member.UserIsActive == true ? UserIsActive * (1 + Known) : UserIsActive * Known)
                + (member.UserIsSuspended == null ? 0 : member.UserIsSuspended == true ? UserIsSuspended * (1 + Known) : UserIsSuspended * Known)
                + (member.HasTwoFactor == null ? 0 : member.HasTwoFactor == true ? HasTwoFactor * (1 + Known) : HasTwoFactor * Known)
                + (member.IsSuperuser == null ? 0 : member.IsSuperuser == true ? IsSuperuser * (1 + Known) : IsSuperuser * Known)
                + (member.IsStaff == null ? 0 : member.IsStaff == true ? IsStaff * (1 + Known) : IsStaff * Known)))
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(Node);
    }

    private static MemberNode Node(Row row) => new()
    {
        Id = row.Id,
        UserId = row.UserId,
        Email = row.Email,
        Name = row.Name,
        OrgRole = row.OrgRole,
        Pending = (row.Flags & Pending) != 0,
        Expired = (row.Flags & Expired) != 0,
        SsoLinked = (row.Flags & SsoLinked) != 0,
        SsoInvalid = (row.Flags & SsoInvalid) != 0,
        MemberLimitRestricted = (row.Flags & MemberLimitRestricted) != 0,
        IdpProvisioned = (row.Flags & IdpProvisioned) != 0,
        UserIsActive = Answer(row.Flags, UserIsActive),
        UserIsSuspended = Answer(row.Flags, UserIsSuspended),
        HasTwoFactor = Answer(row.Flags, HasTwoFactor),
        IsSuperuser = Answer(row.Flags, IsSuperuser),
        IsStaff = Answer(row.Flags, IsStaff),
    };

    private static bool? Answer(int flags, int bit) => (flags & (bit * Known)) == 0 ? null : (flags & bit) != 0;

    private sealed record Row(string Id, string? UserId, string Email, string Name, string OrgRole, int Flags);
}
