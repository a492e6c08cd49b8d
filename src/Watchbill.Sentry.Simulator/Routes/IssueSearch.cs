using System.Globalization;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>
/// The <c>query</c> of issue lists. A key that is none of Sentry's own is taken for a tag; <c>!key</c> negates; all tokens must match.
/// Without the parameter only unresolved issues are meant, with an empty one all of them.
/// </summary>
internal sealed class IssueSearch(Call call, SearchQuery query)
{
    private static readonly string[] States =
        ["archived", "assigned", "escalating", "ignored", "new", "ongoing", "regressed", "resolved", "unassigned", "unresolved"];

    public static (IssueSearch? Search, Answer? Refusal) Read(Call call)
    {
        var query = SearchQuery.Parse(call.Query.ContainsKey("query") ? call.Query["query"].ToString() : "is:unresolved");
        return query["is"].Concat(query["!is"]).All(States.Contains)
            ? (new IssueSearch(call, query), null)
            : (null, Refusals.Detail(400, $"Error parsing search query: Invalid value for \"is\" search, valid values are ['{string.Join("', '", States)}']"));
    }

    /// <summary>Issues that wait for their deletion match every state: they are filtered out later, behind the search.</summary>
    public bool Matches(Issue issue) =>
        query.Keys.All(key => query[key].All(value => key.StartsWith('!') ? !HasAny(issue, key[1..], value) : HasAny(issue, key, value)))
        && query.FreeText.All(text => Mentions(issue, text));

    private static bool Mentions(Issue issue, string text) =>
        issue.Title.Contains(text, StringComparison.OrdinalIgnoreCase)
        || issue.Culprit.Contains(text, StringComparison.OrdinalIgnoreCase)
        || issue.ShortId.Equals(text, StringComparison.OrdinalIgnoreCase);

    private bool HasAny(Issue issue, string key, string value) =>
        value is ['[', .. var list, ']'] ? list.Split(',').Any(one => Has(issue, key, one.Trim())) : Has(issue, key, value);

    private bool Has(Issue issue, string key, string value) => key switch
    {
        "is" => issue.Status == Issue.PendingDeletion || Is(issue, value),
        "assigned" or "assigned_or_suggested" => IsAssigned(issue, value),
        "level" => issue.Level == value,
        "issue.priority" => issue.Priority == value,
        "issue" => issue.ShortId.Equals(value, StringComparison.OrdinalIgnoreCase),
        "issue.id" => $"{issue.Id}" == value,
        "project" or "project.name" => issue.Project.Slug == value,
        "project.id" => $"{issue.Project.Id}" == value,
        "error.type" => issue.ErrorType == value,
        "error.unhandled" => issue.IsUnhandled == (value is "1" or "true"),
        "firstSeen" or "age" => IsWithin(issue.FirstSeen, value),
        "lastSeen" => IsWithin(issue.LastSeen, value),
        "timesSeen" => IsCompared(issue.Count, value),
        _ => HasTag(issue, key, value),
    };

    private static bool Is(Issue issue, string state) => state switch
    {
        "archived" => issue.Status == Issue.Ignored,
        "assigned" => issue.AssignedUser is not null || issue.AssignedTeam is not null,
        "unassigned" => issue is { AssignedUser: null, AssignedTeam: null },
        "new" or "ongoing" or "regressed" or "escalating" => issue.Substatus == state,
        _ => issue.Status == state,
    };

    private bool IsAssigned(Issue issue, string whom) => whom switch
    {
        "none" => issue is { AssignedUser: null, AssignedTeam: null },
        "me" => issue.AssignedUser is { } user && user == call.Caller.User,
        "my_teams" => issue.AssignedTeam is { } team && call.Access.On(team) is not null,
        ['#', .. var slug] => issue.AssignedTeam?.Slug == slug,
        _ => string.Equals(issue.AssignedUser?.Email, whom, StringComparison.OrdinalIgnoreCase),
    };

    /// <summary><c>-24h</c> is younger than that, <c>+24h</c> older; anything else matches nothing.</summary>
    private bool IsWithin(DateTimeOffset instant, string text)
    {
        if (text is not ['-' or '+', .. var period] || TimeRange.Period(period) is not { } length)
        {
            return false;
        }

        var boundary = call.World.Now - length;
        return text[0] == '-' ? instant >= boundary : instant <= boundary;
    }

    private static bool IsCompared(int value, string text)
    {
        var (bound, offset) = text switch
        {
            ['>', '=', .. var rest] => (rest, 0),
            ['<', '=', .. var rest] => (rest, 0),
            ['>', .. var rest] => (rest, 1),
            ['<', .. var rest] => (rest, -1),
            _ => (text, 0),
        };
        if (!int.TryParse(bound, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        return text[0] switch
        {
            '>' => value >= number + offset,
            '<' => value <= number + offset,
            _ => value == number,
        };
    }

    private bool HasTag(Issue issue, string key, string value) =>
        call.Organization.Evidence.Events.Of(issue).Any(@event => @event.Tags.Any(tag => tag.Key == key && tag.Value == value));
}
