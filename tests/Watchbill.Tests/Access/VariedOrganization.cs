using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Tests.Access;

/// <summary>Makes a simulated organization odder than its generator does.</summary>
internal static class VariedOrganization
{
    /// <summary>Adds the combinations that the generator may not have drawn.</summary>
    public static void Vary(this Organization organization, Random random, bool openMembership, bool teamRoles)
    {
        organization.ChangeSettings(settings => settings with
        {
            OpenMembership = openMembership,
            EventsMemberAdmin = random.Next(2) == 0,
            AlertsMemberWrite = random.Next(2) == 0,
        });
        if (!teamRoles)
        {
            organization.Features.Remove("team-roles");
        }

        var teams = organization.Teams;
        foreach (var member in organization.Members.Where(static member => !member.IsPending).Take(60))
        {
            organization.JoinTeam(member, teams[random.Next(teams.Count)]);
            member.User!.IsSuspended = random.Next(12) == 0;
            foreach (var link in member.Memberships)
            {
                link.Role = random.Next(3) == 0 ? "admin" : null;
            }
        }
    }
}
