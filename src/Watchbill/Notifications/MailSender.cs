using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Watchbill.Notifications;

/// <summary>How giving one mail to the server ended.</summary>
/// <param name="Taken">Whether the server took it over.</param>
/// <param name="IsFinal">Whether trying again is of no use.</param>
/// <param name="Error">Why it was not taken, in one sentence without secrets; null when it was.</param>
internal sealed record MailDelivery(bool Taken, bool IsFinal, string? Error)
{
    public static MailDelivery Done { get; } = new(Taken: true, IsFinal: true, Error: null);

    public static MailDelivery Later(string error) => new(Taken: false, IsFinal: false, error);

    public static MailDelivery Never(string error) => new(Taken: false, IsFinal: true, error);
}

/// <summary>A mail that is ready to go out.</summary>
internal sealed record ReadyMail(long Id, string Recipient, string Subject, MailText Text);

/// <summary>
/// One conversation with the mail server, for a batch. The server's own words are not kept: some repeat what they were sent, addresses and
/// passwords included; its status code says enough.
/// </summary>
internal sealed class MailSender(MailOptions options, TimeProvider clock) : IDisposable
{
    private readonly SmtpClient _server = new() { Timeout = (int)options.Timeout.TotalMilliseconds };

    /// <summary>Connects and signs in.</summary>
    /// <returns>Why that failed; null when it did not.</returns>
    public async Task<string?> ConnectAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Timeout);
        try
        {
            await _server.ConnectAsync(options.Host!, options.Port, SocketOptionsOf(options.Security), deadline.Token);
            if (options.User is not null)
            {
                await _server.AuthenticateAsync(options.User, options.Password!, deadline.Token);
            }

            return null;
        }
        catch (Exception exception) when (Explain(exception, cancellationToken) is { } explained)
        {
            return explained;
        }
    }

    /// <summary>Gives one mail to the server.</summary>
    public async Task<MailDelivery> SendAsync(ReadyMail mail, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Timeout);
        try
        {
            using var message = MessageOf(mail);
            await _server.SendAsync(message, deadline.Token);
            return MailDelivery.Done;
        }
        catch (SmtpCommandException refused) when ((int)refused.StatusCode is >= 500 and < 600)
        {
            return MailDelivery.Never($"The mail server refused it for good (status {(int)refused.StatusCode}).");
        }
        catch (Exception exception) when (Explain(exception, cancellationToken) is { } explained)
        {
            return MailDelivery.Later(explained);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();

    /// <summary>Null for what is no trouble with the server: being told to stop, and bugs.</summary>
    private string? Explain(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        OperationCanceledException or TimeoutException => $"The mail server did not answer within {options.Timeout.TotalSeconds:0} seconds.",
        SslHandshakeException => "The mail server's certificate is not trusted, or it speaks no TLS that is safe.",
        AuthenticationException or SaslException => "The mail server does not accept the user and password.",
        SmtpCommandException refused => $"The mail server could not take it now (status {(int)refused.StatusCode}).",
        NotSupportedException => "The mail server does not offer the TLS that SMTP_TLS asks for.",
        SocketException or IOException or ProtocolException or ServiceNotConnectedException => "The mail server cannot be reached, or broke off.",
        _ => null,
    };

    private MimeMessage MessageOf(ReadyMail mail)
    {
        var from = MailboxAddress.Parse(options.From!);
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = clock.GetUtcNow(),

            // The same for every try: a mail that went out twice, because the process died in between, is recognised as one.
            MessageId = $"watchbill-{mail.Id}@{from.Domain}",
            Body = new BodyBuilder { TextBody = mail.Text.Plain, HtmlBody = mail.Text.Html }.ToMessageBody(),
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress("", mail.Recipient));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static SecureSocketOptions SocketOptionsOf(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
    };
}
