using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.People;

namespace Watchbill.Notifications;

/// <summary>The outbox over HTTP: what was sent, what waits, what could not be sent.</summary>
internal static class MailEndpoints
{
    private const int Most = 200;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/mail", (Outbox outbox, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(outbox.ListAsync(Most, caller, cancellationToken), static mails => (IReadOnlyList<Contract.Mail>)[.. mails.Select(Of)]))
            .Needs(Right.ManagePeople).WithTags("Mail").WithName("listMail").WithSummary("The latest 200 mails, newest first; without their texts");

    private static Contract.Mail Of(Mail mail) => new()
    {
        Id = mail.Id,
        Kind = mail.Kind,
        Recipient = mail.Recipient,
        Subject = mail.Subject,
        State = Word.Of(mail.State),
        Attempts = mail.Attempts,
        CreatedAt = mail.CreatedAt,
        NextAttemptAt = mail.NextAttemptAt,
        FinishedAt = mail.FinishedAt,
        LastError = mail.LastError,
    };
}
