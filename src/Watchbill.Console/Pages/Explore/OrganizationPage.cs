using System.Globalization;
using Microsoft.AspNetCore.Components;
using Watchbill.Access.Explore;
using Watchbill.Access.History;
using Watchbill.Console.Shared;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;

namespace Watchbill.Console.Pages.Explore;

/// <summary>
/// What pages about one organization have in common: its picture, now or at the instant <c>at</c> of the address, loaded before they render.
/// An organization that does not exist is a 404.
/// </summary>
public abstract class OrganizationPage : ComponentBase
{
    /// <summary>The connector, from the address.</summary>
    [Parameter]
    public long Connector { get; set; }

    /// <summary>The instant, as somebody wrote it; empty means now.</summary>
    [SupplyParameterFromQuery(Name = "at")]
    public string? AtText { get; set; }

    /// <summary>Which page of the table.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    public string? PageText { get; set; }

    /// <summary>The order of the table.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>Words to look for in the table.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    /// <summary>The code of a striking fact that led here.</summary>
    [SupplyParameterFromQuery(Name = "fact")]
    public string? Fact { get; set; }

    /// <summary>The picture; null when there is no such organization.</summary>
    protected OrganizationPicture? Picture { get; private set; }

    /// <summary>Where the organization's pages are.</summary>
    protected string Root => $"{ChosenConnector.Prefix}{Connector}";

    [Inject]
    internal ExploreAccess Explore { get; set; } = null!;

    [Inject]
    internal ChosenConnector Chosen { get; set; } = null!;

    [Inject]
    internal CurrentCaller Me { get; set; } = null!;

    [Inject]
    internal NavigationManager Address { get; set; } = null!;

    [Inject]
    internal AccessHistory Histories { get; set; } = null!;

    /// <summary>Keeps the chosen instant in links from one page to another.</summary>
    protected string To(string path) => Instant.Parse(AtText) is null ? Root + path : QueryAddress.Join(Root + path, ("at", AtText));

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (Chosen.Current is null)
        {
            Address.NotFound();
            return;
        }

        var picture = await Explore.PictureAsync(Me.Caller, new ConnectorId(Connector), Instant.Parse(AtText), CancellationToken.None);
        if (!picture.Succeeded)
        {
            Address.NotFound();
            return;
        }

        Picture = picture.Value;
        await LoadAsync(picture.Value);
    }

    /// <summary>The history of one thing up to the instant that the page shows; empty when nothing is known.</summary>
    internal async Task<IReadOnlyList<HistoryLine>> TellAsync(HistorySearch search, OrganizationPicture picture)
    {
        var lines = await Histories.OfAsync(Me.Caller, new ConnectorId(Connector), search, CancellationToken.None);
        return lines.Succeeded ? lines.Value.UpTo(picture.At) : [];
    }

    /// <summary>Loads what else the page needs.</summary>
    protected virtual Task LoadAsync(OrganizationPicture picture) => Task.CompletedTask;
}

/// <summary>Instants in addresses.</summary>
internal static class Instant
{
    private const int FirstYear = 2000;
    private const int LastYear = 9000;

    /// <summary>A day or an instant in UTC; null for anything else: a mistyped instant shows now, and the page says so.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
        && at.Year is >= FirstYear and <= LastYear ? at : null;
}
