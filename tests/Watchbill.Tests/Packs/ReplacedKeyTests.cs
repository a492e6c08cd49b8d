using Watchbill.Integrity.Keys;
using Watchbill.Packs;
using Watchbill.Packs.Parts;
using Watchbill.Packs.Verifying;
using Watchbill.People;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Tests.Packs;

/// <summary>Packs whose keys were replaced: whoever was given a fingerprint once verifies those made since, and nobody else's.</summary>
public sealed class ReplacedKeyTests
{
    [Fact]
    public async Task Whoever_holds_an_earlier_fingerprint_verifies_a_pack_of_today()
    {
        await using var scene = await PackScene.StartAsync();
        var before = await scene.BuildAsync();
        await ReplaceAsync(scene, KeyUse.Statements);
        var between = await scene.BuildAsync();
        await ReplaceAsync(scene, KeyUse.Log);
        await ReplaceAsync(scene, KeyUse.Statements);
        await ReplaceAsync(scene, KeyUse.Log);
        var ofOldPeriod = await scene.BuildAsync();
        await scene.RunAsync();
        var today = await scene.BuildAsync(scene.Request() with { To = TimeProvider.System.GetUtcNow() });

        Assert.Equal(3, new[] { before, between, today }.Select(static pack => pack.KeyFingerprint).Distinct().Count());
        foreach (var pack in (MadePack[])[ofOldPeriod, today])
        {
            foreach (var fingerprint in (string?[])[null, before.KeyFingerprint, between.KeyFingerprint, pack.KeyFingerprint.ToUpperInvariant()])
            {
                PackScene.AssertIntact(VerifyPack.Run(pack.Path, fingerprint));
            }

            Assert.Equal(before.KeyFingerprint, VerifyPack.Run(pack.Path, before.KeyFingerprint).EndorsedBy);
            Assert.Null(VerifyPack.Run(pack.Path, pack.KeyFingerprint).EndorsedBy);
            Assert.Equal(VerifyPack.Run(before.Path, null).LogOrigin, VerifyPack.Run(pack.Path, null).LogOrigin);
        }

        // A pack of before says nothing of what came later.
        Assert.Contains("another key", Assert.Single(VerifyPack.Run(before.Path, today.KeyFingerprint).Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_tools_follow_the_endorsements_too()
    {
        string[] tools = ["/usr/bin/jq", "/usr/bin/openssl", "/usr/bin/ssh-keygen", "/usr/bin/sha256sum", "/usr/bin/unzip"];
        Assert.SkipUnless(tools.All(File.Exists), $"One of these is not here: {string.Join(", ", tools)}.");
        await using var scene = await PackScene.StartAsync();
        var before = scene.Unpack(await scene.BuildAsync());
        await ReplaceAsync(scene, KeyUse.Statements);
        await ReplaceAsync(scene, KeyUse.Log);
        var ofOldPeriod = scene.Unpack(await scene.BuildAsync());
        await ReplaceAsync(scene, KeyUse.Log);
        await scene.RunAsync();
        var today = scene.Unpack(await scene.BuildAsync(scene.Request() with { To = TimeProvider.System.GetUtcNow() }));
        foreach (var folder in (string[])[ofOldPeriod, today])
        {
            foreach (var key in (string[])[Path.Combine(folder, KeysPart.Statements), Path.Combine(before, KeysPart.Statements)])
            {
                var (code, said) = await VerifyAsync(folder, key);
                Assert.True(code == 0, said);
                Assert.Contains("each of the 2 keys for statements was endorsed", said, StringComparison.Ordinal);
            }

            Assert.NotEqual(0, (await VerifyAsync(folder, Path.Combine(folder, KeysPart.Log))).Code);
        }

        foreach (var file in Directory.GetFiles(Path.Combine(today, "data/keys")).Where(static file => Path.GetExtension(file) is ".pem" or ".jsonl"))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            await File.WriteAllBytesAsync(file, [.. bytes[..^20], (byte)(bytes[^20] ^ 1), .. bytes[^19..]]);
            TamperedBag.Rewrite(today);
            var (code, said) = await VerifyAsync(today, null);
            Assert.True(code != 0 && !said.Contains("every statement is signed", StringComparison.Ordinal), $"{file}: {said}");
            Assert.False(VerifyPack.Run(today, null).IsIntact);
            await File.WriteAllBytesAsync(file, bytes);
        }

        TamperedBag.Rewrite(today);
        Assert.Equal(0, (await VerifyAsync(today, null)).Code);
    }

    /// <summary>Who puts the key that an auditor trusts beside their own is no successor of it.</summary>
    [Fact]
    public async Task Keys_that_endorsed_nobody_are_worth_nothing()
    {
        await using var scene = await PackScene.StartAsync();
        var trusted = await scene.BuildAsync();
        await ReplaceAsync(scene, KeyUse.Statements);
        var folder = scene.Unpack(await scene.BuildAsync());
        string At(string name) => Path.Combine(folder, name);
        using var vault = new TemporaryFolder();
        var stranger = SigningKey.LoadOrCreate(vault.Path, "stranger.key", scene.Acme.Get<SecretVault>());
        var endorsements = At(KeysPart.EndorsementsOf(KeyUse.Statements));
        var real = await File.ReadAllTextAsync(endorsements);
        var claimed = new KeyEndorsement(KeyUse.Statements, 2, stranger.PublicKey, DateTimeOffset.UnixEpoch, 0, []).SignedBy(stranger, stranger) + "\n";
        foreach (var text in (string?[])[null, "", "\n", claimed, real + claimed, real + real, real.TrimEnd('\n')])
        {
            File.Delete(endorsements);
            if (text is not null)
            {
                await File.WriteAllTextAsync(endorsements, text);
            }

            Assert.Contains(VerifyPack.Run(folder, trusted.KeyFingerprint).Findings, static finding => finding.StartsWith("It is signed by another key", StringComparison.Ordinal));
        }

        await File.WriteAllTextAsync(endorsements, real);
        PackScene.AssertIntact(VerifyPack.Run(folder, trusted.KeyFingerprint));
        File.Delete(endorsements);
        File.Delete(At(KeyEndorsement.FileOf(KeyUse.Statements, 2)));
        Assert.Contains(VerifyPack.Run(folder, trusted.KeyFingerprint).Findings, static finding => finding.StartsWith("It is signed by another key", StringComparison.Ordinal));
    }

    private static async Task ReplaceAsync(PackScene scene, KeyUse use)
    {
        var keys = scene.Acme.Get<EvidenceKeys>();
        var current = (await keys.ListAsync(Caller.System, default)).Value.Single(key => key.Use == use && key.IsCurrent);
        var replaced = await keys.ReplaceAsync(use, current.Fingerprint, "Yearly.", Caller.System, default);
        Assert.True(replaced.Succeeded, replaced.Refusal?.ToString());
    }

    private static Task<(int Code, string Said)> VerifyAsync(string folder, string? key) => Tool.RunAsync("/bin/sh", key is null ? ["data/tools/verify.sh"] : ["data/tools/verify.sh", key], folder);
}
