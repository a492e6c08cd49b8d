namespace Watchbill.Api;

/// <summary>Marks endpoints that need <c>If-Match</c>, for the document that describes them.</summary>
public sealed class VersionedMetadata
{
    private VersionedMetadata()
    {
    }

    internal static VersionedMetadata Instance { get; } = new();
}
