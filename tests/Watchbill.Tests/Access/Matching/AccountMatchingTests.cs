using System.Text;
using Watchbill.Access.Matching;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Identities;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Access.Matching;

/// <summary>Whose account is whose: by the rules in their order, unless somebody said otherwise; never a guess between two people.</summary>
public sealed class AccountMatchingTests
{
    [Theory, EveryEngine]
    public async Task Accounts_find_their_people_and_those_that_do_not_are_listed(TestEngine engine)
    {
        await using var acme = await ConnectedOrganization.StartAsync(engine: engine);
        await acme.SyncAsync();
        var emails = (await AccountsAsync(acme)).Where(static account => !account.Member.Pending).Select(static account => account.Member.Email).ToList();
        Assert.All(await AccountsAsync(acme), static account => Assert.Equal(MatchState.Orphaned, account.State));
        await FillAsync(acme, $"mail,name,status,aliases\n{emails[0]},One,active,\nsecond@example.org,Two,active,{emails[1]}\n{emails[2]},Three,left,\nx@example.org,Four,active,{emails[3]}\ny@example.org,Five,active,{emails[3]}\n");

        var accounts = (await AccountsAsync(acme)).ToDictionary(static account => account.Member.Email);
        Assert.Equal((MatchState.Matched, "One", MatchRuleKind.Email), (accounts[emails[0]].State, accounts[emails[0]].Identity!.Name, accounts[emails[0]].Rule));
        Assert.Equal((MatchState.Matched, "Two", MatchRuleKind.Alias), (accounts[emails[1]].State, accounts[emails[1]].Identity!.Name, accounts[emails[1]].Rule));
        Assert.Equal((MatchState.Leaver, "Three"), (accounts[emails[2]].State, accounts[emails[2]].Identity!.Name));
        Assert.Equal((MatchState.Ambiguous, 2), (accounts[emails[3]].State, accounts[emails[3]].Candidates.Count));
        Assert.Equal(MatchState.Orphaned, accounts[emails[4]].State);

        var named = await ChangeAsync(acme, [accounts[emails[3]].Member.Id, accounts[emails[4]].Member.Id], new() { Kind = AccountKind.Service, Owner = OwnerChoice.Named, Identity = "second@example.org", Note = "Robots." });
        Assert.All(named.Value, static account => Assert.Equal((MatchState.Matched, "Two", AccountKind.Service), (account.State, account.Identity!.Name, account.Kind)));
        var nobody = await ChangeAsync(acme, [accounts[emails[0]].Member.Id], new() { Owner = OwnerChoice.Nobody });
        Assert.Equal((MatchState.Orphaned, AccountKind.Person), (nobody.Value[0].State, nobody.Value[0].Kind));
        var back = await ChangeAsync(acme, [accounts[emails[0]].Member.Id, accounts[emails[3]].Member.Id], new() { Owner = OwnerChoice.ByRules });
        Assert.Equal([MatchState.Matched, MatchState.Ambiguous], back.Value.OrderBy(account => emails.IndexOf(account.Member.Email)).Select(static account => account.State));
        Assert.Equal(AccountKind.Service, back.Value.Single(account => account.Member.Email == emails[3]).Kind);
        var audited = (await acme.Get<AuditLog>().ListAsync(new AuditQuery { Limit = 50 }, default)).Where(static one => one.Action == "account-owner-set").ToList();
        Assert.Equal(5, audited.Count);
        Assert.Contains(audited, static one => one.Reason == "Robots.");
    }

    [Fact]
    public async Task Rules_are_asked_in_their_order_and_the_first_that_finds_anybody_decides()
    {
        await using var acme = await ConnectedOrganization.StartAsync();
        await acme.SyncAsync();
        var members = acme.Acme.Members.Where(static member => member.User is not null).Take(3).ToList();
        var local = members[0].Email[..members[0].Email.IndexOf('@', StringComparison.Ordinal)];
        var domain = members[0].Email[(local.Length + 1)..];
        await FillAsync(acme, $"mail,name,login\n{local}@new.example,Moved,{local}\n");
        var id = $"{members[0].Id}";
        Assert.Equal(MatchState.Orphaned, await StateAsync());

        await RulesAsync([new(MatchRuleKind.Email), new(MatchRuleKind.Domain, $"@{domain.ToUpperInvariant()}", "new.example")]);
        Assert.Equal((MatchState.Matched, MatchRuleKind.Domain), (await StateAsync(), (await OneAsync()).Rule));
        await RulesAsync([new(MatchRuleKind.UserName, domain), new(MatchRuleKind.Domain, domain, "new.example")]);
        Assert.Equal(MatchRuleKind.UserName, (await OneAsync()).Rule);
        await RulesAsync([new(MatchRuleKind.PlusAddress)]);
        Assert.Equal(MatchState.Orphaned, await StateAsync());

        async Task<AccountMatch> OneAsync() => (await AccountsAsync(acme)).Single(account => account.Member.Id == id);
        async Task<MatchState> StateAsync() => (await OneAsync()).State;
        async Task RulesAsync(IReadOnlyList<MatchRule> rules)
        {
            var set = await acme.Get<AccountMatching>().SetRulesAsync(rules, ConnectedOrganization.Somebody, default);
            Assert.True(set.Succeeded, set.Refusal?.ToString());
        }
    }

    /// <summary>Who left and came back is in the list twice: the one who works here is meant. Of two who both do, nobody guesses.</summary>
    [Theory]
    [InlineData("ada@example.com", true, false, MatchState.Matched)]
    [InlineData("ada@example.com", false, true, MatchState.Matched)]
    [InlineData("ada@example.com", false, false, MatchState.Ambiguous)]
    [InlineData("ada@example.com", true, true, MatchState.Ambiguous)]
    public void Of_several_people_the_one_who_works_here_is_meant(string address, bool first, bool second, MatchState expected)
    {
        Identity[] people =
        [
            new() { Id = new(1), Key = "1", Email = address, Name = "Ada", UserName = "1", IsActive = first },
            new() { Id = new(2), Directory = new(2), Key = "1", Email = address, Name = "Ada", UserName = "1", IsActive = second },
        ];
        var matcher = new AccountMatcher(new IdentitySnapshot("1", people), MatchRule.Usual, new Dictionary<string, AccountSetting>());

        var match = matcher.Match(Row("Ada@Example.com"));
        Assert.Equal(expected, match.State);
        Assert.NotEqual(false, match.Identity?.IsActive);
    }

    [Theory]
    [InlineData("ada+sentry@example.com", MatchState.Matched)]
    [InlineData("+sentry@example.com", MatchState.Orphaned)]
    [InlineData("ada@example.com", MatchState.Orphaned)]
    public void A_plus_address_is_the_address_before_the_plus(string account, MatchState expected)
    {
        Identity[] people = [new() { Id = new(1), Key = "1", Email = "ada@example.com", Name = "Ada", UserName = "1" }];
        var matcher = new AccountMatcher(new IdentitySnapshot("1", people), [new(MatchRuleKind.PlusAddress)], new Dictionary<string, AccountSetting>());

        Assert.Equal(expected, matcher.Match(Row(account)).State);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_is_changed()
    {
        await using var acme = await ConnectedOrganization.StartAsync();
        await acme.SyncAsync();
        await FillAsync(acme, "mail,name,aliases\na@example.org,A,same@example.org\nb@example.org,B,same@example.org\n");
        var member = $"{acme.Acme.Members[0].Id}";
        var other = Caller.System;

        Assert.Equal("accounts-missing", (await ChangeAsync(acme, [], new() { Kind = AccountKind.Shared })).Refusal!.Code);
        Assert.Equal("account-change-empty", (await ChangeAsync(acme, [member], new())).Refusal!.Code);
        Assert.Equal("member-account-not-found", (await ChangeAsync(acme, [member, "999999"], new() { Kind = AccountKind.Shared })).Refusal!.Code);
        Assert.Equal("identity-unknown", (await ChangeAsync(acme, [member], new() { Owner = OwnerChoice.Named, Identity = "nobody@example.org" })).Refusal!.Code);
        Assert.Equal("identity-ambiguous", (await ChangeAsync(acme, [member], new() { Owner = OwnerChoice.Named, Identity = "same@example.org" })).Refusal!.Code);
        Assert.Equal("accounts-too-many", (await ChangeAsync(acme, [.. Enumerable.Repeat(member, 1001)], new() { Kind = AccountKind.Shared })).Refusal!.Code);
        Assert.Equal("match-rules-invalid", (await acme.Get<AccountMatching>().SetRulesAsync([], other, default)).Refusal!.Code);
        Assert.Equal("match-rules-invalid", (await acme.Get<AccountMatching>().SetRulesAsync([new(MatchRuleKind.Domain, "example.com")], other, default)).Refusal!.Code);
        Assert.Equal("match-rules-invalid", (await acme.Get<AccountMatching>().SetRulesAsync([new(MatchRuleKind.Email), new(MatchRuleKind.Email)], other, default)).Refusal!.Code);
        Assert.All(await AccountsAsync(acme), static account => Assert.Null(account.Setting));
        var nobody = new Caller(new Actor(ActorKind.Account, "9"), []);
        Assert.Equal("right-missing", (await acme.Get<AccountMatching>().AccountsAsync(acme.Connector.Id, nobody, default)).Refusal!.Code);
        Assert.Equal("right-missing", (await acme.Get<AccountMatching>().ChangeAsync(acme.Connector.Id, [member], new() { Kind = AccountKind.Shared }, nobody, default)).Refusal!.Code);
    }

    private static Watchbill.Access.Explore.MemberRow Row(string email) =>
        new(new() { Id = "1", Email = email, Name = email, OrgRole = "member" }, Watchbill.Access.Roles.RoleCatalogue.BuiltIn.OrgRole("member"), default, 0, 0, 0, false);

    private static async Task<IReadOnlyList<AccountMatch>> AccountsAsync(ConnectedOrganization acme) =>
        (await acme.Get<AccountMatching>().AccountsAsync(acme.Connector.Id, ConnectedOrganization.Somebody, default)).Value.Accounts;

    private static Task<Result<IReadOnlyList<AccountMatch>>> ChangeAsync(ConnectedOrganization acme, IReadOnlyList<string> members, AccountChange change) =>
        acme.Get<AccountMatching>().ChangeAsync(acme.Connector.Id, members, change, ConnectedOrganization.Somebody, default);

    private static async Task FillAsync(ConnectedOrganization acme, string text)
    {
        var directory = await acme.Get<ManageDirectories>().CreateAsync("Staff", DirectoryKind.File, ConnectedOrganization.Somebody, default);
        var sent = await acme.Get<UploadIdentities>().SendAsync(new(directory.Value.Id, "staff.csv", Encoding.UTF8.GetBytes(text)), ConnectedOrganization.Somebody, default);
        var taken = await acme.Get<UploadIdentities>().TakeAsync(sent.Value.Id, isComplete: true, ConnectedOrganization.Somebody, default);
        Assert.True(taken.Succeeded, taken.Refusal?.ToString());
    }
}
