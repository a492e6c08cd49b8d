using Watchbill.Sentry.Simulator.Permissions;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>A row in an organization's member table: a person with an account, or an invitation (<see cref="User"/> null).</summary>
public sealed class Member
{
    public const string Approved = "approved";

    private readonly string invitedAddress;

    internal Member(long id, string address, User? user)
    {
        Id = id;
        invitedAddress = address;
        User = user;
    }

    /// <summary>Organization member id, never equal to the user's id.</summary>
    public long Id { get; }

    public User? User { get; internal set; }

    public OrgRole Role { get; internal set; } = OrgRole.Member;

    public MemberFlags Flags { get; internal set; }

    /// <summary>Who sent the invitation, or null (single sign-on, SCIM, API key).</summary>
    public User? Inviter { get; internal set; }

    public DateTimeOffset DateCreated { get; internal init; }

    /// <summary>The invitation is too old to be accepted.</summary>
    public bool IsExpired { get; internal set; }

    /// <summary><see cref="Approved"/>, or a request that waits for somebody's approval and is listed nowhere.</summary>
    public string InviteStatus { get; internal set; } = Approved;

    public string Email => User?.Email ?? invitedAddress;

    public string DisplayName => User?.Name ?? invitedAddress;

    public bool IsPending => User is null;

    /// <summary>What member listings show: approved rows, without deactivated accounts.</summary>
    public bool IsListed => InviteStatus == Approved && User is not { IsActive: false };

    public IReadOnlyList<Membership> Memberships => TeamLinks;

    internal List<Membership> TeamLinks { get; } = [];

    public Membership? On(Team team) => TeamLinks.Find(link => link.Team == team);

    public override string ToString() => $"{Email} ({Role.Id})";
}
