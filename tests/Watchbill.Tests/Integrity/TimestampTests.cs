using System.Security.Cryptography;
using System.Text;
using LinqToDB;
using LinqToDB.Data;
using Watchbill.Integrity;
using Watchbill.Integrity.Timestamps;
using Watchbill.Packs.Verifying;
using Watchbill.Storage;
using Watchbill.Testing;
using Watchbill.Tests.Packs;

namespace Watchbill.Tests.Integrity;

/// <summary>Timestamps of the log by a real <c>openssl ts</c>.</summary>
public sealed class TimestampTests
{
    [Theory, EveryEngine]
    public async Task The_log_is_stamped_once_a_day_and_packs_show_it_to_plain_tools(TestEngine engine)
    {
        Assert.SkipUnless(TimeAuthority.IsHere, "openssl is not here.");
        await using var authority = await TimeAuthority.StartAsync();
        await using var scene = await PackScene.StartAsync(engine);
        await using var stamping = scene.Acme.Again(authority.Options);
        var before = await scene.BuildAsync();
        Assert.Equal((0, null), (VerifyPack.Run(before.Path, null).Timestamps, VerifyPack.Run(before.Path, null).StampedAt));
        Assert.True(await stamping.Get<StampLog>().RunAsync(default));

        // Nothing new, or not a day later: nobody is asked.
        Assert.False(await stamping.Get<StampLog>().RunAsync(default));
        await scene.RunAsync();
        await scene.Acme.Get<SealLog>().RunAsync(default);
        Assert.False(await stamping.Get<StampLog>().RunAsync(default));
        Assert.Equal(1, authority.Asked);
        Assert.True((await scene.Acme.Get<VerifyLog>().RunAsync(null, PackScene.Auditor, default)).Value.IsIntact);

        var pack = await scene.BuildAsync();
        var found = VerifyPack.Run(pack.Path, pack.KeyFingerprint);
        PackScene.AssertIntact(found);
        Assert.Equal((1, "CN=Example Time Authority"), (found.Timestamps, found.StampedBy));
        Assert.InRange(found.StampedAt!.Value, scene.Now.AddMinutes(-10), scene.Now.AddMinutes(10));
        var folder = scene.Unpack(pack);
        var (code, said) = await Tool.RunAsync("/bin/sh", ["data/tools/verify.sh"], folder);
        Assert.True(code == 0, said);
        Assert.Contains("was there, says a time authority: ", said, StringComparison.Ordinal);
        Assert.Equal(pack.Sha256, (await scene.BuildAsync()).Sha256);

        var stamps = Path.Combine(folder, "data", "timestamps");
        var checkpoint = Directory.GetFiles(stamps, "*.checkpoint").Single();
        await File.WriteAllTextAsync(checkpoint, (await File.ReadAllTextAsync(checkpoint)).Replace("\n\n", "\n \n", StringComparison.Ordinal));
        Assert.Contains(VerifyPack.Run(folder, null).Findings, static finding => finding.EndsWith("is about no checkpoint of this log.", StringComparison.Ordinal));
        Assert.NotEqual(0, (await Tool.RunAsync("/bin/sh", ["data/tools/verify.sh"], folder)).Code);
    }

    [Fact]
    public async Task Of_several_days_each_is_kept()
    {
        Assert.SkipUnless(TimeAuthority.IsHere, "openssl is not here.");
        await using var authority = await TimeAuthority.StartAsync();
        await using var scene = await PackScene.StartAsync();
        await using var stamping = scene.Acme.Again(authority.Options with { Every = TimeSpan.Zero });
        for (var day = 0; day < 3; day++)
        {
            await scene.RunAsync();
            await scene.Acme.Get<SealLog>().RunAsync(default);
            Assert.True(await stamping.Get<StampLog>().RunAsync(default));
        }

        var request = scene.Request() with { To = TimeProvider.System.GetUtcNow() };
        await scene.RunAsync();
        var pack = await scene.BuildAsync(request);
        PackScene.AssertIntact(VerifyPack.Run(pack.Path, null));
        Assert.Equal(3, VerifyPack.Run(pack.Path, null).Timestamps);
    }

    [Fact]
    public async Task An_answer_that_is_no_token_for_the_question_is_refused_and_asked_again()
    {
        Assert.SkipUnless(TimeAuthority.IsHere, "openssl is not here.");
        await using var authority = await TimeAuthority.StartAsync();
        await using var other = await TimeAuthority.StartAsync();
        await using var scene = await PackScene.StartAsync();
        await using var stamping = scene.Acme.Again(authority.Options);
        byte[]? earlier = null;
        (string Part, Func<byte[], byte[], (int, byte[])> Answer)[] answers =
        [
            ("status 503", (_, reply) =>
            {
                earlier = reply;
                return (503, []);
            }),
            ("status 302", static (_, _) => (302, [])), ("no token", static (_, _) => (200, [])), ("no token", static (_, _) => (200, "<html>"u8.ToArray())),
            ("no token", static (_, reply) => (200, reply[..^9])), ("no token", static (query, _) => (200, query)),
            ("cannot be reached", static (_, _) => (200, new byte[Timestamp.MostBytes + 1])), ("no token", (_, _) => (200, earlier!)),
        ];
        foreach (var (part, answer) in answers)
        {
            authority.Instead = answer;
            var refused = await Assert.ThrowsAsync<TimestampException>(() => stamping.Get<StampLog>().RunAsync(default));
            Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        }

        // A certificate that comes from elsewhere.
        authority.Instead = null;
        await using var strict = scene.Acme.Again(authority.Options with { CertificatesPem = other.CertificatesPem });
        Assert.Contains("TIMESTAMP_CA", (await Assert.ThrowsAsync<TimestampException>(() => strict.Get<StampLog>().RunAsync(default))).Message, StringComparison.Ordinal);
        await using (var session = scene.Acme.Get<Database>().OpenRead())
        {
            Assert.Null(await TimestampStore.LatestAsync(session, default));
        }

        Assert.True(await stamping.Get<StampLog>().RunAsync(default));
    }

    [Fact]
    public async Task Whatever_is_changed_in_a_token_is_not_taken_for_another_time()
    {
        Assert.SkipUnless(TimeAuthority.IsHere, "openssl is not here.");
        await using var authority = await TimeAuthority.StartAsync();
        using var client = new TimestampAuthority(authority.Options);
        var token = await client.StampAsync("a text", default);
        var text = Encoding.UTF8.GetBytes("a text");
        using var certificates = new Certificates(authority.CertificatesPem);
        var good = Timestamp.Read(token, text, certificates.All);
        Assert.NotNull(good);
        Assert.Null(Timestamp.Read(token, "another text"u8, certificates.All));
        for (var at = 0; at < token.Length; at++)
        {
            var changed = (byte[])token.Clone();
            changed[at] ^= 1;
            Assert.True(Timestamp.Read(changed, text, certificates.All) is not { } read || read == good, $"byte {at}");
        }

        foreach (var size in (int[])[0, 1, token.Length - 1])
        {
            Assert.Null(Timestamp.Read(token[..size], text, anchors: null));
        }

        // Sets within sets, as deep as it goes.
        Assert.Null(Timestamp.Read([.. Enumerable.Range(0, 15_000).SelectMany(static depth => (byte[])[0x30, 0x82, (byte)((60_000 - (depth * 4)) >> 8), (byte)(60_000 - (depth * 4))])], text, anchors: null));
        Assert.Null(Timestamp.Read([.. Enumerable.Repeat((byte)0x30, 60_000)], text, anchors: null));
        Assert.Null(Timestamp.Read([.. Enumerable.Repeat<byte[]>([0x30, 0x80], 30_000).SelectMany(static two => two)], text, anchors: null));
        Assert.Null(Timestamp.Read([.. token, 0], text, anchors: null));
    }

    [Fact]
    public async Task A_token_that_was_changed_in_the_database_is_found()
    {
        Assert.SkipUnless(TimeAuthority.IsHere, "openssl is not here.");
        await using var authority = await TimeAuthority.StartAsync();
        await using var scene = await PackScene.StartAsync();
        await using var stamping = scene.Acme.Again(authority.Options);
        await stamping.Get<StampLog>().RunAsync(default);
        await using (var connection = scene.Acme.Get<Database>().Open())
        {
            await connection.ExecuteAsync("DROP TRIGGER evidence_log_timestamp_no_update");
            await connection.GetTable<TimestampRow>().Set(static row => row.Token, static row => "AAAA").UpdateAsync();
        }

        Assert.Contains("is not about the checkpoint of that size", Assert.Single((await scene.Acme.Get<VerifyLog>().RunAsync(null, PackScene.Auditor, default)).Value.Findings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TIMESTAMP_AUTHORITY", "ftp://timestamp.example.com")]
    [InlineData("TIMESTAMP_AUTHORITY", "https://ada:secret@timestamp.example.com")]
    [InlineData("TIMESTAMP_HOURS", "0")]
    [InlineData("TIMESTAMP_CA", "/nowhere/ca.pem")]
    public void Settings_that_are_wrong_are_named(string name, string value)
    {
        Dictionary<string, string?> settings = new() { ["TIMESTAMP_AUTHORITY"] = "http://timestamp.example.com/", [name] = value };
        var wrong = Assert.Throws<TimestampSettingsException>(() => TimestampOptions.Read(settings));
        Assert.Contains(name, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_certificates_are_taken_from_a_file()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var folder = new TemporaryFolder();
        using var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=Example CA", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        var file = Path.Combine(folder.Path, "ca.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        var options = TimestampOptions.Read(new Dictionary<string, string?> { ["TIMESTAMP_AUTHORITY"] = "http://timestamp.example.com/", ["TIMESTAMP_CA"] = file, ["TIMESTAMP_HOURS"] = "6" });
        Assert.Equal((certificate.ExportCertificatePem() + "\n", TimeSpan.FromHours(6)), (options.CertificatesPem, options.Every));
        Assert.Null(TimestampOptions.Read(new Dictionary<string, string?>()).Authority);
    }

    private sealed class Certificates(string pem) : IDisposable
    {
        public System.Security.Cryptography.X509Certificates.X509Certificate2Collection All { get; } = TimestampOptions.CertificatesOf(pem);

        public void Dispose() => All.ToList().ForEach(static one => one.Dispose());
    }
}
