using LinqToDB.Data;
using Watchbill.Connectors;
using Watchbill.Integrity;
using Watchbill.People;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Access;

/// <summary>The history of access is sealed run by run: whatever is changed in it behind Watchbill's back is found.</summary>
public sealed class SealedLedgerTests
{
    [Theory, EveryEngine]
    public async Task What_runs_read_stays_as_it_was_sealed(TestEngine engine)
    {
        await using var acme = await StartAsync(engine);
        AssertIntact(await VerifyAsync(acme));
        await acme.SyncAsync();
        AssertIntact(await VerifyAsync(acme));

        // A server seals within seconds; whoever verifies in between is told nothing wrong.
        acme.Acme.RemoveMember(acme.Acme.Members.First(static member => member is { Role.Id: "member", IsListed: true, IsPending: false }));
        await acme.SyncAsync();
        AssertIntact((await acme.Get<VerifyLog>().RunAsync(known: null, Caller.System, default)).Value);
        await using var connection = acme.Get<Database>().Open();
        await connection.ExecuteAsync("UPDATE member_fact SET org_role = 'owner' WHERE org_role = 'member'");
        Assert.False((await VerifyAsync(acme)).IsIntact);
    }

    public static TheoryData<string> Attacks =>
    [
        "UPDATE member_fact SET email = 'eve@example.com' WHERE key = (SELECT min(key) FROM member_fact)",
        "UPDATE member_fact SET org_role = 'owner' WHERE org_role = 'member'",
        "UPDATE member_fact SET user_id = NULL WHERE key = (SELECT min(key) FROM member_fact WHERE user_id IS NOT NULL)",
        "UPDATE project_fact SET slug = slug || 'x'",
        "UPDATE team_membership_fact SET valid_from = valid_from + 1 WHERE key = (SELECT min(key) FROM team_membership_fact)",
        "UPDATE team_membership_fact SET key = key || '0' WHERE key = (SELECT min(key) FROM team_membership_fact)",
        "UPDATE team_membership_fact SET scope = 'elsewhere' WHERE key = (SELECT min(key) FROM team_membership_fact)",
        "UPDATE member_fact SET fingerprint = fingerprint + 1 WHERE key = (SELECT min(key) FROM member_fact)",
        "UPDATE member_fact SET first_run = 99 WHERE key = (SELECT min(key) FROM member_fact)",
        "UPDATE member_fact SET valid_to = valid_to - 1 WHERE ended_by IS NOT NULL",
        "UPDATE member_fact SET last_run = NULL WHERE ended_by IS NOT NULL",
        "UPDATE member_fact SET ended_by = first_run WHERE ended_by IS NOT NULL",
        "UPDATE member_fact SET valid_to = 9223372036854775807, last_run = NULL, ended_by = NULL WHERE ended_by IS NOT NULL",
        "UPDATE member_fact SET valid_to = valid_from + 1, ended_by = 2, last_run = 1 WHERE key = (SELECT min(key) FROM member_fact WHERE ended_by IS NULL)",
        "DELETE FROM member_fact WHERE ended_by IS NOT NULL",
        "DELETE FROM organization_fact",
        "DELETE FROM project_team_fact WHERE key = (SELECT min(key) FROM project_team_fact)",
    ];

    [Theory, MemberData(nameof(Attacks))]
    public async Task What_is_changed_behind_its_back_is_found(string attack)
    {
        await using var acme = await StartAsync(TestEngine.Sqlite);
        await using (var connection = acme.Get<Database>().Open())
        {
            Assert.NotEqual(0, await connection.ExecuteAsync(attack));
        }

        var found = await VerifyAsync(acme);
        Assert.Contains(found.Findings, static finding => finding.Contains("in the history of access as it was sealed", StringComparison.Ordinal) || finding.Contains("of which the audit log does not tell", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_people_confirmed_is_sealed_too()
    {
        await using var acme = await StartAsync(TestEngine.Sqlite);
        foreach (var member in acme.Acme.Members.Where(static member => member is { Role.Id: "member", IsListed: true }).ToList())
        {
            acme.Acme.RemoveMember(member);
        }

        var held = await acme.SyncAsync();
        Assert.Equal(SyncRunState.NeedsConfirmation, held.State);
        AssertIntact(await VerifyAsync(acme));
        Assert.True((await acme.Get<DecideHeldRun>().ConfirmAsync(held.Id, ConnectedOrganization.Somebody, default)).Succeeded);
        AssertIntact(await VerifyAsync(acme));
    }

    /// <summary>Two runs, the second of which ended something.</summary>
    private static async Task<ConnectedOrganization> StartAsync(TestEngine engine)
    {
        var acme = await ConnectedOrganization.StartAsync(engine: engine);
        await acme.SyncAsync();
        acme.Acme.RemoveMember(acme.Acme.Members.First(static member => member is { Role.Id: "member", IsListed: true, IsPending: false }));
        await acme.SyncAsync();
        await acme.Get<SealLog>().RunAsync(default);
        return acme;
    }

    private static async Task<LogVerification> VerifyAsync(ConnectedOrganization acme)
    {
        await acme.Get<SealLog>().RunAsync(default);
        return (await acme.Get<VerifyLog>().RunAsync(known: null, Caller.System, default)).Value;
    }

    private static void AssertIntact(LogVerification found) => Assert.True(found.IsIntact, string.Join("\n", found.Findings));
}
