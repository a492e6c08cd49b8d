namespace Watchbill.Integrity.Keys;

/// <summary>What a key signs. Each use has keys of its own, one after the other.</summary>
public enum KeyUse
{
    /// <summary>Checkpoints of the evidence log.</summary>
    Log,

    /// <summary>Statements and evidence packs.</summary>
    Statements,
}
