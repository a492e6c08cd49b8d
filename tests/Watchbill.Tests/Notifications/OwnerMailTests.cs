using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Notifications;
using Watchbill.People;
using Watchbill.Testing;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.Notifications;

/// <summary>Connectors asks for owners and tells them; accounts and the outbox answer.</summary>
public sealed class OwnerMailTests
{
    [Theory, EveryEngine]
    public async Task Owners_are_active_accounts_and_are_told_where_to_look(TestEngine engine)
    {
        await using var sink = new SmtpSink();
        await using var scene = await StartAsync(
            engine, new MailOptions { Host = "127.0.0.1", Port = sink.Port, Security = MailSecurity.None, From = "watchbill@example.com" });
        var manager = (await scene.JoinAsync("manager@example.com", Role.IntegrationAdministrator)).Account;
        var reader = (await scene.JoinAsync("reader@example.com", Role.Auditor)).Account;
        var left = (await scene.JoinAsync("left@example.com", Role.IntegrationAdministrator)).Account;
        Must(await scene.Get<ManageAccount>().CloseAsync(left.Id, left.Version, Operator, default));
        while (await scene.Get<SendMail>().RunAsync(default) > 0)
        {
            // The invitations go out first.
        }

        var owners = await scene.Get<IOwnerDirectory>().ListAsync(default);
        Assert.Equal([(manager.Id, true), (reader.Id, false)], owners.Select(static owner => (owner.Id, owner.MayManage)));

        await scene.Database.InTransactionAsync(
            async transaction =>
            {
                foreach (var to in (AccountId[])[manager.Id, left.Id, new(999)])
                {
                    await scene.Get<IOwnerMail>().AppendAsync(transaction, new OwnerMessage(to, "source-owner", "You look after Acme", ["Text."], "/sources/7"), default);
                }
            },
            default);
        await scene.Get<SendMail>().RunAsync(default);

        var mail = sink.Mails[^1];
        Assert.Equal(["manager@example.com"], mail.To);
        Assert.Contains("https://watchbill.example.com/sources/7", mail.Message, StringComparison.Ordinal);
        Assert.Equal(4, sink.Mails.Count);
    }
}
