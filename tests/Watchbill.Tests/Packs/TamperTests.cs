using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Packs;
using Watchbill.Packs.Container;
using Watchbill.Packs.Parts;
using Watchbill.Packs.Verifying;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Packs;

/// <summary>Every way of changing a pack that we could think of is found.</summary>
public sealed class TamperTests
{
    [Fact]
    public async Task A_byte_that_is_changed_anywhere_in_the_file_is_found()
    {
        await using var scene = await PackScene.StartAsync();
        var pack = await scene.BuildAsync();
        var bytes = await File.ReadAllBytesAsync(pack.Path);
        PackScene.AssertIntact(VerifyPack.Run(pack.Path, null));
        var tampered = Path.Combine(scene.Folder, "tampered.zip");
        foreach (var place in Places(pack.Path, bytes.Length))
        {
            bytes[place] ^= 0x40;
            await File.WriteAllBytesAsync(tampered, bytes);
            Assert.False(VerifyPack.Run(tampered, null).IsIntact, $"byte {place}");
            bytes[place] ^= 0x40;
        }

        foreach (var length in (int[])[0, 1, 30, bytes.Length / 2, bytes.Length - 1])
        {
            await File.WriteAllBytesAsync(tampered, bytes[..length]);
            Assert.False(VerifyPack.Run(tampered, null).IsIntact, $"cut at {length}");
        }

        await File.WriteAllBytesAsync(tampered, [.. bytes, 0]);
        Assert.False(VerifyPack.Run(tampered, null).IsIntact);
    }

    [Fact]
    public async Task A_file_that_is_changed_renamed_removed_or_added_is_found()
    {
        await using var scene = await PackScene.StartAsync();
        var pack = await scene.BuildAsync();
        var folder = scene.Unpack(pack);
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var away = Path.Combine(scene.Folder, "away");
            File.Move(file, away);
            Assert.False(VerifyPack.Run(folder, null).IsIntact, $"without {file}");
            File.Copy(away, file + "2");
            Assert.False(VerifyPack.Run(folder, null).IsIntact, $"renamed {file}");
            File.Delete(file + "2");
            var bytes = await File.ReadAllBytesAsync(away);
            await File.WriteAllBytesAsync(file, [.. bytes, (byte)'\n']);
            Assert.False(VerifyPack.Run(folder, null).IsIntact, $"longer {file}");
            File.Move(away, file, overwrite: true);
        }

        PackScene.AssertIntact(VerifyPack.Run(folder, null));
    }

    [Fact]
    public async Task Whatever_stands_in_a_file_is_a_finding_and_never_a_crash()
    {
        await using var scene = await PackScene.StartAsync();
        var folder = scene.Unpack(await scene.BuildAsync());
        string[] read =
        [
            .. Directory.GetFiles(folder), .. Directory.GetFiles(Path.Combine(folder, "data/statements")), .. Directory.GetFiles(Path.Combine(folder, "data/keys")), .. Directory.GetFiles(Path.Combine(folder, "data/oscal")),
            .. ((string[])[ChecksPart.Run, LogPart.Events, LogPart.Checkpoint]).Select(file => Path.Combine(folder, file)), .. Directory.GetFiles(Path.Combine(folder, "data/log/tile"), "*", SearchOption.AllDirectories),
        ];
        string[] texts =
        [
            "", "\n", "null\n", "[]\n", "{}\n", "\0", "{\"index\":0,\"event\":null}\n", "{\"index\":0,\"event\":\"{}\"}\n", "{\"payload\":\"e30=\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[]}\n",
            "{\"run\":\"x\"}\n", "{\"assessment-results\":{\"back-matter\":{\"resources\":[{\"uuid\":1,\"rlinks\":[{\"href\":null,\"hashes\":[]}]}]}}}\n", "{\"assessment-results\":{\"back-matter\":{\"resources\":[{\"uuid\":\"1\",\"rlinks\":[{\"href\":\"../README.md\",\"hashes\":[]}]}]}}}\n",
        ];
        foreach (var file in read)
        {
            var bytes = await File.ReadAllBytesAsync(file);
            foreach (var text in texts)
            {
                await File.WriteAllTextAsync(file, text);
                Assert.False(VerifyPack.Run(folder, null).IsIntact, $"{file}: {text}");
            }

            await File.WriteAllBytesAsync(file, bytes);
        }

        PackScene.AssertIntact(VerifyPack.Run(folder, null));
    }

    [Fact]
    public void What_is_no_point_of_the_curve_is_no_key()
    {
        var keys = Enumerable.Range(0, 64).Select(static number => SigningKey.PemOf(SHA256.HashData([(byte)number]))).ToList();
        Assert.InRange(keys.Count(static pem => SigningKey.FromPem(pem) is null), 10, 54);
    }

    /// <summary>Whoever seals what they like in a log of their own makes no verifier fall over.</summary>
    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{\"id\":1,\"subjectKind\":\"check-run\",\"subjectId\":\"1\",\"after\":\"no json\"}")]
    [InlineData("{\"id\":1,\"subjectKind\":7}")]
    public async Task A_log_of_somebody_elses_with_anything_in_it_is_a_finding(string text)
    {
        await using var scene = await PackScene.StartAsync();
        var folder = scene.Unpack(await scene.BuildAsync());
        using var vault = new TemporaryFolder();
        var key = SigningKey.LoadOrCreate(vault.Path, "own.key", scene.Acme.Get<SecretVault>());
        var salt = new byte[16];
        var entry = $$"""{"v":1,"kind":"audit-event","id":1,"at":"2026-01-01T00:00:00Z","action":"a","salt":"{{Convert.ToHexStringLower(salt)}}","sha256":"{{Hash([.. salt, .. Encoding.UTF8.GetBytes(text)])}}"}""";
        string At(string name) => Path.Combine(folder, name);
        Directory.Delete(At("data/log/tile"), recursive: true);
        Directory.CreateDirectory(At("data/log/tile/entries/000.p"));
        Directory.CreateDirectory(At("data/log/tile/0/000.p"));
        var leaf = MerkleHashes.Leaf(Encoding.UTF8.GetBytes(entry));
        await File.WriteAllBytesAsync(At("data/log/tile/entries/000.p/1"), [(byte)(entry.Length >> 8), (byte)entry.Length, .. Encoding.UTF8.GetBytes(entry)]);
        await File.WriteAllBytesAsync(At("data/log/tile/0/000.p/1"), leaf);
        await File.WriteAllTextAsync(At(LogPart.Checkpoint), new Checkpoint(NoteKeys.OriginOf(key.PublicKey), 1, leaf).SignedBy(key));
        await File.WriteAllTextAsync(At(KeysPart.Log), key.Pem);
        await File.WriteAllTextAsync(At(LogPart.Events), JsonSerializer.Serialize(new { index = 0, @event = text }) + "\n");
        Assert.Contains(VerifyPack.Run(folder, null).Findings, static finding => finding.StartsWith("The verdicts of the run are not those that were sealed", StringComparison.Ordinal));
    }

    /// <summary>Whoever writes the manifests anew cannot sign them.</summary>
    [Theory]
    [InlineData("data/populations/members.csv")]
    [InlineData("data/checks/verdicts.jsonl")]
    [InlineData("data/README.md")]
    [InlineData("data/oscal/assessment-results.json")]
    [InlineData("bag-info.txt")]
    public async Task A_change_with_manifests_that_fit_is_found(string file)
    {
        await using var scene = await PackScene.StartAsync();
        var folder = scene.Unpack(await scene.BuildAsync());
        await File.AppendAllTextAsync(Path.Combine(folder, file), " ");
        TamperedBag.Rewrite(folder);
        var found = VerifyPack.Run(folder, null).Findings;
        Assert.NotEmpty(found);
        Assert.DoesNotContain(found, static finding => finding.Contains("names another hash: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_signs_all_of_it_anew_with_a_key_of_their_own_is_found_by_the_fingerprint()
    {
        await using var scene = await PackScene.StartAsync();
        var pack = await scene.BuildAsync();
        var folder = scene.Unpack(pack);
        using var vault = new TemporaryFolder();
        var forged = SigningKey.LoadOrCreate(vault.Path, "forged.key", scene.Acme.Get<SecretVault>());
        string At(string name) => Path.Combine(folder, name);
        foreach (var name in (string[])[StatementsPart.Populations, StatementsPart.Checks])
        {
            var lines = (await File.ReadAllLinesAsync(At(name))).Select(line => DsseEnvelope.Sign(forged, DsseEnvelope.Open(line, KeyOf(folder))!) + "\n");
            await File.WriteAllTextAsync(At(name), string.Concat(lines));
        }

        await File.WriteAllTextAsync(At(KeysPart.Statements), forged.Pem);
        await File.WriteAllTextAsync(At(KeysPart.AllowedSigners), SshSignature.AllowedSigner(KeysPart.Signer, forged.PublicKey));
        TamperedBag.Rewrite(folder);
        var manifest = await File.ReadAllBytesAsync(At(BagFiles.Manifest));
        await File.WriteAllTextAsync(At(BagFiles.Signature), SshSignature.Sign(forged, KeysPart.Purpose, manifest));
        var statement = Encoding.UTF8.GetString(DsseEnvelope.Open(await File.ReadAllTextAsync(At(StatementsPart.Manifest)), KeyOf(scene.Unpack(pack)))!);
        var before = Hash(await File.ReadAllBytesAsync(Path.Combine(scene.Unpack(pack), BagFiles.Manifest)));
        await File.WriteAllTextAsync(At(StatementsPart.Manifest), DsseEnvelope.Sign(forged, Encoding.UTF8.GetBytes(statement.Replace(before, Hash(manifest), StringComparison.Ordinal))));
        TamperedBag.Rewrite(folder);
        Assert.All(VerifyPack.Run(folder, null).Findings, static finding => Assert.Contains("assessment-results.json names another hash", finding, StringComparison.Ordinal));
        Assert.Contains(VerifyPack.Run(folder, pack.KeyFingerprint).Findings, finding => finding.Contains($"fingerprint is {forged.Fingerprint}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Files_of_another_pack_do_not_fit(int which)
    {
        await using var scene = await PackScene.StartAsync();
        var folder = scene.Unpack(await scene.BuildAsync());
        scene.Acme.Acme.RemoveMember(scene.Acme.Acme.Members.First(static member => member is { Role.Id: "member", IsListed: true, IsPending: false }));
        await scene.Acme.SyncAsync();
        await scene.RunAsync();
        var other = scene.Unpack(await scene.BuildAsync(scene.Request() with { To = TimeProvider.System.GetUtcNow() }));
        string[] files = which switch
        {
            1 => [ChecksPart.Verdicts, ChecksPart.Run],
            2 => ["data/populations/members.csv", "data/populations/members.jsonl", StatementsPart.Populations],
            _ => [BagFiles.Manifest, BagFiles.Signature, StatementsPart.Manifest, BagFiles.TagManifest, BagFiles.BagInfo],
        };
        foreach (var file in files)
        {
            File.Copy(Path.Combine(other, file), Path.Combine(folder, file), overwrite: true);
        }

        Assert.False(VerifyPack.Run(folder, null).IsIntact);
    }

    /// <summary>The first, a middle and the last byte of every header, file and entry of the directory, and every byte of the end.</summary>
    private static IEnumerable<long> Places(string path, long length)
    {
        using var files = new ZipFiles(path);
        var directory = length - 22;
        SortedSet<long> places = [];
        foreach (var entry in files.Entries)
        {
            var header = ZipLayout.Header(entry).Length;
            long[] wanted = [entry.Offset, entry.Offset + 5, entry.Offset + 11, entry.Offset + 15, entry.Offset + 19, entry.Offset + 28, entry.Offset + header - 1, entry.Offset + header, entry.Offset + header + (entry.Size / 2), entry.Offset + header + entry.Size - 1];
            places.UnionWith(entry.Size == 0 ? wanted[..7] : wanted);
            directory -= ZipLayout.DirectoryEntry(entry).Length;
        }

        for (var place = directory; place < length; place += place < length - 22 ? 37 : 1)
        {
            places.Add(place);
        }

        // Everywhere would take minutes: every third of them is another third each time the pack changes.
        return places.Where(place => place >= length - 22 || place % 3 == 0);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] KeyOf(string folder) => SigningKey.FromPem(File.ReadAllText(Path.Combine(folder, KeysPart.Statements)))!;
}
