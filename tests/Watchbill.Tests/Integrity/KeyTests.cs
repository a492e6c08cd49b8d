using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Integrity;

/// <summary>Keys that are replaced: the log stays one log, an old key signs nothing any more, and no row of the database makes a key.</summary>
public sealed class KeyTests
{
    [Theory, EveryEngine]
    public async Task A_log_stays_one_log_when_its_key_is_replaced(TestEngine engine)
    {
        await using var scene = await SealScene.StartAsync(engine);
        await scene.WriteAsync(5);
        await scene.Seal.RunAsync(default);
        var first = (await scene.Read.StandingAsync(Caller.System, default)).Value;
        var second = await ReplaceAsync(scene, KeyUse.Log);
        var overlap = (await scene.Read.StandingAsync(Caller.System, default)).Value;
        await scene.WriteAsync(5);
        await scene.Seal.RunAsync(default);
        var after = (await scene.Read.StandingAsync(Caller.System, default)).Value;
        await ReplaceAsync(scene, KeyUse.Log);
        await ReplaceAsync(scene, KeyUse.Statements);
        AssertIntact(await scene.VerifyAsync());
        await scene.WriteAsync(5);
        await scene.Seal.RunAsync(default);

        Assert.Equal((6, 6), (overlap.Size, second.FromSize));
        Assert.Equal((1, 2, 1), (SignaturesOf(first), SignaturesOf(overlap), SignaturesOf(after)));
        Assert.Equal(first.Origin, after.Origin);
        Assert.NotEqual(first.VerifierKey, after.VerifierKey);
        Assert.StartsWith(first.Origin + "+", after.VerifierKey, StringComparison.Ordinal);
        var keys = (await scene.Keys.ListAsync(Caller.System, default)).Value;
        Assert.Equal([(KeyUse.Log, 1, false), (KeyUse.Log, 2, false), (KeyUse.Log, 3, true), (KeyUse.Statements, 1, false), (KeyUse.Statements, 2, true)], keys.Select(static key => (key.Use, key.Generation, key.IsCurrent)));
        foreach (var kept in (string?[])[null, first.Checkpoint, overlap.Checkpoint, after.Checkpoint])
        {
            AssertIntact((await scene.Verify.RunAsync(kept, Caller.System, default)).Value);
        }
    }

    /// <summary>Whoever stole a key that was replaced since can sign with it; nobody takes it.</summary>
    [Fact]
    public async Task A_key_that_was_replaced_signs_nothing_any_more()
    {
        await using var scene = await SealScene.StartAsync(TestEngine.Sqlite);
        await scene.WriteAsync(5);
        await scene.Seal.RunAsync(default);
        await ReplaceAsync(scene, KeyUse.Log);
        await scene.WriteAsync(5);
        await scene.Seal.RunAsync(default);
        var standing = (await scene.Read.StandingAsync(Caller.System, default)).Value;
        var root = Convert.FromBase64String(standing.Checkpoint!.Split('\n')[2]);
        var old = SigningKey.Load(scene.KeyFolder, "evidence-log.key", scene.Get<SecretVault>())!;
        var current = SigningKey.Load(scene.KeyFolder, "evidence-log.2.key", scene.Get<SecretVault>())!;

        Assert.Contains("not signed by this log's key", (await FindingsAsync(old, standing.Size))[0], StringComparison.Ordinal);
        Assert.Empty(await FindingsAsync(current, standing.Size));

        // And a new key says nothing of the time before it.
        Assert.Contains("not signed by this log's key", (await FindingsAsync(current, 3))[0], StringComparison.Ordinal);

        async Task<IReadOnlyList<string>> FindingsAsync(SigningKey key, long size) =>
            (await scene.Verify.RunAsync(new Checkpoint(standing.Origin, size, root).SignedBy(key), Caller.System, default)).Value.Findings;
    }

    public static TheoryData<string, string> Attacks => new()
    {
        { "DELETE FROM evidence_key WHERE key_use = 'Log' AND generation = 2", "The key log-2, of which the audit log tells, is not among the keys." },
        { "UPDATE evidence_key SET endorsement = NULL WHERE key_use = 'Log' AND generation = 2", "Key 2 for log is not endorsed by the key before it." },
        { "UPDATE evidence_key SET endorsement = (SELECT other.endorsement FROM evidence_key other WHERE other.key_use = 'Statements' AND other.generation = 2) WHERE key_use = 'Log' AND generation = 2", "Key 2 for log is not endorsed by the key before it." },
        { "UPDATE evidence_key SET pem = 'none' WHERE key_use = 'Log' AND generation = 2", "Key 2 for log is not endorsed by the key before it." },
        { "UPDATE evidence_key SET pem = 'none' WHERE key_use = 'Log' AND generation = 1", "Key 2 for log is not endorsed by the key before it." },
        { "UPDATE evidence_key SET pem = (SELECT other.pem FROM evidence_key other WHERE other.key_use = 'Statements' AND other.generation = 1) WHERE key_use = 'Log' AND generation = 1", "Key 2 for log is not endorsed by the key before it." },
        { "UPDATE evidence_key SET endorsement = replace(endorsement, 'payload\":\"e', 'payload\":\"f') WHERE key_use = 'Log' AND generation = 2", "Key 2 for log is not endorsed by the key before it." },
        { "DELETE FROM evidence_key WHERE key_use = 'Log' AND generation = 1", "is no key, or not the first" },
        { "DELETE FROM evidence_key WHERE key_use = 'Statements' AND generation = 2", "The key statements-2, of which the audit log tells, is not among the keys." },
    };

    [Theory, MemberData(nameof(Attacks))]
    public async Task No_row_of_the_database_makes_a_key(string attack, string finding)
    {
        foreach (var engine in Enum.GetValues<TestEngine>().Where(static engine => engine is TestEngine.Sqlite || TestDatabase.HasServer))
        {
            await using var scene = await SealScene.StartAsync(engine);
            await scene.WriteAsync(5);
            await scene.Seal.RunAsync(default);
            await ReplaceAsync(scene, KeyUse.Log);
            await ReplaceAsync(scene, KeyUse.Statements);
            await scene.Seal.RunAsync(default);
            await scene.AttackAsync(attack);
            var found = await scene.VerifyAsync();
            Assert.Contains(found.Findings, sentence => sentence.Contains(finding, StringComparison.Ordinal));
            await scene.WriteAsync(1);
            await using var restarted = scene.Another();
            if (!attack.Contains("WHERE key_use = 'Statements'", StringComparison.Ordinal))
            {
                await Assert.ThrowsAsync<SecretUnreadableException>(() => restarted.GetRequiredService<SealLog>().RunAsync(default));
            }
        }
    }

    /// <summary>With a log and keys of their own in the database somebody would be believed, if the key folder were not asked.</summary>
    [Fact]
    public async Task A_whole_log_of_somebody_elses_is_found_by_the_key_folder()
    {
        await using var scene = await SealScene.StartAsync(TestEngine.Sqlite);
        await scene.WriteAsync(5);
        await scene.Seal.RunAsync(default);
        await scene.AttackAsync("DELETE FROM evidence_key; DELETE FROM evidence_log_entry; DELETE FROM evidence_log_hash; DELETE FROM evidence_log_checkpoint");
        var away = scene.KeyFolder + ".away";
        Directory.CreateDirectory(away);
        foreach (var file in Directory.GetFiles(scene.KeyFolder, "evidence-*.key"))
        {
            File.Move(file, Path.Combine(away, Path.GetFileName(file)));
        }

        await using (var attacker = scene.Another())
        {
            await attacker.GetRequiredService<SealLog>().RunAsync(default);
        }

        foreach (var file in Directory.GetFiles(away))
        {
            File.Move(file, Path.Combine(scene.KeyFolder, Path.GetFileName(file)), overwrite: true);
        }

        await using var services = scene.Another();
        var found = (await services.GetRequiredService<VerifyLog>().RunAsync(known: null, Caller.System, default)).Value;
        Assert.Contains("The key evidence-log.key of the key folder is not the one that the database names.", found.Findings);
    }

    [Fact]
    public async Task A_key_that_is_lost_is_not_made_anew()
    {
        await using var scene = await SealScene.StartAsync(TestEngine.Sqlite);
        await scene.WriteAsync(5);
        await scene.Seal.RunAsync(default);
        await ReplaceAsync(scene, KeyUse.Log);
        await scene.WriteAsync(5);
        var file = Path.Combine(scene.KeyFolder, "evidence-log.2.key");
        File.Move(file, file + ".away");
        await using var services = scene.Another();
        var failure = await Assert.ThrowsAsync<SecretUnreadableException>(() => services.GetRequiredService<SealLog>().RunAsync(default));
        Assert.Contains("The key evidence-log.2.key is not in the key folder. Restore", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file));

        // The first one's private half is not needed any more; the second's is.
        File.Move(file + ".away", file);
        File.Delete(Path.Combine(scene.KeyFolder, "evidence-log.key"));
        Assert.Equal(5, await services.GetRequiredService<SealLog>().RunAsync(default));
        AssertIntact((await services.GetRequiredService<VerifyLog>().RunAsync(known: null, Caller.System, default)).Value);
    }

    [Theory, EveryEngine]
    public async Task Of_two_who_replace_a_key_at_once_one_is_told(TestEngine engine)
    {
        await using var scene = await SealScene.StartAsync(engine);
        await scene.WriteAsync(5);
        await scene.Seal.RunAsync(default);
        var current = (await scene.Keys.ListAsync(Caller.System, default)).Value[0].Fingerprint;
        await using var another = scene.Another();
        EvidenceKeys[] nodes = [scene.Keys, another.GetRequiredService<EvidenceKeys>()];
        var answers = await Task.WhenAll(nodes.Select(node => Task.Run(() => node.ReplaceAsync(KeyUse.Log, current, "Yearly.", Caller.System, default))));
        Assert.Equal("evidence-key-replaced", Assert.Single(answers, static answer => !answer.Succeeded).Refusal!.Code);
        Assert.Equal(2, Assert.Single(answers, static answer => answer.Succeeded).Value.Generation);
        AssertIntact(await scene.VerifyAsync());
    }

    /// <summary>Every node asks which key signs: one that read the old one before goes on with the new one.</summary>
    [Theory, EveryEngine]
    public async Task Others_seal_with_the_new_key_while_it_is_replaced(TestEngine engine)
    {
        await using var scene = await SealScene.StartAsync(engine);
        await scene.WriteAsync(5);
        await scene.Seal.RunAsync(default);
        await using var another = scene.Another();
        var seal = another.GetRequiredService<SealLog>();
        var sealing = Task.Run(async () =>
        {
            for (var round = 0; round < 20; round++)
            {
                await scene.WriteAsync(2);
                await seal.RunAsync(default);
            }
        });
        for (var round = 0; round < 4; round++)
        {
            await ReplaceAsync(scene, KeyUse.Log);
        }

        await sealing;
        await seal.RunAsync(default);
        AssertIntact(await scene.VerifyAsync());
        Assert.Equal(5, (await scene.Keys.ListAsync(Caller.System, default)).Value.Count(static key => key.Use is KeyUse.Log));
    }

    [Fact]
    public async Task A_key_of_a_process_that_died_before_it_was_endorsed_is_taken()
    {
        await using var scene = await SealScene.StartAsync(TestEngine.Sqlite);
        await scene.WriteAsync(5);
        await scene.Seal.RunAsync(default);
        var made = SigningKey.LoadOrCreate(scene.KeyFolder, "evidence-log.2.key", scene.Get<SecretVault>());
        await scene.WriteAsync(1);
        await scene.Seal.RunAsync(default);
        Assert.Equal(made.Fingerprint, (await ReplaceAsync(scene, KeyUse.Log)).Fingerprint);
        AssertIntact(await scene.VerifyAsync());
    }

    [Fact]
    public async Task Who_may_not_and_who_says_no_reason_is_refused()
    {
        await using var scene = await SealScene.StartAsync(TestEngine.Sqlite);
        var current = (await scene.Keys.ListAsync(Caller.System, default)).Value[0].Fingerprint;
        var auditor = new Caller(Actor.System, [Right.ReadAudit]);
        Assert.Equal("right-missing", (await scene.Keys.ReplaceAsync(KeyUse.Log, current, "Why.", auditor, default)).Refusal!.Code);
        Assert.Equal("right-missing", (await scene.Keys.ListAsync(new Caller(Actor.System, []), default)).Refusal!.Code);
        foreach (var reason in (string[])["", " ", "two\nlines", new string('x', 501)])
        {
            Assert.Equal("key-reason-needed", (await scene.Keys.ReplaceAsync(KeyUse.Log, current, reason, Caller.System, default)).Refusal!.Code);
        }

        Assert.Equal("evidence-key-replaced", (await scene.Keys.ReplaceAsync(KeyUse.Log, new string('0', 64), "Why.", Caller.System, default)).Refusal!.Code);
        Assert.Single((await scene.Keys.ListAsync(auditor, default)).Value, static key => key.Use is KeyUse.Log);
    }

    [Fact]
    public void An_endorsement_is_of_one_key_in_one_place_of_the_line()
    {
        using var folder = new TemporaryFolder();
        var vault = new SecretVault(Path.Combine(folder.Path, "keys"));
        SigningKey Key(int number) => SigningKey.LoadOrCreate(folder.Path, $"{number}.key", vault);
        var (first, second, third) = (Key(1), Key(2), Key(3));
        var said = new KeyEndorsement(KeyUse.Log, 2, second.PublicKey, DateTimeOffset.UnixEpoch, 7, [1, 2]);
        var envelope = said.SignedBy(first, second);
        Assert.Equal(7, KeyEndorsement.Read(envelope, (KeyUse.Log, 2, second.PublicKey), first.PublicKey)!.FromSize);
        Assert.Null(KeyEndorsement.Read(envelope, (KeyUse.Statements, 2, second.PublicKey), first.PublicKey));
        Assert.Null(KeyEndorsement.Read(envelope, (KeyUse.Log, 3, second.PublicKey), first.PublicKey));
        Assert.Null(KeyEndorsement.Read(envelope, (KeyUse.Log, 2, third.PublicKey), first.PublicKey));
        Assert.Null(KeyEndorsement.Read(envelope, (KeyUse.Log, 2, second.PublicKey), third.PublicKey));
        Assert.Null(KeyEndorsement.Read(said.SignedBy(first, third), (KeyUse.Log, 2, second.PublicKey), first.PublicKey));
        Assert.Null(KeyEndorsement.Read(said.SignedBy(third, second), (KeyUse.Log, 2, second.PublicKey), first.PublicKey));
        foreach (var text in (string[])["", "{}", "null", "{\"predicate\":{\"at\":1,\"fromSize\":\"x\"}}", "{\"predicate\":[]}"])
        {
            Assert.Null(KeyEndorsement.Read(DsseEnvelope.Sign([first, second], Encoding.UTF8.GetBytes(text)), (KeyUse.Log, 2, second.PublicKey), first.PublicKey));
        }
    }

    private static async Task<EvidenceKey> ReplaceAsync(SealScene scene, KeyUse use)
    {
        var current = (await scene.Keys.ListAsync(Caller.System, default)).Value.Single(key => key.Use == use && key.IsCurrent);
        var replaced = await scene.Keys.ReplaceAsync(use, current.Fingerprint, "Yearly.", Caller.System, default);
        Assert.True(replaced.Succeeded, replaced.Refusal?.ToString());
        return replaced.Value;
    }

    private static int SignaturesOf(LogStanding standing) => standing.Checkpoint!.Split('\n').Count(static line => line.StartsWith("— ", StringComparison.Ordinal));

    private static void AssertIntact(LogVerification found) => Assert.True(found.IsIntact, string.Join("\n", found.Findings));
}
