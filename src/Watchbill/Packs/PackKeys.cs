using Watchbill.Integrity.Keys;

namespace Watchbill.Packs;

/// <summary>The keys of one pack: the one that signs it, those before it, and those of the log.</summary>
internal sealed record PackKeys(Keyring Statements, KeyChain Log)
{
    /// <summary>What signs the pack.</summary>
    public SigningKey Signer => Statements.Current;
}
