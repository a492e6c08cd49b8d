using Watchbill.Access.History;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Access;

/// <summary>Stories of members, teams and projects, as several runs saw them.</summary>
public sealed class HistoryTests
{
    [Theory, EveryEngine]
    public async Task A_story_is_told_from_all_sides_with_whom_Sentry_names(TestEngine engine)
    {
        await using var acme = await ConnectedOrganization.StartAsync(new OrganizationSize(Members: 20, Teams: 5, Projects: 8, AuditRows: 40), engine: engine, readsAuditLog: true);
        var organization = acme.Acme;
        await acme.SyncAsync();
        var people = organization.Members.Where(static member => member is { IsPending: false, IsListed: true }).ToList();
        var boss = Actor.Of(people[0].User!);
        var guest = people.First(static member => member is { Role.Id: "member", Memberships.Count: 0 });
        var (team, project) = (organization.CreateTeam("night-watch", by: boss), organization.Projects[0]);
        await acme.SyncAsync();
        organization.JoinTeam(guest, team, boss);
        organization.AddProjectTeam(project, team, boss);
        await acme.SyncAsync();
        organization.RemoveMember(guest, boss);
        await acme.SyncAsync();

        var told = await TellAsync(acme, new HistorySearch { Member = $"{guest.Id}" });
        Assert.Equal(["no longer a member", "no longer on team night-watch", "on team night-watch"], told.Where(static line => line.Logged is not null).Select(static line => line.Sentence));
        Assert.All(told.Where(static line => line.Logged is not null), line => Assert.Equal(boss.User!.Email, line.Logged!.Actor));
        Assert.Equal(("a member, as member when first read", false), (told[^1].Sentence, told[^1].IsLogged));
        Assert.All(told, static line => Assert.False(line.IsNow));

        var ofTeam = await TellAsync(acme, new HistorySearch { Team = "night-watch" });
        Assert.Equal(
            [$"{guest.Email} no longer on the team", $"{guest.Email} on the team", $"owned project {project.Slug}", "team night-watch there"],
            ofTeam.Select(static line => line.Sentence).Order(StringComparer.Ordinal));
        Assert.All(ofTeam, static line => Assert.True(line.IsLogged, line.Sentence));

        var ofProject = await TellAsync(acme, new HistorySearch { Project = project.Slug });
        Assert.Contains(ofProject, line => line is { Sentence: "owned by team night-watch", IsNow: true, Logged.Event: "project-team.add" });
        Assert.All(ofProject.Zip(ofProject.Skip(1)), static pair => Assert.True(pair.First.At >= pair.Second.At));
    }

    [Fact]
    public async Task Nobody_or_two_at_once_have_no_history()
    {
        await using var acme = await ConnectedOrganization.StartAsync();
        await acme.SyncAsync();

        async Task<string?> RefusalAsync(HistorySearch search) => (await acme.Get<AccessHistory>().OfAsync(ConnectedOrganization.Somebody, acme.Connector.Id, search, default)).Refusal?.Code;

        Assert.Equal("bad-history", await RefusalAsync(new()));
        Assert.Equal("bad-history", await RefusalAsync(new() { Member = "a", Team = "b" }));
        Assert.Equal("member-not-found", await RefusalAsync(new() { Member = "nobody@example.com" }));
        Assert.Equal("team-not-found", await RefusalAsync(new() { Team = "no-such-team" }));
        Assert.Equal("project-not-found", await RefusalAsync(new() { Project = "no-such-project" }));
    }

    private static async Task<IReadOnlyList<HistoryLine>> TellAsync(ConnectedOrganization acme, HistorySearch search) =>
        (await acme.Get<AccessHistory>().OfAsync(ConnectedOrganization.Somebody, acme.Connector.Id, search, default)).Value;
}
