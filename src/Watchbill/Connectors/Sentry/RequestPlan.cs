using Watchbill.Access;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// How many requests a read takes. It starts from what the ledger knows and becomes exact as the sizes become known;
/// a listing of several pages costs one more, because its last page is read twice to prove that nothing moved meanwhile.
/// </summary>
internal sealed class RequestPlan
{
    private const int RowsPerPage = 100;

    private int _predicted;

    /// <summary>A plan from the sizes of the last complete reads.</summary>
    public RequestPlan(ReadRequest request)
    {
        string[] listings = [Scope.Members, Scope.Teams, Scope.Integrations, Scope.OrganizationTokens, Scope.ClientKeys];
        const int Single = 5; // organization, projects, auth provider, apps, installations
        _predicted = Single + listings.Sum(scope => OfListing(request.KnownRows(scope)));
    }

    /// <summary>Requests as far as the sizes are known.</summary>
    public int Predicted => Volatile.Read(ref _predicted);

    /// <summary>Requests for a listing of so many rows.</summary>
    public static int OfListing(long rows)
    {
        var pages = (int)Math.Max(1, (rows + RowsPerPage - 1) / RowsPerPage);
        return pages == 1 ? 1 : pages + 1;
    }

    /// <summary>More was found to be needed.</summary>
    public void Add(int requests) => Interlocked.Add(ref _predicted, requests);
}
