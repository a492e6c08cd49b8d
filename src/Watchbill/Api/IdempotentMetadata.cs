namespace Watchbill.Api;

/// <summary>Marks endpoints that honour idempotency keys, for the document that describes them.</summary>
public sealed class IdempotentMetadata
{
    private IdempotentMetadata()
    {
    }

    internal static IdempotentMetadata Instance { get; } = new();
}
