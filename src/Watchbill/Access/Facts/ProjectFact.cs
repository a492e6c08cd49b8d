using Watchbill.Kernel;

namespace Watchbill.Access.Facts;

/// <summary>A project. Key: project id.</summary>
public sealed class ProjectFact : Fact
{
    /// <summary>The current slug; a rename changes it and keeps the key.</summary>
    public required string Slug { get; init; }

    /// <summary>The display name.</summary>
    public required string Name { get; init; }

    /// <summary>For example <c>python-django</c>; null when none was chosen.</summary>
    public string? Platform { get; init; }

    /// <summary>When it was created; null when not told.</summary>
    public DateTimeOffset? DateCreated { get; init; }

    /// <inheritdoc/>
    protected override void AddAttributes(FingerprintBuilder builder) => builder.Add(Slug).Add(Name).Add(Platform).Add(DateCreated);
}
