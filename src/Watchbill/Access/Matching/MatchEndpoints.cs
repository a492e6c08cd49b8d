using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts.Access;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Access;

namespace Watchbill.Access.Matching;

/// <summary>Whose account is whose, over HTTP.</summary>
internal static class MatchEndpoints
{
    private const string Tag = "Identities";

    /// <summary>Maps the rules for all organizations, and the accounts below one connector, whose existence is known by then.</summary>
    public static void Map(RouteGroupBuilder api, RouteGroupBuilder connector)
    {
        api.MapGet("/match-rules", (AccountMatching matching, Caller caller, CancellationToken cancellationToken) => Answers.Ok(matching.RulesAsync(caller, cancellationToken), Rules))
            .Needs(Right.ReadAccess).WithTags(Tag).WithName("listMatchRules").WithSummary("The rules by which accounts find their people, in the order in which they are asked");
        api.MapPut("/match-rules", (MatchRules input, AccountMatching matching, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(matching.SetRulesAsync([.. input.Rules.Select(Of)], caller, cancellationToken), Rules))
            .Needs(Right.ManageIdentities).WithTags(Tag).WithName("setMatchRules").WithSummary("Puts other rules in their place");
        connector.MapGet("/accounts", ListAsync).Needs(Right.ReadAccess).WithTags(Tag)
            .WithName("listAccounts").WithSummary("Members and invitations with the people they belong to: orphaned, leavers, dormant and all others");
        connector.MapPut("/accounts", (long connector, AccountsChange input, AccountMatching matching, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(matching.ChangeAsync(new ConnectorId(connector), input.Members, Of(input), caller, cancellationToken), Accounts))
            .Needs(Right.ManageIdentities).WithTags(Tag).WithName("changeAccounts").WithSummary("Says what accounts stand for and whose they are: all of them, or none");
    }

    private static async Task<Results<Ok<AccessPage<MatchedAccount>>, ProblemHttpResult>> ListAsync(
        long connector, [AsParameters] MatchedAccountQuery query, AccountMatching matching, Caller caller, HttpContext http)
    {
        var cursor = Cursor.Of(http.Request, query.Cursor);
        var found = cursor.Succeeded ? await matching.AccountsAsync(new ConnectorId(connector), caller, http.RequestAborted) : cursor.Refusal!;
        if (!found.Succeeded)
        {
            return Problems.Of(found.Refusal!);
        }

        var picture = found.Value.Picture;
        var fitting = AccountTable.Of(found.Value.Accounts, Of(query), picture.At);
        var (items, next) = cursor.Value.Part(fitting, query, http.Request, Of);
        return TypedResults.Ok(new AccessPage<MatchedAccount>(AccessContracts.Freshness(picture), items, fitting.Count, next));
    }

    private static MatchRules Rules(IReadOnlyList<MatchRule> rules) =>
        new([.. rules.Select(static rule => new Contract.MatchRule { Kind = Word.Of(rule.Kind), FromDomain = rule.FromDomain, ToDomain = rule.ToDomain })]);

    private static IReadOnlyList<MatchedAccount> Accounts(IReadOnlyList<AccountMatch> accounts) => [.. accounts.Select(Of)];

    /// <summary>A rule of a kind that is not known is refused with the others that cannot be.</summary>
    private static MatchRule Of(Contract.MatchRule rule) => new(Word.Parse<MatchRuleKind>(rule.Kind) ?? (MatchRuleKind)(-1), rule.FromDomain, rule.ToDomain);

    private static AccountChange Of(AccountsChange input) => new()
    {
        Kind = Word.Parse<AccountKind>(input.Kind),
        Owner = Word.Parse<OwnerChoice>(input.Owner),
        Identity = input.Identity,
        Note = input.Note,
    };

    private static AccountSearch Of(MatchedAccountQuery query) => new()
    {
        Text = query.Text,
        State = Word.Parse<MatchState>(query.State),
        Kind = Word.Parse<AccountKind>(query.Kind),
        DormantDays = query.DormantDays,
        Identity = query.Identity is { } identity ? new IdentityId(identity) : null,
        Sort = query.Sort,
    };

    private static MatchedAccount Of(AccountMatch account) => new()
    {
        Member = AccessContracts.Row(account.Row),
        State = Word.Of(account.State),
        Kind = Word.Of(account.Kind),
        Identity = account.Identity?.Id.Value,
        IdentityName = account.Identity?.Name,
        IdentityEmail = account.Identity?.Email,
        Rule = account.Rule is { } rule ? Word.Of(rule) : null,
        Candidates = [.. account.Candidates.Select(static one => one.Id.Value)],
        Owner = Word.Of(account.Setting?.Owner ?? OwnerChoice.ByRules),
        Note = account.Setting?.Note,
    };
}
