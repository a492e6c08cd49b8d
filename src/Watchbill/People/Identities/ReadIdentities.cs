using Watchbill.Kernel;

namespace Watchbill.People.Identities;

/// <summary>Which people to show; what is null does not matter.</summary>
/// <param name="Text">A part of the name, address, key or department.</param>
/// <param name="IsActive">Whether they work here.</param>
/// <param name="Directory">The directory.</param>
public sealed record IdentitySearch(string? Text = null, bool? IsActive = null, DirectoryId? Directory = null);

/// <summary>Looks at the people that directories name.</summary>
public sealed class ReadIdentities
{
    private readonly IdentityBook _book;

    internal ReadIdentities(IdentityBook book) => _book = book;

    /// <summary>Those that fit, by name.</summary>
    public async Task<Result<IReadOnlyList<Identity>>> ListAsync(IdentitySearch search, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        var people = await AllAsync(caller, cancellationToken);
        return people.Select<IReadOnlyList<Identity>>(all =>
            [.. all.All.Where(identity => Fits(identity, search)).OrderBy(static identity => identity.Name, StringComparer.OrdinalIgnoreCase).ThenBy(static identity => identity.Id.Value)]);
    }

    /// <summary>One of them.</summary>
    public async Task<Result<Identity>> FindAsync(IdentityId id, Caller caller, CancellationToken cancellationToken)
    {
        var people = await AllAsync(caller, cancellationToken);
        return !people.Succeeded ? people.Refusal! : people.Value.Find(id) is { } identity ? identity : IdentityRefusals.NoSuchIdentity(id.ToString());
    }

    /// <summary>Everybody.</summary>
    public async Task<Result<IdentitySnapshot>> AllAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess) is { } refusal ? refusal : await _book.CurrentAsync(cancellationToken);
    }

    private static bool Fits(Identity identity, IdentitySearch search) =>
        (search.IsActive is null || identity.IsActive == search.IsActive)
        && (search.Directory is null || identity.Directory == search.Directory)
        && (string.IsNullOrWhiteSpace(search.Text)
            || new[] { identity.Name, identity.Email, identity.Key, identity.Department }.Any(text => text?.Contains(search.Text.Trim(), StringComparison.OrdinalIgnoreCase) is true));
}
