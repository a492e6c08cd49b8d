using System.Net;
using System.Text.Json;
using Watchbill.People;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>Evidence over HTTP, with a server that collects.</summary>
public sealed class EvidenceApiTests
{
    [Theory]
    [EveryEngine]
    public async Task A_server_collects_by_itself_and_what_is_asked_for(TestEngine engine)
    {
        await using var served = await ServedOrganization.StartAsync(engine: engine, syncs: true, collects: true);
        await served.ConnectAsync();
        await served.ReadAsync();
        using var program = await served.ProgramAsync(Role.IntegrationAdministrator);
        var address = $"/api/v1/connectors/{served.Connector!.Id}/evidence";

        var kinds = await CollectedAsync(program, address);
        Assert.All(kinds, static kind => Assert.Equal("complete", kind.GetProperty("latest").GetProperty("state").GetString()));
        var issues = await program.AllAsync($"{address}/issues?limit=7");
        Assert.Equal(kinds.Single(static kind => kind.GetProperty("name").GetString() == "issues").GetProperty("complete").GetProperty("kept").GetInt64(), issues.Count);
        Assert.Equal(issues.Count, issues.Select(static issue => issue.GetProperty("key").GetString()).Distinct().Count());
        Assert.Empty(await program.AllAsync($"{address}/issues?at=2020-01-01"));
        var key = issues[0].GetProperty("key").GetString()!;
        Assert.Equal(key, (await program.GetOkAsync($"{address}/issues/history?key={key}"))[0].GetProperty("key").GetString());

        var asked = await program.SendAsync(HttpMethod.Post, $"{address}/collections", new { issue = issues[0].GetProperty("name").GetString() });
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);

        // The server's own worker does it.
        while ((await program.AllAsync($"{address}/collections?kind=issue-events&limit=1")) is not [var latest] || latest.GetProperty("state").GetString() == "running")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.NotEmpty(await program.AllAsync($"{address}/issue-events?parent={key}"));
    }

    /// <summary>A server looks after four at a time. The first ones of a long list must not keep the others waiting for ever, with nothing to do for them.</summary>
    [Fact]
    public async Task A_server_collects_from_every_source_however_many_there_are()
    {
        await using var served = await ServedOrganization.StartAsync(syncs: true, collects: true);
        for (var number = 0; number < 7; number++)
        {
            await served.ConnectAsync($"Source {number}");
            await served.ReadAsync();
        }

        using var program = await served.ProgramAsync(Role.IntegrationAdministrator);
        for (var source = 1; source <= 7; source++)
        {
            await CollectedAsync(program, $"/api/v1/connectors/{source}/evidence").WaitAsync(TimeSpan.FromMinutes(3), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        using var program = await served.ProgramAsync(Role.IntegrationAdministrator);
        var address = $"/api/v1/connectors/{served.Connector!.Id}/evidence";

        using var unknown = await program.GetAsync(new Uri($"{address}/everything", UriKind.Relative));
        Assert.Equal("no-such-evidence", await unknown.CodeOfAsync(HttpStatusCode.NotFound));
        using var record = await program.GetAsync(new Uri($"{address}/issues/history?key=0", UriKind.Relative));
        Assert.Equal("no-such-record", await record.CodeOfAsync(HttpStatusCode.NotFound));
        using var wanted = await program.SendAsync(HttpMethod.Post, $"{address}/collections", new { kinds = new[] { "everything" } });
        Assert.Equal("no-such-evidence", await wanted.CodeOfAsync(HttpStatusCode.NotFound));
        using var issue = await program.SendAsync(HttpMethod.Post, $"{address}/collections", new { issue = "../members" });
        Assert.Equal("bad-issue", await issue.CodeOfAsync(HttpStatusCode.UnprocessableEntity));
        using var unnamed = await program.SendAsync(HttpMethod.Post, $"{address}/collections", new { kinds = new[] { "issue-events" } });
        Assert.Equal("issue-needed", await unnamed.CodeOfAsync(HttpStatusCode.UnprocessableEntity));
    }

    /// <summary>Waits, by asking, until everything that is not on demand was collected.</summary>
    private static async Task<List<JsonElement>> CollectedAsync(HttpClient program, string address)
    {
        while (true)
        {
            var kinds = (await program.GetOkAsync(address)).EnumerateArray().Where(static kind => !kind.GetProperty("isOnDemand").GetBoolean()).ToList();
            if (kinds.All(static kind => kind.GetProperty("latest") is { ValueKind: JsonValueKind.Object } latest && latest.GetProperty("state").GetString() != "running"))
            {
                return kinds;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
