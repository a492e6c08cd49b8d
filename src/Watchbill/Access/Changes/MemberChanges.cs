using Watchbill.Access.Effective;

namespace Watchbill.Access.Changes;

/// <summary>What differs about members and invitations.</summary>
internal static class MemberChanges
{
    public static IEnumerable<AccessChange> Between(AccessGraph before, AccessGraph after)
    {
        foreach (var member in after.Members)
        {
            var changes = before.FindMember(member.Id) is { } earlier ? Changed(earlier, member) : [Arrived(member)];
            foreach (var change in changes)
            {
                yield return change;
            }
        }

        foreach (var member in before.Members.Where(member => after.FindMember(member.Id) is null))
        {
            yield return AccessChange.OfMember("member-removed", member.Id, member.Pending ? $"The invitation of {member.Email} is gone." : $"{Named(member)} ({member.OrgRole}) is no longer a member.", isEnd: true);
        }
    }

    /// <summary>A person by name and address; an invitation by its address.</summary>
    public static string Named(MemberNode member) => member.Name == member.Email ? member.Email : $"{member.Name} <{member.Email}>";

    private static AccessChange Arrived(MemberNode member) => member.Pending
        ? AccessChange.OfMember("member-invited", member.Id, $"{member.Email} was invited as {member.OrgRole}.")
        : AccessChange.OfMember("member-added", member.Id, $"{Named(member)} joined as {member.OrgRole}.");

    private static IEnumerable<AccessChange> Changed(MemberNode was, MemberNode now)
    {
        if (was.Pending && !now.Pending)
        {
            yield return AccessChange.OfMember("invitation-accepted", now.Id, $"{Named(now)} accepted the invitation.");
        }

        if (was.OrgRole != now.OrgRole)
        {
            yield return AccessChange.OfMember("role-changed", now.Id, $"{Named(now)} changed from {was.OrgRole} to {now.OrgRole}.");
        }

        if (was.UserIsActive is not false && now.UserIsActive is false)
        {
            yield return AccessChange.OfMember("member-deactivated", now.Id, $"The account of {Named(now)} was deactivated.");
        }

        if (was.HasTwoFactor != now.HasTwoFactor && now.HasTwoFactor is { } has && !was.Pending)
        {
            yield return AccessChange.OfMember("two-factor", now.Id, $"{Named(now)} {(has ? "has a second factor now" : "no longer has a second factor")}.");
        }

        if (was.Email != now.Email)
        {
            yield return AccessChange.OfMember("address-changed", now.Id, $"{Named(now)} had the address {was.Email} before.");
        }
    }
}
