using System.Text.Json;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Packs.Container;
using Watchbill.Packs.Parts;

namespace Watchbill.Packs.Verifying;

/// <summary>What a pack and a set of packs have in common: a bag whose manifests name every file, signed by a key of theirs.</summary>
internal sealed class PackBag(PackFiles files, Action<string> find)
{
    private byte[]? _key;

    /// <summary>Compares files, manifests and signatures.</summary>
    /// <param name="fingerprint">The fingerprint that the key, or one before it, must have; null when none is known.</param>
    /// <returns>The keys; null when the one that signed is none.</returns>
    public KeyChain? Verify(string? fingerprint)
    {
        files.Problems.ForEach(find);
        var keys = PackKeyChains.Read(files, KeyUse.Statements, find);
        _key = keys?.Current.PublicKey;
        if (keys is not null && fingerprint is not null && !keys.Has(fingerprint))
        {
            find($"It is signed by another key: its fingerprint is {keys.Current.Fingerprint}.");
        }

        VerifyBag();
        if (_key is not null)
        {
            VerifySignatures(_key);
        }

        return keys;
    }

    /// <summary>Everything that is there is named with its hash, and everything that is named is there.</summary>
    private void VerifyBag()
    {
        if (files.ReadText(BagFiles.Bagit) != BagFiles.BagitText)
        {
            find("It is not a bag: bagit.txt is missing or says something else.");
        }

        VerifyManifest(BagFiles.Manifest, static name => BagFiles.IsPayload(name));
        VerifyManifest(BagFiles.TagManifest, static name => !BagFiles.IsPayload(name) && name != BagFiles.TagManifest);
    }

    private void VerifyManifest(string manifest, Func<string, bool> isNamed)
    {
        if (files.ReadText(manifest) is not { } text)
        {
            find($"{manifest} is missing.");
            return;
        }

        var expected = string.Concat(files.Digests.Where(file => isNamed(file.Key)).Select(static file => $"{file.Value}  {file.Key}\n"));
        if (text == expected)
        {
            return;
        }

        var named = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split("  ", 2)).Where(static parts => parts.Length == 2)
            .GroupBy(static parts => parts[1], StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.First()[0], StringComparer.Ordinal);
        List<string> said = [];
        foreach (var (name, sha256) in named.Where(file => files.Digests.GetValueOrDefault(file.Key) != file.Value))
        {
            said.Add(files.Digests.ContainsKey(name) ? $"{name} is not as it was written: {manifest} names another hash." : $"{name} is missing: {manifest} names it with the hash {sha256}.");
        }

        foreach (var (name, _) in files.Digests.Where(file => isNamed(file.Key) && !named.ContainsKey(file.Key)))
        {
            said.Add($"{name} is there and not named by {manifest}.");
        }

        (said.Count == 0 ? [$"{manifest} is not written as manifests are."] : said).ForEach(find);
    }

    private void VerifySignatures(byte[] key)
    {
        if (files.ReadText(KeysPart.AllowedSigners) != SshSignature.AllowedSigner(KeysPart.Signer, key))
        {
            find($"{KeysPart.AllowedSigners} names another key than {KeysPart.Statements}.");
        }

        if (files.Read(BagFiles.Manifest) is not { } manifest || files.ReadText(BagFiles.Signature) is not { } signature || !SshSignature.Verifies(signature, key, KeysPart.Purpose, manifest))
        {
            find($"{BagFiles.Signature} is not the key's signature over the manifest.");
        }

        if (files.ReadText(StatementsPart.Manifest) is not { } envelope || !VerifyStatement(envelope, StatementsPart.Manifest, [BagFiles.Manifest, BagFiles.Bagit, BagFiles.BagInfo]))
        {
            find($"{StatementsPart.Manifest} is not the key's statement about the manifest.");
        }
    }

    /// <summary>Whether an envelope is signed, and its subjects are the files as they are there; with at least these among them.</summary>
    public bool VerifyStatement(string envelope, string where, string[] needed)
    {
        if (_key is null || DsseEnvelope.Open(envelope, _key) is not { } statement)
        {
            find($"{where} is not signed by the key.");
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(statement);
            var subjects = document.RootElement.GetProperty("subject").EnumerateArray()
                .ToDictionary(static one => one.GetProperty("name").GetString()!, static one => one.GetProperty("digest").GetProperty("sha256").GetString(), StringComparer.Ordinal);
            var differing = subjects.Where(one => files.Digests.GetValueOrDefault(one.Key) != one.Value).Select(static one => one.Key).ToList();
            differing.ForEach(name => find($"{name} is not the file that the statement in {where} is about."));
            return differing.Count == 0 && subjects.Count > 0 && needed.All(subjects.ContainsKey);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            find($"The statement in {where} cannot be read.");
            return false;
        }
    }
}
