using LinqToDB.Data;
using Watchbill.Notifications;
using Watchbill.People;
using Watchbill.People.Inviting;
using Watchbill.People.SigningIn;
using Watchbill.Testing;
using Watchbill.Tests.People;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.Notifications;

/// <summary>Mail from the fact it tells about to a real server on a socket.</summary>
public sealed class MailTests
{
    [Theory, EveryEngine]
    public async Task An_invitation_arrives_and_its_link_works(TestEngine engine)
    {
        await using var sink = new SmtpSink();
        await using var scene = await StartAsync(engine, To(sink));
        var invited = Must(await scene.Get<InvitePerson>().InviteAsync(new InviteInput("kim@example.com", "Kim <b>", [Role.Member]), Operator, default));
        Assert.True(invited.Link.Mailed);

        Assert.Equal(1, await scene.Get<SendMail>().RunAsync(default));
        Assert.Equal(0, await scene.Get<SendMail>().RunAsync(default));

        var mail = Assert.Single(sink.Mails);
        Assert.Equal("watchbill@example.com", mail.From);
        Assert.Equal(["kim@example.com"], mail.To);
        var text = mail.Message.Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        Assert.Contains("Subject: You are invited to Watchbill", text, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", text, StringComparison.Ordinal);
        Assert.Contains($"\n{invited.Link.Address}\n", text, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{invited.Link.Address}\">", text, StringComparison.Ordinal);
        Assert.Contains("Kim &lt;b&gt;", text, StringComparison.Ordinal);
        Assert.True((await scene.Get<AcceptInvitation>().RunAsync(new AcceptInput(SecretOf(invited.Link.Address), "Kim", PeopleScene.Password), Here, default)).Succeeded);
        Assert.Equal(MailState.Sent, (await MailsAsync(scene)).Single().State);
    }

    /// <summary>A link in the outbox would be as good as a password.</summary>
    [Theory, EveryEngine]
    public async Task The_text_is_encrypted_until_it_is_sent_and_gone_afterwards(TestEngine engine)
    {
        await using var sink = new SmtpSink();
        await using var scene = await StartAsync(engine, To(sink));
        var link = Must(await scene.Get<InvitePerson>().InviteAsync(new InviteInput("kim@example.com", null, [Role.Member]), Operator, default)).Link;
        await using var connection = scene.Database.Open();

        var waiting = await connection.ExecuteAsync<string>("SELECT protected_text FROM mail");
        Assert.NotEmpty(waiting!);
        Assert.DoesNotContain(SecretOf(link.Address), waiting!, StringComparison.Ordinal);

        await scene.Get<SendMail>().RunAsync(default);
        Assert.Null(await connection.ExecuteAsync<string?>("SELECT protected_text FROM mail"));
    }

    [Theory, EveryEngine]
    public async Task A_server_that_is_down_is_tried_eight_times_within_a_day(TestEngine engine)
    {
        await using var sink = new SmtpSink { Greeting = "421 not now" };
        await using var scene = await StartAsync(engine, To(sink));
        await InviteAsync(scene, "kim@example.com");
        var start = scene.Clock.GetUtcNow();

        List<double> minutes = [];
        while ((await MailsAsync(scene)).Single() is { State: MailState.Waiting } mail)
        {
            scene.Clock.SetUtcNow(mail.NextAttemptAt);
            minutes.Add((scene.Clock.GetUtcNow() - start).TotalMinutes);
            Assert.Equal(1, await scene.Get<SendMail>().RunAsync(default));
        }

        Assert.Equal([0, 1, 6, 21, 81, 261, 621, 1341], minutes);
        Assert.Equal(8, sink.Connections);
        var given = (await MailsAsync(scene)).Single();
        Assert.Equal(MailState.GaveUp, given.State);
        Assert.Equal("The mail server could not take it now (status 421).", given.LastError);
    }

    [Theory, EveryEngine]
    public async Task A_recipient_refused_for_good_does_not_hold_up_the_others(TestEngine engine)
    {
        await using var sink = new SmtpSink { AnswerRecipient = static to => to.StartsWith("gone", StringComparison.Ordinal) ? "550 5.1.1 gone@example.com is unknown here" : to.StartsWith("busy", StringComparison.Ordinal) ? "450 later" : null };
        await using var scene = await StartAsync(engine, To(sink));
        foreach (var name in (string[])["gone", "busy", "kim"])
        {
            await InviteAsync(scene, $"{name}@example.com");
        }

        Assert.Equal(3, await scene.Get<SendMail>().RunAsync(default));

        var mails = (await MailsAsync(scene)).ToDictionary(static mail => mail.Recipient.Split('@')[0]);
        Assert.Equal((MailState.GaveUp, MailState.Waiting, MailState.Sent), (mails["gone"].State, mails["busy"].State, mails["kim"].State));
        Assert.Equal("The mail server refused it for good (status 550).", mails["gone"].LastError);
        Assert.Equal(1, sink.Connections);
        Assert.Equal(["kim@example.com"], sink.Mails.Single().To);
    }

    [Theory, EveryEngine]
    public async Task Two_workers_send_each_mail_once(TestEngine engine)
    {
        await using var sink = new SmtpSink();
        await using var scene = await StartAsync(engine, To(sink));
        for (var number = 0; number < 30; number++)
        {
            await InviteAsync(scene, $"kim{number}@example.com");
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (await scene.Get<SendMail>().RunAsync(default) > 0)
            {
                // Until nothing is due.
            }
        })));
        await scene.Get<SendMail>().RunAsync(default);

        Assert.Equal(30, sink.Mails.Count);
        Assert.Equal(30, sink.Mails.SelectMany(static mail => mail.To).Distinct().Count());
    }

    [Theory, EveryEngine]
    public async Task A_fact_that_did_not_happen_is_not_told(TestEngine engine)
    {
        await using var sink = new SmtpSink();
        await using var scene = await StartAsync(engine, To(sink));
        await Assert.ThrowsAsync<InvalidOperationException>(() => scene.Database.InTransactionAsync(
            async transaction =>
            {
                await scene.Get<Outbox>().AppendAsync(transaction, new MailDraft("kim@example.com", "test", "Test", ["Text."], null, null), default);
                throw new InvalidOperationException("The fact did not happen.");
            },
            default));

        Assert.Equal(0, await scene.Get<SendMail>().RunAsync(default));
        Assert.Empty(await MailsAsync(scene));
    }

    [Theory, EveryEngine]
    public async Task Without_a_server_mail_is_noted_without_its_text_and_never_sent(TestEngine engine)
    {
        await using var scene = await StartAsync(engine);
        var invited = Must(await scene.Get<InvitePerson>().InviteAsync(new InviteInput("kim@example.com", null, [Role.Member]), Operator, default));

        Assert.False(invited.Link.Mailed);
        Assert.Equal(0, await scene.Get<SendMail>().RunAsync(default));
        Assert.Equal(MailState.NotConfigured, (await MailsAsync(scene)).Single().State);
        await using var connection = scene.Database.Open();
        Assert.Null(await connection.ExecuteAsync<string?>("SELECT protected_text FROM mail"));
    }

    [Theory, EveryEngine]
    public async Task Asking_for_a_new_password_tells_nobody_who_has_an_account(TestEngine engine)
    {
        await using var sink = new SmtpSink();
        await using var scene = await StartAsync(engine, To(sink));
        await scene.SetUpAsync();
        var reset = scene.Get<PasswordReset>();

        Assert.Null(await reset.AskAsync("root@example.com", Here, default));
        Assert.Null(await reset.AskAsync("nobody@example.com", Here, default));
        Assert.Equal("email-address-invalid", (await reset.AskAsync("nonsense", Here, default))?.Code);
        await scene.Get<SendMail>().RunAsync(default);
        Assert.Equal(["root@example.com"], Assert.Single(sink.Mails).To);

        foreach (var address in (string[])["root@example.com", "nobody@example.com"])
        {
            Assert.Null(await reset.AskAsync(address, Here, default));
            Assert.Null(await reset.AskAsync(address, Here, default));
            Assert.Equal("too-many-attempts", (await reset.AskAsync(address, Here, default))?.Code);
        }
    }

    private static MailOptions To(SmtpSink sink) =>
        new() { Host = "127.0.0.1", Port = sink.Port, Security = MailSecurity.None, From = "Watchbill <watchbill@example.com>" };

    private static async Task InviteAsync(PeopleScene scene, string address) =>
        Must(await scene.Get<InvitePerson>().InviteAsync(new InviteInput(address, null, [Role.Member]), Operator, default));

    private static async Task<IReadOnlyList<Mail>> MailsAsync(PeopleScene scene) => Must(await scene.Get<Outbox>().ListAsync(100, Operator, default));
}
