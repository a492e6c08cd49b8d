using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>Commands that ask a server say what they say of the database beside it.</summary>
public sealed class ServerTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task Questions_get_the_same_answer_from_a_server_as_from_its_database()
    {
        await using var served = await ServedOrganization.StartReadAsync(new OrganizationSize(Members: 60, Teams: 12, Projects: 30, AuditRows: 10));
        _command.Variables["WATCHBILL_TOKEN"] = await served.TokenAsync(Role.Auditor);
        var acme = served.Sentry.World.Organization(ServedOrganization.Slug);
        var member = acme.Members.First(static member => member.IsListed && member.Role.Id is "member").Email;
        var project = acme.Projects[0].Slug;
        await served.Get<Connectors.Collecting.CollectionQueue>().RunAsync(served.Connector!.Id, TestContext.Current.CancellationToken);
        var place = acme.Members.First(static member => member is { IsListed: true, Memberships.Count: > 0 }).Memberships[0];
        var (placed, team) = (place.Member.Email, place.Team.Slug);
        string[][] questions =
        [
            ["members", "list"], ["members", "list", "--role", "owner"], ["members", "list", "--without-2fa", "--order", "last-active"], ["members", "list", "--limit", "7"],
            ["teams", "list"], ["projects", "list"], ["projects", "list", "--orphan"], ["nonhuman", "list"], ["nonhuman", "list", "--kind", "client-key"],
            ["access", "who", project], ["access", "who", project, "--held", "--people"], ["access", "of", member], ["access", "why", member, project],
            ["access", "blast-radius", "--member", member], ["access", "blast-radius", "--member", placed, "--team", team], ["access", "blast-radius", "--open-membership"],
            ["access", "history", "--member", placed], ["access", "history", "--team", team], ["access", "history", "--project", project],
            ["facts"], ["connectors", "list"], ["connectors", "show"], ["runs", "list"], ["runs", "log", "1"], ["sync", "--plan"],
            ["evidence", "status"], ["evidence", "list", "issues", "--limit", "5"], ["evidence", "list", "environments"],
        ];
        foreach (var question in questions)
        {
            var here = await _command.RunAsync([.. question, "-o", "json", "--database", served.Database]);
            var there = await _command.RunAsync([.. question, "-o", "json", "--server", served.Server.Listening.AbsoluteUri]);

            Assert.True(here.ExitCode == there.ExitCode, $"{string.Join(' ', question)}: {here.ExitCode} {here.Error} / {there.ExitCode} {there.Error}");
            Assert.True(Comparable(here.Output) == Comparable(there.Output), $"{string.Join(' ', question)}\n{Comparable(here.Output)}\n{Comparable(there.Output)}");
        }
    }

    [Theory]
    [InlineData((int)ExitCode.NotFound, "access", "of", "nobody@example.com")]
    [InlineData((int)ExitCode.NotFound, "access", "who", "nothing")]
    [InlineData((int)ExitCode.NotFound, "runs", "log", "999")]
    [InlineData((int)ExitCode.Refused, "connectors", "pause")]
    [InlineData((int)ExitCode.BadInput, "members", "list", "--demo")]
    [InlineData((int)ExitCode.BadInput, "simulator")]
    public async Task Refusals_end_as_they_do_without_a_server(int end, params string[] line)
    {
        await using var served = await ServedOrganization.StartReadAsync();
        _command.Variables["WATCHBILL_TOKEN"] = await served.TokenAsync(Role.Auditor);

        var finished = await _command.RunAsync([.. line, "--server", served.Server.Listening.AbsoluteUri]);

        Assert.True((int)finished.ExitCode == end, finished.All);
        Assert.Single(finished.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_connector_is_made_synced_and_removed_on_the_server()
    {
        await using var served = await ServedOrganization.StartAsync(syncs: true);
        _command.Variables["WATCHBILL_TOKEN"] = await served.TokenAsync(Role.IntegrationAdministrator);
        _command.Variables["WATCHBILL_SERVER"] = served.Server.Listening.AbsoluteUri;
        _command.Variables["WATCHBILL_SENTRY_TOKEN"] = served.Token;

        var connected = await _command.RunAsync("connect", "--address", served.Sentry.BaseAddress.AbsoluteUri, "--organization", ServedOrganization.Slug, "--allow-private-networks", "--budget-share", "1");
        var synced = await _command.RunAsync("sync");
        var edited = await _command.RunAsync("connectors", "edit", "--schedule", "hourly", "--budget-share", "0.5");
        var rotated = await _command.RunAsync("connectors", "rotate-token");
        var removed = await _command.RunAsync("connectors", "remove", ServedOrganization.Slug, "--yes");

        Assert.All([connected, synced, edited, rotated, removed], static finished => Assert.True(finished.ExitCode is ExitCode.Ok, finished.All));
        Assert.All([connected, synced, edited, rotated, removed], finished => Assert.DoesNotContain(served.Token, finished.All, StringComparison.Ordinal));
        Assert.False(File.Exists(_command.DatabaseFile));
    }

    [Fact]
    public async Task A_login_brings_a_token_that_logout_revokes()
    {
        await using var served = await ServedOrganization.StartAsync(configure: static services => services.AddSingleton(ServedPeople.Quick with { DevicePollPause = TimeSpan.FromMilliseconds(20) }));
        _command.Variables["WATCHBILL_CONFIG"] = Path.Combine(_command.Folder, "config");
        _command.Variables["WATCHBILL_SERVER"] = served.Server.Listening.AbsoluteUri;
        var signedIn = await served.JoinAsync("ann@example.com", "Ann Example", Role.Auditor);
        var holder = await served.Get<Sessions>().FindAsync(signedIn.Token, "127.0.0.1", default);

        var before = await _command.RunAsync("connectors", "list");
        var login = await _command.LoginAsync(async code => ServedPeople.Must(await served.Get<DeviceLogins>().ApproveAsync(code, [Right.ReadAccess], days: 1, holder!.Caller, default)));
        var list = await _command.RunAsync("connectors", "list");
        var file = Path.Combine(_command.Folder, "config", "logins.json");
        var mode = File.GetUnixFileMode(file);
        var token = JsonNode.Parse(File.ReadAllText(file))![served.Server.Listening.AbsoluteUri]!["token"]!.GetValue<string>();
        var logout = await _command.RunAsync("logout");

        Assert.Equal(ExitCode.BadInput, before.ExitCode);
        Assert.Contains("watchbill login", before.Error, StringComparison.Ordinal);
        Assert.True(login.ExitCode is ExitCode.Ok, login.All);
        Assert.DoesNotContain(token, login.All, StringComparison.Ordinal);
        Assert.True(list.ExitCode is ExitCode.Ok, list.All);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        Assert.True(logout.ExitCode is ExitCode.Ok, logout.All);
        Assert.Null(await served.Get<ApiTokens>().FindAsync(token, "127.0.0.1", default));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        _command.Variables["WATCHBILL_TOKEN"] = "wbt_any";

        var finished = await _command.RunAsync("members", "list", "--server", "http://127.0.0.1:9");

        Assert.Equal(ExitCode.SentryFailed, finished.ExitCode);
        Assert.Contains("cannot be reached", finished.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();

    /// <summary>
    /// The answer without what a server does not tell (when things were made) and what differs by nature (when it was asked). Rows of one rank may come
    /// in another order.
    /// </summary>
    private static string Comparable(string json)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        Strip(document);
        var rows = document["rows"]!.AsArray().Select(static row => row!.ToJsonString()).Order(StringComparer.Ordinal);
        document.Remove("rows");
        return $"{document.ToJsonString()} {string.Join('\n', rows)}";
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Strip(item);
            }
        }

        if (node is JsonObject holder)
        {
            foreach (var key in (string[])["since", "created", "asOf"])
            {
                holder.Remove(key);
            }

            foreach (var (_, value) in holder)
            {
                Strip(value);
            }
        }
    }
}
