using System.Reflection;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Packs.Container;

namespace Watchbill.Packs.Parts;

/// <summary>The public keys, and the scripts that verify a pack without Watchbill.</summary>
internal static class KeysPart
{
    public const string Statements = "data/keys/statements.pem";
    public const string Log = "data/keys/log.pem";
    public const string AllowedSigners = "data/keys/allowed_signers";

    /// <summary>Whose signature <c>ssh-keygen</c> is asked for.</summary>
    public const string Signer = "watchbill";

    /// <summary>What the signature is for.</summary>
    public const string Purpose = "evidence-pack";

    private static readonly string[] Tools = ["verify.sh", "verify_log.py", "verify_events.py", "verify_proof.py", "draw_sample.py"];

    public static async Task WriteAsync(PackWriter pack, PackKeys keys)
    {
        await pack.AddAsync(Statements, keys.Signer.Pem);
        await pack.AddAsync(AllowedSigners, SshSignature.AllowedSigner(Signer, keys.Signer.PublicKey));
        await pack.AddAsync(Log, SigningKey.PemOf(keys.Log.Current.PublicKey));
        await pack.AddAsync("data/keys/log.vkey", string.Concat(keys.Log.Keys.Select(key => NoteKeys.VerifierKeyOf(keys.Log.Origin, key.PublicKey) + "\n")));
        await WriteChainAsync(pack, KeyUse.Log, keys.Log);
        await WriteChainAsync(pack, KeyUse.Statements, keys.Statements.Chain);
        foreach (var tool in Tools)
        {
            await using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"verify/{tool}")!;
            await pack.AddAsync($"data/tools/{tool}", stream => resource.CopyToAsync(stream));
        }
    }

    /// <summary>Where the endorsements of a use are.</summary>
    public static string EndorsementsOf(KeyUse use) => $"data/keys/{KeyEndorsement.WordOf(use)}-endorsements.jsonl";

    /// <summary>Where a key was replaced: all keys by number, and how each was endorsed by the one before.</summary>
    private static async Task WriteChainAsync(PackWriter pack, KeyUse use, KeyChain chain)
    {
        if (chain.Keys.Count == 1)
        {
            return;
        }

        for (var index = 0; index < chain.Keys.Count; index++)
        {
            await pack.AddAsync(KeyEndorsement.FileOf(use, index + 1), SigningKey.PemOf(chain.Keys[index].PublicKey));
        }

        await pack.AddAsync(EndorsementsOf(use), string.Concat(chain.Keys.Skip(1).Select(static key => key.Endorsement + "\n")));
    }
}
