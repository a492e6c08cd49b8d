using System.Net;
using System.Text;
using Watchbill.Contracts.Access;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.People;
using Watchbill.People;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>Directories, people and whose account is whose, through the typed client.</summary>
public sealed class IdentityApiTests
{
    private static CancellationToken None => CancellationToken.None;

    [Theory, EveryEngine]
    public async Task People_are_uploaded_looked_at_taken_and_found_by_their_accounts(TestEngine engine)
    {
        await using var served = await ServedOrganization.StartReadAsync(engine: engine);
        using var http = await served.ProgramAsync(Role.AccessManager);
        var client = new WatchbillClient(http);
        var connector = (await client.Connectors.ListAsync(None))[0].Id;
        var members = (await client.Access(connector).MembersAsync(new MemberQuery { State = "active" }, None)).Items;
        var directory = await client.Identities.CreateAsync(new NewDirectory { Name = "Staff", Kind = "file" }, None);
        var text = new StringBuilder("Address,Who,state\n");
        foreach (var member in members.Skip(1))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{member.Email},\"{member.Name}\",{(member == members[1] ? "left" : "active")}\n");
        }

        var sent = await client.Identities.SendAsync(directory.Id, new NewUpload { FileName = "staff.csv", Content = text.ToString() }, None);
        Assert.Equal(("No column is chosen for the e-mail address; choose the one that holds it.", 2), (sent.Errors[0].Sentence, sent.ErrorCount));
        var refused = await Assert.ThrowsAsync<WatchbillApiException>(() => client.Identities.TakeAsync(sent.Id, new TakeUpload(IsComplete: true), None));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "file-has-errors"), (refused.Status, refused.Code));
        var unknown = await Assert.ThrowsAsync<WatchbillApiException>(() => client.Identities.ChooseAsync(sent.Id, new UploadColumns(new Dictionary<string, string> { ["shoe-size"] = "Who" }), None));
        Assert.Equal("file-field-unknown", unknown.Code);
        var chosen = await client.Identities.ChooseAsync(sent.Id, new UploadColumns(new Dictionary<string, string> { ["email"] = "Address", ["name"] = "Who", ["status"] = "state" }), None);
        Assert.Equal((0, members.Count - 1, 0), (chosen.ErrorCount, chosen.AddedCount, chosen.Directory.Active));
        await client.Identities.TakeAsync(sent.Id, new TakeUpload(), None);

        Assert.Equal((members.Count - 2, 1), ((await client.Identities.DirectoryAsync(directory.Id, None)).Active, (await client.Identities.DirectoriesAsync(None))[0].Inactive));
        var left = Assert.Single((await client.Identities.ListAsync(new IdentityQuery { Active = false }, None)).Items);
        Assert.Equal(members[1].Email, (await client.Identities.FindAsync(left.Id, None)).Email);
        var access = client.Access(connector);
        var leaver = Assert.Single((await access.AccountsAsync(new MatchedAccountQuery { State = "leaver" }, None)).Items);
        Assert.Equal((members[1].Id, left.Id, "email"), (leaver.Member.Id, leaver.Identity, leaver.Rule));
        Assert.Contains((await access.AccountsAsync(new MatchedAccountQuery { State = "orphaned" }, None)).Items, one => one.Member.Id == members[0].Id);
        var changed = await access.ChangeAccountsAsync(new AccountsChange { Members = [members[0].Id], Owner = "named", Identity = members[2].Email, Kind = "service", Note = "The build robot." }, None);
        Assert.Equal(("matched", "service", members[2].Email), (changed[0].State, changed[0].Kind, changed[0].IdentityEmail));
        Assert.Equal(2, (await access.AccountsAsync(new MatchedAccountQuery { Identity = changed[0].Identity }, None)).Total);
        Assert.Equal(["email", "alias"], (await client.Identities.RulesAsync(None)).Rules.Select(static rule => rule.Kind));
        var rules = await client.Identities.SetRulesAsync(new MatchRules([new() { Kind = "domain", FromDomain = "old.example", ToDomain = "example.com" }]), None);
        Assert.Equal("old.example", Assert.Single(rules.Rules).FromDomain);
        Assert.Equal(0, (await access.AccountsAsync(new MatchedAccountQuery { State = "leaver" }, None)).Total);
    }

    [Fact]
    public async Task A_file_of_people_may_be_larger_than_other_bodies()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var http = await served.ProgramAsync(Role.AccessManager);
        var client = new WatchbillClient(http);
        var directory = await client.Identities.CreateAsync(new NewDirectory { Name = "Staff", Kind = "file" }, None);
        var text = new StringBuilder("email,name,title\n");
        foreach (var number in Enumerable.Range(0, 10_000))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"person{number}@example.com,Person {number},{new string('x', 150)}\n");
        }

        var sent = await client.Identities.SendAsync(directory.Id, new NewUpload { FileName = "staff.csv", Content = text.ToString() }, None);
        Assert.Equal((0, 10_000, Upload.MostShown), (sent.ErrorCount, sent.AddedCount, sent.Added.Count));
        await client.Identities.TakeAsync(sent.Id, new TakeUpload(), None);
        Assert.Equal(10_000, (await client.Identities.ListAsync(new IdentityQuery { Limit = 1 }, None)).Total);
        var issued = await client.Identities.IssueTokenAsync((await client.Identities.CreateAsync(new NewDirectory { Name = "Provider", Kind = "scim" }, None)).Id, None);
        Assert.EndsWith("/scim/v2", issued.Address, StringComparison.Ordinal);
        Assert.Equal(issued.Token[^4..], issued.Directory.TokenLastFour);
    }
}
