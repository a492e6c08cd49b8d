using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using static Watchbill.Testing.ScriptedServer;

namespace Watchbill.Sentry.Tests.Transport;

public sealed class BodyTests
{
    [Theory]
    [InlineData("""{"status":"ok"}""", SentryFailureKind.NotSentry)]
    [InlineData("null", SentryFailureKind.NotSentry)]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>", SentryFailureKind.NotSentry)]
    [InlineData("hello", SentryFailureKind.NotSentry)]
    [InlineData("", SentryFailureKind.NotSentry)]
    [InlineData("""[{"id":"1"},{"id":"2","na""", SentryFailureKind.Truncated)]
    [InlineData("""[{"id":"1"},""", SentryFailureKind.Truncated)]
    [InlineData("""[{"name":"no id"}]""", SentryFailureKind.InvalidJson)]
    [InlineData("""[{"id":null}]""", SentryFailureKind.InvalidJson)]
    [InlineData("""[{"id":{}}]""", SentryFailureKind.InvalidJson)]
    [InlineData("""[null]""", SentryFailureKind.InvalidJson)]
    [InlineData("""[{"id":"1"}} ]""", SentryFailureKind.InvalidJson)]
    public async Task List_BodyThatIsNoList_HasItsKind(string body, SentryFailureKind expected)
    {
        await using var scene = await Scene.StartAsync(Answer(200, body));

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.List("acme").ToListAsync());

        Assert.Equal(expected, failure.Kind);
    }

    [Fact]
    public async Task Index_JsonOfAnotherService_IsNotSentry()
    {
        await using var scene = await Scene.StartAsync(Answer(200, """{"status":"ok"}"""));

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Root.GetApiIndexAsync());

        Assert.Equal(SentryFailureKind.NotSentry, failure.Kind);
    }

    [Fact]
    public async Task List_UnknownFieldsAndValues_AreKeptOrSkipped()
    {
        await using var scene = await Scene.StartAsync(Answer(200, """
            [{"id":12345678901234567890,"orgRole":"astronaut","inviteStatus":"beamed_up","pending":null,"novelty":{"deep":[1,{}]},
              "dateCreated":"2026-01-02T03:04:05","user":{"id":"5","actorType":"service_account","lastLogin":"never","dateJoined":"2026-01-02T03:04:05.123456+02:00"}}]
            """));

        var member = Assert.Single(await scene.Client.Members.List("acme").ToListAsync());

        Assert.Equal(("12345678901234567890", "astronaut", "beamed_up", null), (member.Id, member.OrgRole, member.InviteStatus, member.Pending));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), member.DateCreated);
        Assert.Equal(("service_account", null), (member.User!.ActorType, member.User.LastLogin));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 1, 4, 5, 123, 456, TimeSpan.Zero), member.User.DateJoined);
    }

    [Fact]
    public async Task List_BodyOverTheLimit_IsTooLarge()
    {
        await using var scene = await Scene.StartAsync(Answer(200, "[" + new string(' ', 100_000) + "]"), options => options with { MaxResponseBytes = 50_000 });

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.List("acme").ToListAsync());

        Assert.Equal(SentryFailureKind.TooLarge, failure.Kind);
    }

    [Fact]
    public async Task List_SmallAnswerThatUnpacksIntoAHugeOne_IsTooLarge()
    {
        var bomb = Gzip("[" + new string(' ', 20_000_000) + "]");
        await using var scene = await Scene.StartAsync(Gzipped(bomb), options => options with { MaxResponseBytes = 1_000_000 });

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.List("acme").ToListAsync());

        Assert.Equal(SentryFailureKind.TooLarge, failure.Kind);
        Assert.True(bomb.Length < 100_000);
        Assert.InRange(scene.Client.Statistics.Bytes, 1_000_000, 2_000_000);
    }

    [Fact]
    public async Task List_GzippedBody_IsRead()
    {
        await using var scene = await Scene.StartAsync(Gzipped(Gzip("""[{"id":"1"}]""")));

        Assert.Single(await scene.Client.Members.List("acme").ToListAsync());
    }

    [Fact]
    public async Task List_CorruptCompression_IsTruncated()
    {
        var broken = Gzip("""[{"id":"1"}]""");
        broken[^1] ^= 0xff;
        broken[5] ^= 0x55;
        broken[12] ^= 0xff;
        await using var scene = await Scene.StartAsync(Gzipped(broken));

        var failure = await Assert.ThrowsAsync<SentryException>(() => scene.Client.Members.List("acme").ToListAsync());

        Assert.Equal(SentryFailureKind.Truncated, failure.Kind);
    }

    private static RequestDelegate Gzipped(byte[] body) => async context =>
    {
        context.Response.Headers.ContentEncoding = "gzip";
        await context.Response.Body.WriteAsync(body);
    };

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        return packed.ToArray();
    }
}
