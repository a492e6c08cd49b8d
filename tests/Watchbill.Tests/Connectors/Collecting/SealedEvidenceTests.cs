using LinqToDB.Data;
using Watchbill.Connectors.Collecting;
using Watchbill.Evidence;
using Watchbill.Integrity;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State.Evidence;
using Watchbill.Storage;
using Watchbill.Testing;
using Actor = Watchbill.Kernel.Actor;

namespace Watchbill.Tests.Connectors.Collecting;

/// <summary>What was collected is sealed collection by collection: whatever is changed in it behind Watchbill's back is found.</summary>
public sealed class SealedEvidenceTests
{
    [Theory, EveryEngine]
    public async Task What_was_collected_stays_as_it_was_sealed(TestEngine engine)
    {
        await using var acme = await StartAsync(engine);
        var found = await VerifyAsync(acme);
        Assert.True(found.IsIntact, string.Join("\n", found.Findings));
        await using var connection = acme.Get<Database>().Open();
        Assert.NotEqual(0, await connection.ExecuteAsync("UPDATE collected_row SET document = '{}' WHERE kind = 'ProjectSettings'"));
        Assert.False((await VerifyAsync(acme)).IsIntact);
    }

    public static TheoryData<string> Attacks =>
    [
        "UPDATE collected_row SET state = 'resolved' WHERE kind = 'Issues' AND state = 'unresolved'",
        "UPDATE collected_row SET name = 'another' WHERE kind = 'ProjectSettings'",
        "UPDATE collected_row SET parent = NULL WHERE parent IS NOT NULL",
        "UPDATE collected_row SET at = at + 1 WHERE at IS NOT NULL",
        "UPDATE collected_row SET key = key || '0' WHERE kind = 'Issues'",
        "UPDATE collected_row SET first_collection = 9999 WHERE kind = 'Issues'",
        "UPDATE collected_row SET valid_from = valid_from + 1 WHERE kind = 'Issues'",
        "UPDATE collected_row SET valid_to = valid_to + 1 WHERE last_collection IS NOT NULL",
        "UPDATE collected_row SET last_collection = first_collection WHERE last_collection IS NOT NULL",
        "DELETE FROM collected_row WHERE last_collection IS NOT NULL",
        "DELETE FROM collected_row WHERE kind = 'Releases'",
    ];

    [Theory, MemberData(nameof(Attacks))]
    public async Task What_is_changed_behind_its_back_is_found(string attack)
    {
        await using var acme = await StartAsync(TestEngine.Sqlite);
        await using (var connection = acme.Get<Database>().Open())
        {
            Assert.NotEqual(0, await connection.ExecuteAsync(attack));
        }

        Assert.Contains((await VerifyAsync(acme)).Findings, static finding => finding.Contains("is not kept as it was sealed", StringComparison.Ordinal) || finding.Contains("of which the audit log does not tell", StringComparison.Ordinal));
    }

    /// <summary>What only counts is kept as it was read last, and is no part of the seal.</summary>
    [Fact]
    public async Task Counters_may_move()
    {
        await using var acme = await StartAsync(TestEngine.Sqlite);
        await using (var connection = acme.Get<Database>().Open())
        {
            Assert.NotEqual(0, await connection.ExecuteAsync("UPDATE collected_row SET counters = '{}', last_at = 1"));
        }

        Assert.Empty((await VerifyAsync(acme)).Findings);
    }

    /// <summary>Two collections, the second of which ended something.</summary>
    private static async Task<ConnectedOrganization> StartAsync(TestEngine engine)
    {
        var acme = await ConnectedOrganization.StartAsync(new OrganizationSize(Members: 12, Teams: 4, Projects: 5, AuditRows: 40, IssuesPerProject: 6, ReleasesPerProject: 2), engine: engine, readsAuditLog: true);
        await acme.SyncAsync();
        await acme.Get<CollectionQueue>().RunAsync(acme.Connector.Id, default);
        acme.Acme.SetStatus(acme.Acme.Evidence.Issues.First(static issue => issue.Status == Issue.Unresolved), Issue.Resolved);
        var issues = new EvidenceRequest(EvidenceKind.Issues, Part: null, AcceptsLoss: false, Actor.System);
        var collected = await acme.Get<CollectEvidence>().RunAsync(acme.Connector.Id, issues, ConnectedOrganization.Somebody, default);
        Assert.Equal(1, collected.Value.Changed);
        return acme;
    }

    private static async Task<LogVerification> VerifyAsync(ConnectedOrganization acme)
    {
        await acme.Get<SealLog>().RunAsync(default);
        return (await acme.Get<VerifyLog>().RunAsync(known: null, Caller.System, default)).Value;
    }
}
