using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Server.Testing;

/// <summary>Owners of simulated organizations.</summary>
public static class SimulatedOwners
{
    /// <summary>A personal token of the first owner, as whoever lets Watchbill change things in Sentry gives it.</summary>
    public static string OwnerToken(this Organization organization, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(organization);
        var owner = organization.Members.First(static member => member is { Role.Id: "owner", IsPending: false });
        return organization.IssueToken(TokenKind.Personal, owner.User!.Id, scopes);
    }
}
