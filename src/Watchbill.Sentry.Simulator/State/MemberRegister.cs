namespace Watchbill.Sentry.Simulator.State;

/// <summary>Members by id, user and address, and the list that Sentry shows. The organization's lock guards it.</summary>
internal sealed class MemberRegister
{
    private readonly SortedList<long, Member> byId = [];
    private readonly Dictionary<long, Member> byUser = [];
    private Member[]? listed;

    public IList<Member> All => byId.Values;

    /// <summary>What member listings show, in id order. The array is never changed afterwards.</summary>
    public IReadOnlyList<Member> Listed => listed ??= [.. byId.Values.Where(member => member.IsListed)];

    public Member? Find(long id) => byId.GetValueOrDefault(id);

    public Member? OfUser(long? userId) => userId is { } id ? byUser.GetValueOrDefault(id) : null;

    public Member? OfAddress(string address) =>
        byId.Values.FirstOrDefault(member => string.Equals(member.Email, address, StringComparison.OrdinalIgnoreCase));

    public void Add(Member member)
    {
        byId.Add(member.Id, member);
        if (member.User is { } user)
        {
            byUser.Add(user.Id, member);
        }

        listed = null;
    }

    public void Remove(Member member)
    {
        byId.Remove(member.Id);
        if (member.User is { } user)
        {
            byUser.Remove(user.Id);
        }

        listed = null;
    }

    /// <summary>To be called when something changed that decides whether a member is listed, or which user it is.</summary>
    public void Refresh(Member member)
    {
        if (member.User is { } user)
        {
            byUser[user.Id] = member;
        }

        listed = null;
    }
}
