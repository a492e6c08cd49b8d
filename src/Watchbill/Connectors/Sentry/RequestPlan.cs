using Watchbill.Access;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// How many requests a read takes. It starts from what the ledger knows and becomes exact as the sizes become known. A list of several
/// pages that says something new is read again, because a row that moves between two of them must not be missed.
/// </summary>
internal sealed class RequestPlan
{
    private const int RowsPerPage = 100;

    private int _predicted;

    /// <summary>A plan from the sizes of the last complete reads.</summary>
    public RequestPlan(ReadRequest request)
    {
        string[] listings = [Scope.Teams, Scope.Integrations, Scope.ClientKeys];
        const int Single = 7; // organization, projects, auth provider, apps, installations, organization tokens, audit log
        _predicted = Single + OfMembers(request.KnownRows(Scope.Members)) + listings.Sum(scope => OfListing(request.KnownRows(scope)));
    }

    /// <summary>Requests as far as the sizes are known.</summary>
    public int Predicted => Volatile.Read(ref _predicted);

    /// <summary>Requests for one read of a listing of so many rows.</summary>
    public static int OfListing(long rows) => Pages(rows);

    /// <summary>A listing of so many rows said something new and is read once more.</summary>
    public bool Again(int rows)
    {
        Add(Pages(rows));
        return false;
    }

    /// <summary>Requests for so many members, read backward: the first page is read twice.</summary>
    public static int OfMembers(long rows) => Pages(rows) is var pages and > 1 ? pages + 1 : 1;

    /// <summary>More was found to be needed.</summary>
    public void Add(int requests) => Interlocked.Add(ref _predicted, requests);

    private static int Pages(long rows) => (int)Math.Max(1, (rows + RowsPerPage - 1) / RowsPerPage);
}
