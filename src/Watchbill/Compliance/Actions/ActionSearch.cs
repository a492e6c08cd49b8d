using Watchbill.Kernel;

namespace Watchbill.Compliance.Actions;

/// <summary>Which actions to list; what is null or false does not matter.</summary>
public sealed record ActionSearch
{
    /// <summary>The most actions on one page.</summary>
    public const int MostRows = 1000;

    /// <summary>Only those of this connector.</summary>
    public ConnectorId? Connector { get; init; }

    /// <summary>Only the one of this check.</summary>
    public string? CheckId { get; init; }

    /// <summary>Only those in this state; without one, those that are not done.</summary>
    public ActionState? State { get; init; }

    /// <summary>Whether those that are done are listed too, where no state is asked for.</summary>
    public bool All { get; init; }

    /// <summary>Only those as bad as this.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Only those of this owner.</summary>
    public AccountId? Owner { get; init; }

    /// <summary>Only those that nobody owns.</summary>
    public bool IsUnowned { get; init; }

    /// <summary>Only those that should be done and are not.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>Only those whose title holds this, or whose check it is.</summary>
    public string? Text { get; init; }

    /// <summary>So many are passed over.</summary>
    public int Skip { get; init; }

    /// <summary>So many at most.</summary>
    public int Take { get; init; } = 100;
}

/// <summary>A page of actions.</summary>
/// <param name="Rows">Those on it; what is due first comes first, what is done last.</param>
/// <param name="Count">How many there are on all pages.</param>
public sealed record ActionList(IReadOnlyList<ComplianceAction> Rows, long Count);

/// <summary>How the actions of a connector stand.</summary>
/// <param name="Open">So many are not done.</param>
/// <param name="Overdue">So many of them should be.</param>
/// <param name="Unowned">So many of them nobody owns.</param>
public sealed record ActionFigures(long Open, long Overdue, long Unowned);
