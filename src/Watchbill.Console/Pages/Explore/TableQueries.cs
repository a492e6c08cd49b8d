using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Watchbill.Access.Explore;
using Watchbill.Access.Facts;
using Watchbill.Access.History;
using Watchbill.Access.Matching;
using Watchbill.Access.Queries;
using Watchbill.Kernel;

namespace Watchbill.Console.Pages.Explore;

/// <summary>
/// Reads the filters of tables out of an address; a page and its download read them the same way. What is not understood narrows nothing: the form
/// above the table shows what is in force.
/// </summary>
internal static class TableQueries
{
    private const int MaxText = 200;
    private const int MaxDays = 36500;

    public static MemberSearch Members(string uri)
    {
        var query = new Query(uri);
        return new MemberSearch
        {
            Text = query["q"],
            Role = query["role"],
            State = Word.Parse<MemberState>(query["state"]),
            TwoFactor = Word.Parse<Told>(query["2fa"]),
            Sso = YesNo(query["sso"]),
            InactiveDays = Days(query["inactive"]),
            TeamId = query["team"] is "none" ? null : query["team"],
            WithoutTeam = query["team"] is "none",
            Fact = query["fact"],
            Sort = query["sort"],
        };
    }

    public static AccountSearch Accounts(string uri)
    {
        var query = new Query(uri);
        return new AccountSearch
        {
            Text = query["q"],
            State = Word.Parse<MatchState>(query["state"]),
            Kind = Word.Parse<AccountKind>(query["kind"]),
            DormantDays = Days(query["dormant"]),
            Sort = query["sort"],
        };
    }

    public static TeamSearch Teams(string uri)
    {
        var query = new Query(uri);
        return new TeamSearch
        {
            Text = query["q"],
            Empty = query["with"] == "no-members",
            WithoutProjects = query["with"] == "no-projects",
            Provisioned = YesNo(query["idp"]),
            Fact = query["fact"],
            Sort = query["sort"],
        };
    }

    public static ProjectSearch Projects(string uri)
    {
        var query = new Query(uri);
        return new ProjectSearch
        {
            Text = query["q"],
            Platform = query["platform"],
            TeamId = query["team"] is "none" ? null : query["team"],
            Orphan = query["team"] is "none",
            Fact = query["fact"],
            Sort = query["sort"],
        };
    }

    public static NonHumanSearch NonHumans(string uri)
    {
        var query = new Query(uri);
        return new NonHumanSearch
        {
            Text = query["q"],
            Kind = Word.Parse<NonHumanKind>(query["kind"]),
            Scope = query["scope"],
            Active = Word.Parse<Told>(query["active"]),
            Fact = query["fact"],
            Sort = query["sort"],
        };
    }

    /// <summary>What would be taken away; null when the address names nothing.</summary>
    public static RemovalSearch? Removal(string uri)
    {
        var query = new Query(uri);
        var search = new RemovalSearch
        {
            Member = query["member"]?.Trim(),
            Team = query["team"]?.Trim(),
            Project = query["project"]?.Trim(),
            OpenMembership = query["open-membership"] is "true",
        };
        return search == new RemovalSearch() ? null : search;
    }

    /// <summary>Whose history is asked for; null when the address names nobody.</summary>
    public static HistorySearch? History(string uri)
    {
        var query = new Query(uri);
        var search = new HistorySearch { Member = query["member"]?.Trim(), Team = query["team"]?.Trim(), Project = query["project"]?.Trim() };
        return search == new HistorySearch() ? null : search;
    }

    private static int? Days(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MaxDays ? days : null;

    private static bool? YesNo(string? text) => text switch
    {
        "yes" => true,
        "no" => false,
        _ => null,
    };

    /// <summary>The parameters of an address; empty ones count as left out, long ones are cut.</summary>
    private sealed class Query(string uri)
    {
        private readonly Dictionary<string, Microsoft.Extensions.Primitives.StringValues> _values = QueryHelpers.ParseQuery(new Uri(uri).Query);

        public string? this[string name] => _values.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text
            ? text.Length > MaxText ? text[..MaxText] : text
            : null;
    }
}
