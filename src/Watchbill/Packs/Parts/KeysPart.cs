using System.Reflection;
using Watchbill.Integrity;
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

    public static async Task WriteAsync(PackWriter pack, SigningKey key, LogKey log)
    {
        await pack.AddAsync(Statements, key.Pem);
        await pack.AddAsync(AllowedSigners, SshSignature.AllowedSigner(Signer, key.PublicKey));
        await pack.AddAsync(Log, log.Pem);
        await pack.AddAsync("data/keys/log.vkey", log.VerifierKey + "\n");
        foreach (var tool in Tools)
        {
            await using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"verify/{tool}")!;
            await pack.AddAsync($"data/tools/{tool}", stream => resource.CopyToAsync(stream));
        }
    }
}
