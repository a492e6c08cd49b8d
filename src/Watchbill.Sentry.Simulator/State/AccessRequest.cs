namespace Watchbill.Sentry.Simulator.State;

/// <summary>A pending wish that <paramref name="Member"/> may join <paramref name="Team"/>; answering it deletes it.</summary>
/// <param name="Requester">Who asked, when it was not the member; otherwise null.</param>
public sealed record AccessRequest(long Id, Member Member, Team Team, User? Requester);
