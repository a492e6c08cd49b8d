using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Integrity;
using Watchbill.Operations.AuditExport;
using Watchbill.People;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.Operations;

/// <summary>Audit events handed on to tools that watch.</summary>
public sealed class AuditForwardTests
{
    [Theory, EveryEngine]
    public async Task A_webhook_gets_each_event_in_order_and_again_what_it_did_not_take(TestEngine engine)
    {
        var bodies = new ConcurrentQueue<(string? Authorization, string Body)>();
        var status = StatusCodes.Status503ServiceUnavailable;
        await using var sink = await ScriptedServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            bodies.Enqueue((context.Request.Headers.Authorization, await reader.ReadToEndAsync()));
            context.Response.StatusCode = status;
        });
        await using var served = await StartAsync(engine, ("AUDIT_WEBHOOK", sink.Address.AbsoluteUri), ("AUDIT_WEBHOOK_AUTHORIZATION", "Splunk planted-secret"));
        var forward = served.Get<ForwardAudit>();
        await SealAsync(served);
        await forward.RunAsync(default);
        Assert.Empty(bodies);

        await served.JoinAsync("ada@example.com", "Ada", Role.Auditor);
        await SealAsync(served);
        var refused = await Assert.ThrowsAsync<AggregateException>(() => forward.RunAsync(default));
        Assert.DoesNotContain("planted-secret", refused.ToString(), StringComparison.Ordinal);
        status = StatusCodes.Status200OK;
        await forward.RunAsync(default);
        await forward.RunAsync(default);

        var requests = bodies.ToList();
        Assert.Equal(2, requests.Count);
        Assert.All(requests, static request => Assert.Equal("Splunk planted-secret", request.Authorization));
        Assert.Equal(requests[0].Body, requests[1].Body);
        var events = Lines(requests[1].Body);
        Assert.Equal(["person-invited", "invitation-accepted", "signed-in"], events.Select(static one => $"{one["metadata"]!["event_code"]}"));
        Assert.Equal([3001, 3001, 3002], events.Select(static one => (int)one["class_uid"]!));
        Assert.Equal([300101, 300102, 300201], events.Select(static one => (int)one["type_uid"]!));
        Assert.Equal(events.Select(static one => (long)one["unmapped"]!["log_index"]!).Order(), events.Select(static one => (long)one["unmapped"]!["log_index"]!));
    }

    [Fact]
    public async Task A_syslog_server_gets_counted_messages_of_rfc_5424()
    {
        await using var sink = new SyslogSink();
        await using var served = await StartAsync(TestEngine.Sqlite, ("AUDIT_SYSLOG", $"tcp://127.0.0.1:{sink.Port}"));
        var forward = served.Get<ForwardAudit>();
        await SealAsync(served);
        await forward.RunAsync(default);
        await served.JoinAsync("ada@example.com", "Ada", Role.Auditor);
        await SealAsync(served);

        await forward.RunAsync(default);

        var text = await sink.ReadAsync();
        List<string> messages = [];
        for (var at = 0; at < text.Length;)
        {
            var space = Array.IndexOf(text, (byte)' ', at);
            var length = int.Parse(Encoding.ASCII.GetString(text, at, space - at), System.Globalization.CultureInfo.InvariantCulture);
            messages.Add(Encoding.UTF8.GetString(text, space + 1, length));
            at = space + 1 + length;
        }

        Assert.Equal(3, messages.Count);
        Assert.All(messages, static message => Assert.Matches("^<110>1 \\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z \\S+ watchbill \\d+ [a-z-]+ - \\{.*\\}$", message));
    }

    [Fact]
    public async Task Whoever_fetches_them_goes_on_where_they_ended()
    {
        await using var served = await StartAsync(TestEngine.Sqlite);
        await served.JoinAsync("ada@example.com", "Ada", Role.Auditor);
        await SealAsync(served);
        using var program = await served.ProgramAsync(Role.Auditor);
        using var member = await served.ProgramAsync(Role.Member);

        using var first = await program.GetAsync("/audit-log.jsonl?limit=2");
        var next = first.Headers.GetValues("X-Watchbill-Next").Single();
        using var second = await program.GetAsync($"/audit-log.jsonl?from={next}&form=plain");

        Assert.Equal("2", next);
        Assert.Equal(2, Lines(await first.Content.ReadAsStringAsync()).Count);
        Assert.Equal(2, (long)Lines(await second.Content.ReadAsStringAsync())[0]["logIndex"]!);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/audit-log.jsonl")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.Client().GetAsync("/audit-log.jsonl")).StatusCode);
    }

    [Theory]
    [InlineData("AUDIT_SYSLOG", "udp://syslog.example.com:514")]
    [InlineData("AUDIT_SYSLOG", "syslog.example.com")]
    [InlineData("AUDIT_WEBHOOK", "http://siem.example.com/")]
    public void A_wrong_setting_is_named(string name, string value) =>
        Assert.Contains(name, Assert.Throws<AuditOutletSettingsException>(() => AuditOutletOptions.Read(new Dictionary<string, string?> { [name] = value })).Message, StringComparison.Ordinal);

    private static Task<ServedOrganization> StartAsync(TestEngine engine, params (string Name, string Value)[] settings) => ServedOrganization.StartAsync(
        engine: engine, settings: settings.ToDictionary(static one => one.Name, static one => (string?)one.Value), configure: static services => services.AddSingleton(ServedPeople.Quick));

    /// <summary>Handed on is what was sealed.</summary>
    private static async Task SealAsync(ServedOrganization served) => await served.Get<SealLog>().RunAsync(default);

    private static List<JsonNode> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];

    private sealed class SyslogSink : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public SyslogSink() => _listener.Start();

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        /// <summary>What the first connection brought.</summary>
        public async Task<byte[]> ReadAsync()
        {
            using var connection = await _listener.AcceptTcpClientAsync();
            using var all = new MemoryStream();
            await connection.GetStream().CopyToAsync(all);
            return all.ToArray();
        }

        public ValueTask DisposeAsync()
        {
            _listener.Dispose();
            return default;
        }
    }
}
