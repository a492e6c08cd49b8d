using System.Diagnostics;
using System.Text;
using LinqToDB;
using Watchbill.Integrity;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Testing;

namespace Watchbill.Tests.Integrity;

/// <summary>The log over a real database: everything that is changed behind its back is found, and tools that know nothing of Watchbill agree.</summary>
public sealed class SealTests
{
    [Theory, EveryEngine]
    public async Task Every_event_is_sealed_once_in_one_order(TestEngine engine)
    {
        await using var scene = await SealScene.StartAsync(engine);
        await scene.WriteAsync(300);
        Assert.Equal(300, await scene.Seal.RunAsync(default));
        Assert.Equal(0, await scene.Seal.RunAsync(default));
        await scene.WriteAsync(7);
        Assert.Equal(7, await scene.Seal.RunAsync(default));
        var found = await scene.VerifyAsync();
        Assert.True(found.IsIntact, string.Join("\n", found.Findings));
        Assert.Equal((307, 2), (found.Size, found.Checkpoints));
    }

    [Theory, EveryEngine]
    public async Task Two_processes_seal_each_event_once(TestEngine engine)
    {
        await using var scene = await SealScene.StartAsync(engine);
        await scene.WriteAsync(400);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => scene.Seal.RunAsync(default))));
        var found = await scene.VerifyAsync();
        Assert.True(found.IsIntact, string.Join("\n", found.Findings));
        Assert.Equal(400, found.Size);
    }

    public static TheoryData<string, string> Attacks => new()
    {
        { "UPDATE audit_event SET reason = 'another' WHERE id = 5", "Audit event 5 (thing-done) is not as it was written." },
        { "UPDATE audit_event SET actor_id = 'somebody' WHERE id = 5", "Audit event 5 (thing-done) is not as it was written." },
        { "UPDATE audit_event SET at = at + 1 WHERE id = 5", "Audit event 5 (thing-done) is not as it was written." },
        { "DELETE FROM audit_event WHERE id = 5", "Audit event 5 (thing-done) is gone." },
        { "UPDATE evidence_log_entry SET entry = (SELECT other.entry FROM evidence_log_entry other WHERE other.idx = 8) WHERE idx = 4", "The first 20 entries are not those that were signed" },
        { "UPDATE evidence_log_entry SET entry = replace(entry, '\"salt\":\"', '\"salt\":\"no hex ') WHERE idx = 4", "Entry 4 does not say of which audit event it is." },
        { "UPDATE evidence_log_entry SET entry = 'no entry' WHERE idx = 4", "Entry 4 does not say of which audit event it is." },
        { "DELETE FROM evidence_log_entry WHERE idx = 4", "Entry 4 is gone" },
        { "DELETE FROM evidence_log_entry WHERE idx >= 15", "A checkpoint of 20 entries was signed; there are 15 now" },
        { "UPDATE evidence_log_hash SET hash = '0000000000000000000000000000000000000000000000000000000000000000' WHERE level = 1 AND idx = 2", "The stored hash of subtree 2 at level 1" },
        { "DELETE FROM evidence_log_checkpoint", "There are entries after the last signed checkpoint." },
        { "UPDATE evidence_log_checkpoint SET note = replace(note, '20', '19')", "is not signed by this log's key" },
        { "INSERT INTO evidence_log_entry (idx, audit_id, entry) VALUES (20, 999, '{}')", "There are entries after the last signed checkpoint." },
    };

    [Theory, MemberData(nameof(Attacks))]
    public async Task What_is_changed_behind_its_back_is_found(string attack, string finding)
    {
        foreach (var engine in Enum.GetValues<TestEngine>().Where(static engine => engine is TestEngine.Sqlite || TestDatabase.HasServer))
        {
            await using var scene = await SealScene.StartAsync(engine);
            await scene.WriteAsync(20);
            await scene.Seal.RunAsync(default);
            await scene.AttackAsync(attack);
            var found = await scene.VerifyAsync();
            Assert.False(found.IsIntact);
            Assert.Contains(found.Findings, sentence => sentence.Contains(finding, StringComparison.Ordinal));
        }
    }

    [Theory, EveryEngine]
    public async Task The_database_itself_refuses_to_change_the_log(TestEngine engine)
    {
        await using var scene = await SealScene.StartAsync(engine);
        await scene.WriteAsync(3);
        await scene.Seal.RunAsync(default);
        foreach (var table in SealScene.Tables)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => scene.ExecuteAsync($"DELETE FROM {table}"));
        }

        Assert.True((await scene.VerifyAsync()).IsIntact);
    }

    /// <summary>Whoever has the database and the key can write another history; a checkpoint that an auditor kept does not fit it.</summary>
    [Fact]
    public async Task A_rewritten_history_does_not_fit_a_checkpoint_that_somebody_kept()
    {
        await using var scene = await SealScene.StartAsync(TestEngine.Sqlite);
        await scene.WriteAsync(20);
        await scene.Seal.RunAsync(default);
        var kept = (await scene.Read.StandingAsync(Caller.System, default)).Value.Checkpoint!;
        await scene.AttackAsync("DELETE FROM evidence_log_entry; DELETE FROM evidence_log_hash; DELETE FROM evidence_log_checkpoint; UPDATE audit_event SET reason = 'another' WHERE id = 5");
        await scene.Seal.RunAsync(default);
        Assert.True((await scene.VerifyAsync()).IsIntact);
        var found = (await scene.Verify.RunAsync(kept, Caller.System, default)).Value;
        Assert.Contains(found.Findings, static sentence => sentence.Contains("are not those that were signed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_proof_leads_to_the_signed_root()
    {
        await using var scene = await SealScene.StartAsync(TestEngine.Sqlite);
        await scene.WriteAsync(77);
        await scene.Seal.RunAsync(default);
        var proof = (await scene.Read.ProofAsync(42, Caller.System, default)).Value;
        var lines = proof.Proof.Split('\n');
        Assert.Equal(("c2sp.org/tlog-proof@v1", "index 41"), (lines[0], lines[1]));
        var hashes = lines.Skip(2).TakeWhile(static line => line.Length > 0).Select(Convert.FromBase64String).ToList();
        var checkpoint = lines.SkipWhile(static line => line.Length > 0).Skip(1).ToArray();
        Assert.Equal(checkpoint[2], Convert.ToBase64String(MerkleTree.RootOf(41, 77, MerkleHashes.Leaf(Encoding.UTF8.GetBytes(proof.Entry)), hashes)!));
        Assert.Contains("\"reason\":\"Because 42.\"", proof.Event, StringComparison.Ordinal);
        Assert.Equal("audit-event-not-sealed", (await scene.Read.ProofAsync(78, Caller.System, default)).Refusal!.Code);
    }

    [Fact]
    public async Task OpenSSL_verifies_the_checkpoint()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "There is no openssl here.");
        await using var scene = await SealScene.StartAsync(TestEngine.Sqlite);
        await scene.WriteAsync(3);
        await scene.Seal.RunAsync(default);
        var standing = (await scene.Read.StandingAsync(Caller.System, default)).Value;
        var split = standing.Checkpoint!.IndexOf("\n\n", StringComparison.Ordinal) + 1;
        using var folder = new TemporaryFolder();
        string At(string name) => Path.Combine(folder.Path, name);
        await File.WriteAllTextAsync(At("body"), standing.Checkpoint[..split]);
        await File.WriteAllBytesAsync(At("sig"), Convert.FromBase64String(standing.Checkpoint[(split + 1)..].Trim().Split(' ')[2])[4..]);
        await File.WriteAllTextAsync(At("pub.pem"), standing.PublicKeyPem);
        var arguments = $"pkeyutl -verify -pubin -inkey {At("pub.pem")} -rawin -in {At("body")} -sigfile {At("sig")}";
        Assert.Contains("Signature Verified Successfully", await RunAsync("/usr/bin/openssl", arguments), StringComparison.Ordinal);
        await File.AppendAllTextAsync(At("body"), " ");
        Assert.DoesNotContain("Signature Verified Successfully", await RunAsync("/usr/bin/openssl", arguments), StringComparison.Ordinal);
        var key = standing.VerifierKey.Split('+', 3);
        Assert.Equal(standing.PublicKeyPem.Split('\n')[1], Convert.ToBase64String([0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00, .. Convert.FromBase64String(key[2])[1..]]));
    }

    [Fact]
    public async Task Python_computes_the_signed_root_and_finds_every_change()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "There is no python3 here.");
        await using var scene = await SealScene.StartAsync(TestEngine.Sqlite);
        await scene.WriteAsync(300);
        await scene.Seal.RunAsync(default);
        using var folder = new TemporaryFolder();
        string At(string name) => Path.Combine(folder.Path, name);
        await File.WriteAllTextAsync(At("older"), (await scene.Read.StandingAsync(Caller.System, default)).Value.Checkpoint);
        await scene.WriteAsync(270);
        await scene.Seal.RunAsync(default);
        Directory.CreateDirectory(At("tile/entries/002.p"));
        await File.WriteAllTextAsync(At("checkpoint"), (await scene.Read.StandingAsync(Caller.System, default)).Value.Checkpoint);
        foreach (var (index, width) in ((int, int)[])[(0, 256), (1, 256), (2, 58)])
        {
            await File.WriteAllBytesAsync(At(width == 256 ? $"tile/entries/00{index}" : $"tile/entries/00{index}.p/{width}"), (await scene.Read.EntriesAsync(index, width, Caller.System, default)).Value);
        }

        var script = Path.Combine(SourceTree.Root, "docs", "verify", "verify_log.py");
        Assert.Equal(2, (await RunAsync("/usr/bin/python3", $"{script} {folder.Path} {At("older")}")).Split('\n').Count(static line => line.StartsWith("OK ", StringComparison.Ordinal)));
        foreach (var place in (int[])[1, 2, 100, 20_000])
        {
            var bytes = await File.ReadAllBytesAsync(At("tile/entries/000"));
            bytes[place] ^= 1;
            await File.WriteAllBytesAsync(At("tile/entries/000"), bytes);
            Assert.DoesNotContain("OK ", await RunAsync("/usr/bin/python3", $"{script} {folder.Path} {At("older")}"), StringComparison.Ordinal);
            bytes[place] ^= 1;
            await File.WriteAllBytesAsync(At("tile/entries/000"), bytes);
        }
    }

    [Fact]
    public async Task Tiles_and_entries_are_those_of_the_tree()
    {
        await using var scene = await SealScene.StartAsync(TestEngine.Sqlite);
        await scene.WriteAsync(520);
        await scene.Seal.RunAsync(default);
        var bundle = (await scene.Read.EntriesAsync(1, 256, Caller.System, default)).Value;
        var tile = (await scene.Read.TileAsync(0, 1, 256, Caller.System, default)).Value;
        var (at, number) = (0, 0);
        for (; at < bundle.Length; number++)
        {
            var length = (bundle[at] << 8) | bundle[at + 1];
            Assert.Equal(tile[(number * 32)..((number + 1) * 32)], MerkleHashes.Leaf(bundle.AsSpan(at + 2, length)));
            at += 2 + length;
        }

        Assert.Equal(256, number);
        Assert.Equal(64, (await scene.Read.TileAsync(1, 0, 2, Caller.System, default)).Value.Length);
        Assert.Equal(8 * 32, (await scene.Read.TileAsync(0, 2, 8, Caller.System, default)).Value.Length);
        Assert.Equal("log-tile-not-found", (await scene.Read.TileAsync(0, 2, 9, Caller.System, default)).Refusal!.Code);
        Assert.Equal("right-missing", (await scene.Read.TileAsync(0, 0, 1, new Caller(Actor.System, []), default)).Refusal!.Code);
        Assert.Equal("log-sizes-invalid", (await scene.Read.ConsistencyAsync(1, 521, Caller.System, default)).Refusal!.Code);
    }

    private static async Task<string> RunAsync(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }
}
