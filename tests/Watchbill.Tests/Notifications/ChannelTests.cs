using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LinqToDB;
using LinqToDB.Data;
using Microsoft.AspNetCore.Http;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Notifications;
using Watchbill.Notifications.Channels;
using Watchbill.People;
using Watchbill.Testing;
using Watchbill.Tests.People;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.Notifications;

/// <summary>Announcements from the fact they tell about to a real server on a socket.</summary>
public sealed class ChannelTests
{
    private static readonly PublicNotice Failing = new(
        new ConnectorId(7), "source-failing", "The source <!channel> & [Acme](https://elsewhere.example.org) fails", ["The last reason: *no answer*."], "/sources/7");

    [Theory, EveryEngine]
    public async Task Every_kind_of_channel_gets_what_it_understands_once(TestEngine engine)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var scene = await StartAsync(engine);
        await MakeAsync(scene, receiver, ChannelKind.Slack);
        await MakeAsync(scene, receiver, ChannelKind.Teams);
        var secret = (await MakeAsync(scene, receiver, ChannelKind.Webhook)).Secret!;

        await AnnounceAsync(scene, Failing);
        Assert.Equal(3, await scene.Get<SendMail>().RunAsync(default));
        Assert.Equal(0, await scene.Get<SendMail>().RunAsync(default));

        var slack = receiver.Of(ChannelKind.Slack).Body;
        Assert.Equal("The source &lt;!channel&gt; &amp; [Acme](https://elsewhere.example.org) fails", (string?)slack["text"]);
        Assert.Equal("plain_text", (string?)slack["blocks"]![0]!["text"]!["type"]);
        Assert.Equal("plain_text", (string?)slack["blocks"]![1]!["text"]!["type"]);
        Assert.Contains("https://watchbill.example.com/sources/7|", (string?)slack["blocks"]![2]!["text"]!["text"], StringComparison.Ordinal);
        var card = receiver.Of(ChannelKind.Teams).Body["attachments"]![0]!["content"]!;
        Assert.Equal("AdaptiveCard", (string?)card["type"]);
        Assert.Equal(@"The source <!channel> & \[Acme\](https://elsewhere.example.org) fails", (string?)card["body"]![0]!["text"]);
        Assert.Equal("https://watchbill.example.com/sources/7", (string?)card["actions"]![0]!["url"]);
        var signed = receiver.Of(ChannelKind.Webhook);
        Assert.Equal(("source-failing", 7), ((string?)signed.Body["type"], (int?)signed.Body["data"]!["connector"]));
        Assert.Equal(SignatureOf(secret, signed), signed.Headers["webhook-signature"]);
        Assert.Equal(scene.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), signed.Headers["webhook-timestamp"]);
        Assert.DoesNotContain("webhook-signature", receiver.Of(ChannelKind.Slack).Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.All(Must(await scene.Get<ManageChannels>().ListAsync(Operator, default)), static channel => Assert.Equal(MailState.Sent, channel.Latest?.State));
    }

    [Fact]
    public async Task A_channel_gets_only_what_it_is_for_and_nothing_of_what_was_not_committed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var scene = await StartAsync(TestEngine.Sqlite);
        await MakeAsync(scene, receiver, ChannelKind.Slack, draft => draft with { About = ["review-started"] });
        await MakeAsync(scene, receiver, ChannelKind.Teams, draft => draft with { Connector = new ConnectorId(8) });
        var off = await MakeAsync(scene, receiver, ChannelKind.Webhook);
        Must(await scene.Get<ManageChannels>().SwitchAsync(off.Channel.Id, isOn: false, Operator, default));

        await AnnounceAsync(scene, Failing);
        await Assert.ThrowsAsync<InvalidOperationException>(() => scene.Database.InTransactionAsync(
            async transaction =>
            {
                await scene.Get<IOwnerMail>().AnnounceAsync(transaction, Failing with { Connector = new ConnectorId(8), Kind = "review-started" }, default);
                throw new InvalidOperationException();
            },
            default));
        Assert.Equal(0, await scene.Get<SendMail>().RunAsync(default));

        await AnnounceAsync(scene, Failing with { Connector = new ConnectorId(8), Kind = "review-started" });
        Assert.Equal(2, await scene.Get<SendMail>().RunAsync(default));
        Assert.Equal("channel-is-off", (await scene.Get<ManageChannels>().TestAsync(off.Channel.Id, Operator, default)).Refusal?.Code);
    }

    [Fact]
    public async Task What_is_not_taken_is_sent_again_as_the_same_message_and_what_is_refused_is_given_up()
    {
        await using var receiver = await Receiver.StartAsync(503, 429, 204, 302, 404);
        await using var scene = await StartAsync(TestEngine.Sqlite);
        var made = await MakeAsync(scene, receiver, ChannelKind.Webhook);
        Must(await scene.Get<ManageChannels>().TestAsync(made.Channel.Id, Operator, default));

        await scene.Get<SendMail>().RunAsync(default);
        Assert.Equal((MailState.Waiting, "The channel could not take it now (status 503)."), await LatestAsync(scene));
        foreach (var minutes in (int[])[1, 5])
        {
            Assert.Equal(0, await scene.Get<SendMail>().RunAsync(default));
            scene.Clock.Advance(TimeSpan.FromMinutes(minutes));
            Assert.Equal(1, await scene.Get<SendMail>().RunAsync(default));
        }

        Assert.Equal((MailState.Sent, null), await LatestAsync(scene));
        Assert.Single(receiver.Messages.Select(static message => message.Headers["webhook-id"]).Distinct());
        Assert.Equal(3, receiver.Messages.Select(static message => message.Headers["webhook-signature"]).Distinct().Count());
        foreach (var (status, trouble) in ((int, string)[])[(302, "leads elsewhere"), (404, "refused it for good")])
        {
            Must(await scene.Get<ManageChannels>().TestAsync(made.Channel.Id, Operator, default));
            await scene.Get<SendMail>().RunAsync(default);
            var (state, error) = await LatestAsync(scene);
            Assert.Equal(MailState.GaveUp, state);
            Assert.Contains(trouble, error, StringComparison.Ordinal);
            Assert.Contains($"{status}", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_leads_into_a_private_network_unless_somebody_said_so()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var scene = await StartAsync(TestEngine.Sqlite);
        var address = new UriBuilder(receiver.Address) { Scheme = "https" }.Uri.AbsoluteUri;
        var made = Must(await scene.Get<ManageChannels>().CreateAsync(new ChannelDraft { Name = "Inside", Kind = ChannelKind.Slack, Address = address }, Operator, default));

        Must(await scene.Get<ManageChannels>().TestAsync(made.Channel.Id, Operator, default));
        await scene.Get<SendMail>().RunAsync(default);

        Assert.Empty(receiver.Messages);
        Assert.Equal((MailState.GaveUp, "The channel leads into a private network. Make it anew and say that it is in one."), await LatestAsync(scene));
    }

    [Fact]
    public async Task Channels_do_not_wait_for_a_mail_server_that_is_gone()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var scene = await StartAsync(TestEngine.Sqlite);
        var mail = new MailRow { Kind = "test", Recipient = "kim@example.com", Subject = "Test", State = MailState.Waiting, NextAttemptAt = scene.Clock.GetUtcNow(), CreatedAt = scene.Clock.GetUtcNow() };
        await scene.Database.InTransactionAsync(transaction => MailStore.InsertAsync(transaction, mail, default), default);
        await MakeAsync(scene, receiver, ChannelKind.Slack);

        await AnnounceAsync(scene, Failing);
        await scene.Get<SendMail>().RunAsync(default);

        Assert.Single(receiver.Messages);
        Assert.Contains(Must(await scene.Get<Outbox>().ListAsync(10, Operator, default)), static one => one is { Channel: null, State: MailState.Waiting, Attempts: 0 });
    }

    [Theory, EveryEngine]
    public async Task Addresses_and_secrets_are_told_to_nobody_and_go_with_the_channel(TestEngine engine)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var scene = await StartAsync(engine);
        var made = await MakeAsync(scene, receiver, ChannelKind.Webhook);
        Must(await scene.Get<ManageChannels>().TestAsync(made.Channel.Id, Operator, default));
        var stored = await StoredAsync(scene);
        Must(await scene.Get<ManageChannels>().RemoveAsync(made.Channel.Id, Operator, default));
        stored += await StoredAsync(scene) + made + made.Channel + Must(await scene.Get<ManageChannels>().ListAsync(Operator, default));

        Assert.DoesNotContain("planted-path", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Secret!, stored, StringComparison.Ordinal);
        await scene.Get<SendMail>().RunAsync(default);
        Assert.Empty(receiver.Messages);
        await using var session = scene.Database.OpenRead();
        var row = Assert.Single(session.Connection.GetTable<ChannelRow>());
        Assert.Equal(("", null), (row.ProtectedAddress, row.ProtectedSecret));
    }

    [Theory]
    [InlineData("", "https://hooks.example.com/x", "channel-name-invalid")]
    [InlineData("Chat", "http://hooks.example.com/x", "channel-address-invalid")]
    [InlineData("Chat", "https://user:word@hooks.example.com/x", "channel-address-invalid")]
    [InlineData("Chat", "https://hooks.example.com/x#part", "channel-address-invalid")]
    [InlineData("Chat", "hooks.example.com", "channel-address-invalid")]
    [InlineData("Chat", "file:///etc/passwd", "channel-address-invalid")]
    [InlineData("OPS", "https://hooks.example.com/x", "channel-exists")]
    public async Task What_cannot_be_a_channel_is_refused(string name, string address, string code)
    {
        await using var scene = await StartAsync(TestEngine.Sqlite);
        var channels = scene.Get<ManageChannels>();
        Must(await channels.CreateAsync(new ChannelDraft { Name = "Ops", Kind = ChannelKind.Slack, Address = "https://hooks.example.com/y" }, Operator, default));

        var refused = (await channels.CreateAsync(new ChannelDraft { Name = name, Kind = ChannelKind.Slack, Address = address }, Operator, default)).Refusal;

        Assert.Equal(code, refused?.Code);
        Assert.DoesNotContain("word", refused!.Message, StringComparison.Ordinal);
        Assert.Single(Must(await channels.ListAsync(Operator, default)));
        var auditor = await scene.CallerAsync(await scene.JoinAsync("auditor@example.com", Role.Auditor));
        Assert.Equal(RefusalKind.Forbidden, (await channels.ListAsync(auditor, default)).Refusal?.Kind);
    }

    private static async Task<NewChannel> MakeAsync(PeopleScene scene, Receiver receiver, ChannelKind kind, Func<ChannelDraft, ChannelDraft>? change = null)
    {
        var draft = new ChannelDraft { Name = $"{kind}", Kind = kind, Address = new Uri(receiver.Address, $"planted-path/{kind}").AbsoluteUri, AllowPrivateNetworks = true };
        return Must(await scene.Get<ManageChannels>().CreateAsync(change?.Invoke(draft) ?? draft, Operator, default));
    }

    private static Task AnnounceAsync(PeopleScene scene, PublicNotice notice) =>
        scene.Database.InTransactionAsync(transaction => scene.Get<IOwnerMail>().AnnounceAsync(transaction, notice, default), default);

    private static async Task<(MailState? State, string? Error)> LatestAsync(PeopleScene scene)
    {
        var latest = Assert.Single(Must(await scene.Get<ManageChannels>().ListAsync(Operator, default))).Latest;
        return (latest?.State, latest?.LastError);
    }

    /// <summary>Everything that is stored of channels, messages and what was done with them.</summary>
    private static async Task<string> StoredAsync(PeopleScene scene)
    {
        await using var session = scene.Database.OpenRead();
        var text = new StringBuilder();
        foreach (var sql in (string[])["SELECT name || host || protected_address || COALESCE(protected_secret, '') FROM channel", "SELECT recipient || subject || COALESCE(protected_text, '') || COALESCE(last_error, '') FROM mail", "SELECT COALESCE(after, '') FROM audit_event"])
        {
            foreach (var row in await session.Connection.QueryToListAsync<string>(sql))
            {
                text.AppendLine(row);
            }
        }

        return text.ToString();
    }

    /// <summary>As the receiver computes it, from the specification.</summary>
    private static string SignatureOf(string secret, Received message)
    {
        var content = $"{message.Headers["webhook-id"]}.{message.Headers["webhook-timestamp"]}.{message.Text}";
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes(content)));
    }

    private sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Text)
    {
        public JsonNode Body => JsonNode.Parse(Text)!;
    }

    /// <summary>Takes messages, or refuses them with the statuses a test names, one after the other.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly ConcurrentQueue<Received> _messages = new();
        private readonly Queue<int> _statuses;
        private ScriptedServer? _server;

        private Receiver(IEnumerable<int> statuses) => _statuses = new(statuses);

        public IReadOnlyList<Received> Messages => [.. _messages];

        public Uri Address => _server!.Address;

        public static async Task<Receiver> StartAsync(params int[] statuses)
        {
            var receiver = new Receiver(statuses);
            receiver._server = await ScriptedServer.StartAsync(receiver.TakeAsync);
            return receiver;
        }

        public Received Of(ChannelKind kind) => Assert.Single(Messages, message => message.Path.EndsWith($"/{kind}", StringComparison.Ordinal));

        public ValueTask DisposeAsync() => _server!.DisposeAsync();

        private async Task TakeAsync(HttpContext http)
        {
            using var reader = new StreamReader(http.Request.Body);
            var headers = http.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            _messages.Enqueue(new(http.Request.Path, headers, await reader.ReadToEndAsync()));
            http.Response.StatusCode = _statuses.TryDequeue(out var status) ? status : StatusCodes.Status200OK;
            if (http.Response.StatusCode == StatusCodes.Status302Found)
            {
                http.Response.Headers.Location = "/elsewhere";
            }
        }
    }
}
