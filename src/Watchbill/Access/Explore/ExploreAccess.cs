using Watchbill.Access.Effective;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Access.Explore;

/// <summary>What people look around in: an organization as a picture, a search over several. For whoever may read access.</summary>
public sealed class ExploreAccess(OrganizationPictures pictures)
{
    /// <summary>The organization now, or as it was at an instant.</summary>
    public async Task<Result<OrganizationPicture>> PictureAsync(Caller caller, ConnectorId connector, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Lacks(Right.ReadAccess) is { } refusal ? refusal
            : at is { } instant ? await pictures.AtAsync(connector, instant, cancellationToken)
            : await pictures.CurrentAsync(connector, cancellationToken);
    }

    /// <summary>The teams that are meant: slug, id, or a part of the name that fits one only. All of them, or the refusal of the first that is not known.</summary>
    public async Task<Result<IReadOnlyList<TeamNode>>> TeamsAsync(Caller caller, ConnectorId connector, IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var picture = await PictureAsync(caller, connector, at: null, cancellationToken);
        if (!picture.Succeeded)
        {
            return picture.Refusal!;
        }

        var teams = texts.Select(text => PictureLookup.Team(picture.Value, text)).ToList();
        return teams.Find(static team => !team.Succeeded)?.Refusal is { } refusal ? refusal : Result.Of<IReadOnlyList<TeamNode>>([.. teams.Select(static team => team.Value).Distinct()]);
    }

    /// <summary>Everything in one organization whose name holds the words, exact matches first.</summary>
    public async Task<Result<IReadOnlyList<SearchHit>>> SearchAsync(Caller caller, ConnectorId connector, string words, CancellationToken cancellationToken)
    {
        var picture = await PictureAsync(caller, connector, at: null, cancellationToken);
        return picture.Succeeded ? Result.Of(SearchHits.In(picture.Value, words)) : picture.Refusal!;
    }
}
