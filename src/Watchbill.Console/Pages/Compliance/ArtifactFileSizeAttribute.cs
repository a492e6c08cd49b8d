using Microsoft.AspNetCore.Http.Metadata;

namespace Watchbill.Console.Pages.Compliance;

/// <summary>A page that takes a file of evidence, which may be larger than other forms.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ArtifactFileSizeAttribute : Attribute, IRequestSizeLimitMetadata
{
    /// <summary>The largest file and what a form adds to it.</summary>
    public long? MaxRequestBodySize => 21 * 1024 * 1024;
}
