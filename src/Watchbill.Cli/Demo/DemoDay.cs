using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Cli.Demo;

/// <summary>
/// One believable day in the simulated organization: somebody joins, somebody leaves, people change teams. Which ones depends on the day's
/// number only, so that the days can be played again.
/// </summary>
internal sealed class DemoDay(Organization organization, int number)
{
    private const int SeedStep = 7919;
    private const int SettingEvery = 3;
    private const int IntegrationEvery = 4;

    private static readonly string[] FirstNames = ["Amira", "Bruno", "Chiara", "Dario", "Elif", "Farid", "Greta", "Hanna", "Ivo", "Jonna", "Kaito", "Lior"];
    private static readonly string[] LastNames = ["Abelard", "Brandvold", "Castellan", "Drummel", "Eskeland", "Fennimore", "Galloway", "Holmqvist"];
    private static readonly string[] Subjects = ["billing", "search", "onboarding", "ledger", "mobile", "invoices", "payouts", "catalogue", "reports"];
    private static readonly string[] Kinds = ["api", "worker", "web", "gateway"];

    private readonly Random _random = new(number * SeedStep);

    public void Happen()
    {
        var team = Joinable();
        organization.JoinTeam(organization.AddMember(NewAddress()), team);
        organization.RemoveMember(Ordinary());
        organization.JoinTeam(Ordinary(), Joinable());
        LeaveATeam();
        organization.ChangeRole(Ordinary(), "manager");
        organization.CreateProject(NewSlug(), Joinable());
        if (number % SettingEvery == 0)
        {
            organization.SetOpenMembership(!organization.Settings.OpenMembership);
        }

        if (number % IntegrationEvery == 2)
        {
            organization.AddSentryApp($"Sync Bot {number}", ScopeSet.Parse("org:read project:write team:read"));
        }
    }

    /// <summary>An active plain member: whoever stands for something special stays as they are.</summary>
    private Member Ordinary() => Any([.. organization.Members.Where(static member => member is { IsListed: true, IsPending: false, Role.Id: "member" } && member.Flags == default)]);

    private Team Joinable() => Any([.. organization.Teams.Where(static team => !team.IsIdpProvisioned && team.Memberships.Count > 1)]);

    private void LeaveATeam()
    {
        var member = Any([.. organization.Members.Where(static member => member is { IsListed: true, IsPending: false } && member.Memberships.Any(static place => !place.Team.IsIdpProvisioned))]);
        organization.LeaveTeam(member, member.Memberships.First(static place => !place.Team.IsIdpProvisioned).Team);
    }

    private string NewAddress() => $"{Any(FirstNames)}.{Any(LastNames)}@day{number}.example.com".ToLowerInvariant();

    private string NewSlug() => $"{Any(Subjects)}-{Any(Kinds)}-{number}";

    private T Any<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
