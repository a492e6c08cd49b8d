using Watchbill.Integrity.Keys;
using Watchbill.Packs.Container;
using Watchbill.Packs.Parts;

namespace Watchbill.Packs.Verifying;

/// <summary>The public keys in a pack: the one that signed, and where it was not the first, those before it with their endorsements.</summary>
internal static class PackKeyChains
{
    /// <summary>Reads the keys of one use; null when the one that signed is no key.</summary>
    public static KeyChain? Read(PackFiles files, KeyUse use, Action<string> find)
    {
        var file = use is KeyUse.Log ? KeysPart.Log : KeysPart.Statements;
        if (KeyIn(files, file) is not { } key)
        {
            find($"The public key {file} is missing, or is no Ed25519 key.");
            return null;
        }

        var numbered = files.Digests.Keys.Count(name => IsNumbered(name, use));
        if (numbered == 0 && !files.Digests.ContainsKey(KeysPart.EndorsementsOf(use)))
        {
            return KeyChain.Of(key);
        }

        var endorsements = files.ReadText(KeysPart.EndorsementsOf(use))?.Split('\n') ?? [];
        var keys = Enumerable.Range(1, numbered).Select(generation => KeyIn(files, KeyEndorsement.FileOf(use, generation)) ?? []).ToList();
        if (numbered < 2 || endorsements.Length != numbered || endorsements[^1].Length > 0 || !keys[^1].AsSpan().SequenceEqual(key))
        {
            find($"{KeysPart.EndorsementsOf(use)} does not lead to {file}.");
            return KeyChain.Of(key);
        }

        var chain = KeyChain.Read(use, [.. keys.Select((one, index) => (one, index == 0 ? null : endorsements[index - 1]))]);
        if (chain.Problem is not { } problem)
        {
            return chain;
        }

        find(problem);
        return KeyChain.Of(key);
    }

    private static byte[]? KeyIn(PackFiles files, string file) => files.ReadText(file) is { } pem ? SigningKey.FromPem(pem) : null;

    private static bool IsNumbered(string name, KeyUse use) =>
        name.StartsWith($"data/keys/{KeyEndorsement.WordOf(use)}-", StringComparison.Ordinal) && name.EndsWith(".pem", StringComparison.Ordinal);
}
