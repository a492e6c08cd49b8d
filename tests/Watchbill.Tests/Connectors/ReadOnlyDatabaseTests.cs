using Npgsql;
using Watchbill.Access.Facts;
using Watchbill.Connectors;
using Watchbill.Connectors.Collecting;
using Watchbill.Evidence;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Connectors;

/// <summary>A database that can be read and not written any more, as after a failover to a replica.</summary>
public sealed class ReadOnlyDatabaseTests
{
    [Fact]
    public async Task It_is_told_and_what_was_known_stays()
    {
        Assert.SkipUnless(TestDatabase.HasServer || TestDatabase.MustHaveServer, $"Set {TestDatabase.ServerVariable} to a PostgreSQL server to run this test.");
        await using var acme = await ConnectedOrganization.StartAsync(engine: TestEngine.PostgreSql);
        await acme.SyncAsync();
        var before = (await acme.OpenAsync<MemberFact>()).Count;
        acme.Acme.RemoveMember(acme.Acme.Members.First(static member => member is { IsListed: true, Role.Id: "member" }));

        await SetAsync(acme, readOnly: true);
        var sync = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => acme.TrySyncAsync(TestContext.Current.CancellationToken));
        Assert.Contains("read-only replica", sync.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => acme.Get<CollectEvidence>().RunAsync(
            acme.Connector.Id, new EvidenceRequest(EvidenceKind.Issues, Part: null, AcceptsLoss: false, Kernel.Actor.System), ConnectedOrganization.Somebody, TestContext.Current.CancellationToken));
        Assert.Equal(before, (await acme.OpenAsync<MemberFact>()).Count);

        await SetAsync(acme, readOnly: false);
        Assert.Equal(SyncRunState.Succeeded, (await acme.SyncAsync()).State);
        Assert.Equal(before - 1, (await acme.OpenAsync<MemberFact>()).Count);
    }

    private static async Task SetAsync(ConnectedOrganization acme, bool readOnly)
    {
        var text = acme.Get<Database>().Address.ConnectionString;
        await using var connection = new NpgsqlConnection(text);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("SET default_transaction_read_only = off", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        command.CommandText = $"ALTER DATABASE {connection.Database} SET default_transaction_read_only = {(readOnly ? "on" : "off")}";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        NpgsqlConnection.ClearPool(connection);
    }
}
