using Watchbill.Access;

namespace Watchbill.Connectors.Sentry;

/// <summary>
/// How many requests a read takes. It starts from what the ledger knows and becomes exact as the sizes become known. A list of several
/// pages that says something new is read again, because a row that moves between two of them must not be missed.
/// </summary>
internal sealed class RequestPlan
{
    private const int RowsPerPage = 100;
    private const int OfAuditLog = 1;
    private const int AppsAndInstallations = 2;

    private int _predicted;

    private readonly ReadRequest _request;

    /// <summary>A plan from the sizes of the last complete reads; an incremental run knows at first only that it asks the audit log.</summary>
    public RequestPlan(ReadRequest request)
    {
        _request = request;
        _predicted = OfAuditLog + (request.Mode is SyncMode.Full ? CostOf(ReadChoice.Everything) : 0);
    }

    /// <summary>Requests as far as the sizes are known.</summary>
    public int Predicted => Volatile.Read(ref _predicted);

    /// <summary>Requests for one read of a listing of so many rows.</summary>
    public static int OfListing(long rows) => Pages(rows);

    /// <summary>What an incremental run reads is known. What the teams cost is added when it is.</summary>
    public void Choose(ReadChoice choice) => Add(CostOf(choice));

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

    /// <summary>The organization and the listings; teams and members that are read one by one are added by whoever reads them.</summary>
    private int CostOf(ReadChoice choice)
    {
        string[] paged = [Scope.Teams, Scope.Integrations, Scope.ClientKeys];
        string[] single = [Scope.Projects, Scope.AuthProvider, Scope.OrganizationTokens];
        return (choice.IsNothing ? 0 : 1)
            + (choice.Wants(Scope.Members) && choice.Members.Count == 0 ? OfMembers(_request.KnownRows(Scope.Members)) : 0)
            + paged.Where(choice.Wants).Sum(scope => OfListing(_request.KnownRows(scope)))
            + single.Count(choice.Wants)
            + (choice.Wants(Scope.SentryApps) ? AppsAndInstallations : 0);
    }

    private static int Pages(long rows) => (int)Math.Max(1, (rows + RowsPerPage - 1) / RowsPerPage);
}
