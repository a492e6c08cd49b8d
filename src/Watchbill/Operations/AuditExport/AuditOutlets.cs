using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Watchbill.Kernel;

namespace Watchbill.Operations.AuditExport;

/// <summary>Where audit events are handed on to, as they happen.</summary>
public sealed record AuditOutletOptions
{
    /// <summary>A syslog server (RFC 5424 over TCP or TLS, octet counting); null for none. Setting <c>AUDIT_SYSLOG</c>, <c>tls://HOST:6514</c> or <c>tcp://HOST:601</c>.</summary>
    public Uri? Syslog { get; init; }

    /// <summary>An address that takes lines of JSON by POST; null for none. Setting <c>AUDIT_WEBHOOK</c>.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>The value of the header <c>Authorization</c> that goes with it; a secret. Setting <c>AUDIT_WEBHOOK_AUTHORIZATION</c>.</summary>
    public string? WebhookAuthorization { get; init; }

    /// <summary>Whether there is any.</summary>
    public bool IsConfigured => Syslog is not null || Webhook is not null;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="AuditOutletSettingsException">Some are wrong; the message names each, and no secret.</exception>
    public static AuditOutletOptions Read(IReadOnlyDictionary<string, string?> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var (syslog, webhook) = (Address("AUDIT_SYSLOG"), Address("AUDIT_WEBHOOK"));
        return syslog is not null && (syslog.Scheme is not ("tls" or "tcp") || syslog.Port <= 0 || syslog.PathAndQuery.Trim('/').Length > 0)
            ? throw new AuditOutletSettingsException("AUDIT_SYSLOG is tls://HOST:PORT or tcp://HOST:PORT, for example tls://syslog.example.com:6514. Over UDP events would be lost unseen.")
            : webhook is not null && webhook.Scheme is not "https" && !(webhook.Scheme is "http" && webhook.IsLoopback)
                ? throw new AuditOutletSettingsException("AUDIT_WEBHOOK is an https address.")
                : new AuditOutletOptions { Syslog = syslog, Webhook = webhook, WebhookAuthorization = settings.Text("AUDIT_WEBHOOK_AUTHORIZATION") };

        Uri? Address(string name) => settings.Text(name) is not { } text ? null : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo == "" ? address
            : throw new AuditOutletSettingsException($"{name} is no address, or holds a user.");
    }

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"audit events to {Syslog} {Webhook}".TrimEnd();
}

/// <summary>The settings of handing audit events on are wrong; the message names which.</summary>
public sealed class AuditOutletSettingsException(string message) : SettingsException(message);

/// <summary>Somewhere that takes audit events.</summary>
internal interface IAuditOutlet
{
    /// <summary>Its name in the database.</summary>
    string Name { get; }

    /// <summary>Hands events over; when it returns, they were taken.</summary>
    /// <exception cref="IOException">They were not taken, or not all; they are sent again.</exception>
    Task SendAsync(IReadOnlyList<SealedEvent> events, CancellationToken cancellationToken);
}

/// <summary>Lines of OCSF by POST.</summary>
internal sealed class WebhookOutlet(Uri address, string? authorization) : IAuditOutlet, IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public string Name => "webhook";

    public async Task SendAsync(IReadOnlyList<SealedEvent> events, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(string.Concat(events.Select(static one => AuditFeed.Line(one, AuditForm.Ocsf) + "\n")), Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson")),
        };
        if (authorization is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        try
        {
            using var answer = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new IOException($"The webhook for audit events answers {(int)answer.StatusCode}.");
            }
        }
        catch (HttpRequestException unreachable)
        {
            throw new IOException($"The webhook for audit events cannot be reached: {unreachable.HttpRequestError}.", unreachable);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The webhook for audit events does not answer within 30 seconds.");
        }
    }

    public void Dispose() => _client.Dispose();
}

/// <summary>Syslog messages with OCSF in them, one connection for each batch: what a connection lost is known at once.</summary>
internal sealed class SyslogOutlet(Uri address) : IAuditOutlet
{
    /// <summary>Facility 13 (log audit), severity 6 (informational).</summary>
    private const int Priority = (13 * 8) + 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "syslog";

    public async Task SendAsync(IReadOnlyList<SealedEvent> events, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(address.Host, address.Port, patience.Token);
            await using Stream stream = await OpenAsync(connection, patience.Token);
            foreach (var one in events)
            {
                await stream.WriteAsync(Frame(one), patience.Token);
            }

            await stream.FlushAsync(patience.Token);
            connection.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or System.Security.Authentication.AuthenticationException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new IOException($"The syslog server for audit events cannot be used: {exception.Message}", exception);
        }
    }

    private async Task<Stream> OpenAsync(TcpClient connection, CancellationToken cancellationToken)
    {
        if (address.Scheme == "tcp")
        {
            return connection.GetStream();
        }

        var secure = new SslStream(connection.GetStream());
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken);
        return secure;
    }

    /// <summary>RFC 5424, counted as RFC 6587 says.</summary>
    private static byte[] Frame(SealedEvent one)
    {
        var message = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"<{Priority}>1 {one.Event.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'} {Environment.MachineName} watchbill {Environment.ProcessId} {one.Event.Action} - {AuditFeed.Line(one, AuditForm.Ocsf)}"));
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.Length} ")), .. message];
    }
}
