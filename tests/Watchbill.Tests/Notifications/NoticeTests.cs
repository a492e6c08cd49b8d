using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Notifications;
using Watchbill.Notifications.Notices;
using Watchbill.People;
using Watchbill.Testing;
using Watchbill.Tests.People;
using static Watchbill.Tests.People.PeopleScene;

namespace Watchbill.Tests.Notifications;

/// <summary>People are told as they chose: at once, once a day, or never.</summary>
public sealed class NoticeTests
{
    [Theory, EveryEngine]
    public async Task One_mail_a_day_holds_everything_that_happened(TestEngine engine)
    {
        await using var sink = new SmtpSink();
        await using var scene = await StartAsync(engine, Mail(sink));
        var (daily, atOnce) = (await scene.JoinAsync("daily@example.com", Role.IntegrationAdministrator), await scene.JoinAsync("at-once@example.com", Role.IntegrationAdministrator));
        Must(await ChooseAsync(scene, daily, "source-failing", Delivery.Digest));
        Must(await ChooseAsync(scene, daily, "source-owner", Delivery.Never));
        await SendAllAsync(scene);
        var before = sink.Mails.Count;

        foreach (var (kind, subject) in ((string, string)[])[("source-failing", "Acme fails"), ("source-owner", "You look after Acme"), ("source-failing", "Beta fails")])
        {
            await TellAsync(scene, kind, subject, daily.Account.Id, atOnce.Account.Id);
        }

        await SendAllAsync(scene);
        Assert.All(sink.Mails.Skip(before), static mail => Assert.Equal(["at-once@example.com"], mail.To));
        Assert.Equal(before + 3, sink.Mails.Count);

        scene.Clock.Advance(TimeSpan.FromHours(21) + TimeSpan.FromMinutes(59));
        await SendAllAsync(scene);
        Assert.Equal(before + 3, sink.Mails.Count);
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendAllAsync(scene);
        await SendAllAsync(scene);

        Assert.Equal(before + 4, sink.Mails.Count);
        Assert.Equal(["daily@example.com"], sink.Mails[^1].To);
        Assert.Contains("2 things happened in Watchbill", sink.Mails[^1].Message, StringComparison.Ordinal);
        Assert.Contains("Acme fails", sink.Mails[^1].Message, StringComparison.Ordinal);
        Assert.Contains("Beta fails", sink.Mails[^1].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("You look after", sink.Mails[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_left_gets_no_daily_mail_and_nothing_of_it_stays()
    {
        await using var sink = new SmtpSink();
        await using var scene = await StartAsync(TestEngine.Sqlite, Mail(sink));
        var person = await scene.JoinAsync("left@example.com", Role.IntegrationAdministrator);
        Must(await ChooseAsync(scene, person, "source-failing", Delivery.Digest));
        await TellAsync(scene, "source-failing", "Acme fails", person.Account.Id);
        Must(await scene.Get<ManageAccount>().CloseAsync(person.Account.Id, person.Account.Version, Operator, default));
        await SendAllAsync(scene);
        var before = sink.Mails.Count;

        scene.Clock.Advance(TimeSpan.FromDays(1));
        await SendAllAsync(scene);

        Assert.Equal(before, sink.Mails.Count);
        Assert.Equal(0, await scene.Get<SendDigests>().RunAsync(default));
    }

    [Fact]
    public async Task What_waits_for_one_person_cannot_be_left_out_and_nobody_chooses_for_others()
    {
        await using var scene = await StartAsync(TestEngine.Sqlite);
        var person = await scene.JoinAsync("kim@example.com", Role.Member);
        var other = await scene.JoinAsync("other@example.com", Role.Member);

        Assert.Equal("notice-always", (await ChooseAsync(scene, person, "review-started", Delivery.Never)).Refusal?.Code);
        Assert.Equal("notice-unknown", (await ChooseAsync(scene, person, "password-reset", Delivery.Never)).Refusal?.Code);
        Must(await ChooseAsync(scene, person, "review-started", Delivery.Digest));
        Must(await ChooseAsync(scene, person, "review-late", Delivery.Never));

        var mine = Must(await scene.Get<NoticeBoard>().ListAsync(await scene.CallerAsync(person), default));
        Assert.Equal([("review-started", Delivery.Digest), ("review-late", Delivery.Never)], mine.Where(static notice => notice.Delivery is not Delivery.AtOnce).Select(static notice => (notice.Kind, notice.Delivery)));
        Assert.All(Must(await scene.Get<NoticeBoard>().ListAsync(await scene.CallerAsync(other), default)), static notice => Assert.Equal(Delivery.AtOnce, notice.Delivery));
        Assert.Equal("notices-need-account", (await scene.Get<NoticeBoard>().ListAsync(Operator, default)).Refusal?.Code);
    }

    private static MailOptions Mail(SmtpSink sink) => new() { Host = "127.0.0.1", Port = sink.Port, Security = MailSecurity.None, From = "watchbill@example.com" };

    private static async Task<Result<IReadOnlyList<Notice>>> ChooseAsync(PeopleScene scene, Watchbill.People.SigningIn.SignedIn person, string kind, Delivery delivery) =>
        await scene.Get<NoticeBoard>().ChooseAsync(new Dictionary<string, Delivery> { [kind] = delivery }, await scene.CallerAsync(person), default);

    private static Task TellAsync(PeopleScene scene, string kind, string subject, params AccountId[] people) => scene.Database.InTransactionAsync(
        async transaction =>
        {
            foreach (var person in people)
            {
                await scene.Get<IOwnerMail>().AppendAsync(transaction, new OwnerMessage(person, kind, subject, ["Because."], "/sources/7"), default);
            }
        },
        default);

    /// <summary>One turn of the worker.</summary>
    private static async Task SendAllAsync(PeopleScene scene)
    {
        await scene.Get<SendDigests>().RunAsync(default);
        while (await scene.Get<SendMail>().RunAsync(default) > 0)
        {
            // Until nothing is due.
        }
    }
}
