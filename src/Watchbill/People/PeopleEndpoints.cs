using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts;
using Watchbill.Contracts.People;
using Watchbill.Kernel;
using Watchbill.People.Inviting;
using Watchbill.People.SecondFactors;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;
using Contract = Watchbill.Contracts.People;

namespace Watchbill.People;

/// <summary>Accounts, sessions and API tokens over HTTP. Passwords and new tokens are left to the console: they are for persons who prove who they are.</summary>
internal static class PeopleEndpoints
{
    private const string Tag = "People";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me", (Caller caller, System.Security.Claims.ClaimsPrincipal user) => TypedResults.Ok(MeOf(caller, user.Identity?.Name ?? "")))
            .WithTags(Tag).WithName("getMe").WithSummary("Who asks, and what they may do");
        api.MapGet("/me/tokens", (ApiTokens tokens, Caller caller, CancellationToken cancellationToken) => ListMineAsync(tokens, caller, cancellationToken))
            .WithTags(Tag).WithName("listMyTokens").WithSummary("One's own API tokens, revoked and expired ones too");
        api.MapDelete("/tokens/{token:long}", (long token, ApiTokens tokens, Caller caller, CancellationToken cancellationToken) =>
                Answers.Nothing(tokens.RevokeAsync(new ApiTokenId(token), caller, cancellationToken)))
            .WithTags(Tag).WithName("revokeToken").WithSummary("Revokes an API token: one's own, or with the right to manage people anybody's");
        MapReading(api.MapGroup("").Needs(Right.ReadPeople).WithTags(Tag));
        MapManaging(api.MapGroup("").Needs(Right.ManagePeople).WithTags(Tag));
    }

    private static void MapReading(RouteGroupBuilder reading)
    {
        reading.MapGet("/people", ListAsync).WithName("listPeople").WithSummary("Accounts");
        reading.MapGet("/people/{account:long}", FindAsync).WithName("getPerson").WithSummary("An account; its ETag is what a change must send as If-Match");
        reading.MapGet("/people/{account:long}/sessions", (long account, Sessions sessions, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(sessions.ListAsync(new AccountId(account), caller, cancellationToken), static list => (IReadOnlyList<Contract.Session>)[.. list.Select(PeopleContracts.Of)]))
            .WithName("listSessions").WithSummary("The signed-in browsers of an account");
        reading.MapGet("/people/{account:long}/tokens", (long account, ApiTokens tokens, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(tokens.ListAsync(new AccountId(account), caller, cancellationToken), Tokens))
            .WithName("listTokensOfPerson").WithSummary("The API tokens of an account");
        reading.MapGet("/tokens", (ApiTokens tokens, Caller caller, CancellationToken cancellationToken) => Answers.Ok(tokens.ListAllAsync(caller, cancellationToken), Tokens))
            .WithName("listTokens").WithSummary("The API tokens of everybody");
    }

    private static void MapManaging(RouteGroupBuilder managing)
    {
        managing.MapPost("/people", InviteAsync).Idempotent().WithName("invitePerson").WithSummary("Invites somebody; the answer holds the link that accepts, which also goes out by mail where mail is configured");
        managing.MapPost("/people/{account:long}/invitation", (long account, InvitePerson invite, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(invite.ResendAsync(new AccountId(account), caller, cancellationToken), PeopleContracts.Of)).Idempotent()
            .WithName("resendInvitation").WithSummary("Makes a new invitation link; the old one stops working");
        managing.MapDelete("/people/{account:long}/invitation", (long account, InvitePerson invite, Caller caller, CancellationToken cancellationToken) =>
                Answers.Nothing(invite.WithdrawAsync(new AccountId(account), caller, cancellationToken)))
            .WithName("withdrawInvitation").WithSummary("Takes an invitation back");
        managing.MapPost("/people/{account:long}/password-link", (long account, PasswordReset reset, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(reset.IssueAsync(new AccountId(account), caller, cancellationToken), PeopleContracts.Of)).Idempotent()
            .WithName("issuePasswordLink").WithSummary("Makes a link with which the person chooses a new password");
        managing.MapPut("/people/{account:long}/roles", ChangeRolesAsync).Versioned().WithName("changeRoles").WithSummary("Replaces an account's roles");
        managing.MapPut("/people/{account:long}/name", ([AsParameters] OneAccountEndpoints ask, NewName input) =>
                ask.ChangeAsync((manage, version) => manage.RenameAsync(ask.Id, input.Name, version, ask.Caller, ask.CancellationToken)))
            .Versioned().WithName("renamePerson").WithSummary("Changes an account's name");
        managing.MapPost("/people/{account:long}/close", ([AsParameters] OneAccountEndpoints ask) =>
                ask.ChangeAsync((manage, version) => manage.CloseAsync(ask.Id, version, ask.Caller, ask.CancellationToken))).Idempotent()
            .Versioned().WithName("closePerson").WithSummary("Closes an account and ends its sessions and tokens");
        managing.MapPost("/people/{account:long}/reopen", ([AsParameters] OneAccountEndpoints ask) =>
                ask.ChangeAsync((manage, version) => manage.ReopenAsync(ask.Id, version, ask.Caller, ask.CancellationToken))).Idempotent()
            .Versioned().WithName("reopenPerson").WithSummary("Opens a closed account again");
        managing.MapDelete("/people/{account:long}/sessions", (long account, Sessions sessions, Caller caller, CancellationToken cancellationToken) =>
                Answers.Nothing(sessions.EndAllAsync(new AccountId(account), except: null, caller, cancellationToken)))
            .WithName("endSessions").WithSummary("Signs an account out everywhere");
        managing.MapDelete("/people/{account:long}/sessions/{session:long}", (long account, long session, Sessions sessions, Caller caller, CancellationToken cancellationToken) =>
                Answers.Nothing(sessions.EndAsync(new SessionId(session), new AccountId(account), caller, cancellationToken)))
            .WithName("endSession").WithSummary("Signs one browser out");
        managing.MapDelete("/people/{account:long}/second-factor", (long account, ManageSecondFactor factors, Caller caller, CancellationToken cancellationToken) =>
                Answers.Nothing(factors.RemoveAsync(new AccountId(account), caller, cancellationToken)))
            .WithName("removeSecondFactor").WithSummary("Removes the second factor of somebody who lost it");
    }

    private static Me MeOf(Caller caller, string name) => new()
    {
        Kind = Word.Of(caller.Actor.Kind),
        Account = caller.Account?.Value,
        DisplayName = name,
        Rights = [.. caller.Rights.Order().Select(Word.Of)],
    };

    private static async Task<Results<Ok<IReadOnlyList<Contract.ApiToken>>, ProblemHttpResult>> ListMineAsync(ApiTokens tokens, Caller caller, CancellationToken cancellationToken) =>
        caller.Account is { } account ? await Answers.Ok(tokens.ListAsync(account, caller, cancellationToken), Tokens) : TypedResults.Ok<IReadOnlyList<Contract.ApiToken>>([]);

    private static IReadOnlyList<Contract.ApiToken> Tokens(IReadOnlyList<OwnedApiToken> tokens) => [.. tokens.Select(PeopleContracts.Of)];

    private static async Task<Results<Ok<Page<Contract.Account>>, ProblemHttpResult>> ListAsync(
        [AsParameters] AccountQuery query, AccountQueries accounts, Caller caller, HttpRequest request, CancellationToken cancellationToken)
    {
        var cursor = Cursor.Of(request, query.Cursor);
        if (!cursor.Succeeded)
        {
            return Problems.Of(cursor.Refusal!);
        }

        var descending = query.Sort?.StartsWith('-') is true;
        var filter = new AccountFilter
        {
            Text = query.Text,
            State = Word.Parse<AccountState>(query.State),
            Role = Word.Parse<Role>(query.Role),
            Order = Word.Parse<AccountOrder>(descending ? query.Sort![1..] : query.Sort) ?? AccountOrder.Name,
            Descending = descending,
            Offset = (int)Math.Min(cursor.Value.Position, int.MaxValue),
            Limit = Math.Min(query.Limit ?? PageQuery.DefaultLimit, AccountFilter.MaxLimit),
        };
        return await Answers.Ok(accounts.ListAsync(filter, caller, cancellationToken), page => new Page<Contract.Account>(
            [.. page.Items.Select(PeopleContracts.Of)],
            page.Total,
            cursor.Value.Behind(page.Items.Count, page.Total, request)));
    }

    private static async Task<Results<Ok<Contract.Account>, ProblemHttpResult>> FindAsync(
        long account, AccountQueries accounts, Caller caller, HttpContext http, CancellationToken cancellationToken)
    {
        var found = await accounts.FindAsync(new AccountId(account), caller, cancellationToken);
        if (found.Succeeded)
        {
            EntityTags.Set(http, found.Value.Version);
        }

        return Answers.Ok(found, PeopleContracts.Of);
    }

    private static async Task<Results<Created<Contract.Invitation>, ProblemHttpResult>> InviteAsync(NewInvitation input, InvitePerson invite, Caller caller, CancellationToken cancellationToken)
    {
        var roles = PeopleContracts.Roles(input.Roles);
        return roles.Succeeded
            ? await Answers.Created(
                invite.InviteAsync(new InviteInput(input.Address, input.Name, roles.Value), caller, cancellationToken),
                static invitation => $"/api/v1/people/{invitation.Account.Id}",
                PeopleContracts.Of)
            : Problems.Of(roles.Refusal!);
    }

    private static async Task<Results<Ok<Contract.Account>, ProblemHttpResult>> ChangeRolesAsync([AsParameters] OneAccountEndpoints ask, NewRoles input)
    {
        var roles = PeopleContracts.Roles(input.Roles);
        return roles.Succeeded
            ? await ask.ChangeAsync((manage, version) => manage.ChangeRolesAsync(ask.Id, roles.Value, version, ask.Caller, ask.CancellationToken))
            : Problems.Of(roles.Refusal!);
    }
}
