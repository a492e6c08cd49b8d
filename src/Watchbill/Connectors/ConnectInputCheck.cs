using System.Text.RegularExpressions;
using Watchbill.Kernel;

namespace Watchbill.Connectors;

/// <summary>The form of what somebody enters, before anything is asked of Sentry.</summary>
internal static partial class ConnectInputCheck
{
    private const int MostOwners = 20;

    /// <summary>What is wrong with the input; null when its form is right.</summary>
    public static Refusal? Refuse(ConnectorDetails input) =>
        !NamePattern.IsMatch(input.Name) ? SyncRefusals.BadName()
        : !SlugPattern.IsMatch(input.OrganizationSlug) ? SyncRefusals.BadSlug()
        : input.BudgetShare is not (>= 0.05 and <= 1) ? SyncRefusals.BadBudgetShare()
        : input.Application is { } application && !NamePattern.IsMatch(application) ? SyncRefusals.BadApplication()
        : input.Owners.Count > MostOwners ? SyncRefusals.TooManyOwners()
        : SyncSchedule.Parse(input.Schedule).Refusal;

    /// <summary>Whether a text can be an organization's slug.</summary>
    public static bool IsSlug(string text) => SlugPattern.IsMatch(text);

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd} ._-]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern { get; }

    [GeneratedRegex(@"^[a-z0-9_-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SlugPattern { get; }
}
