using System.Globalization;
using MimeKit;
using Watchbill.Kernel;

namespace Watchbill.Notifications;

/// <summary>How the way to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>The connection becomes TLS before anything is said, or nothing is sent. The default.</summary>
    StartTls,

    /// <summary>TLS from the first byte, usually port 465.</summary>
    Tls,

    /// <summary>In clear, for a server on the same machine or network only. A password is not sent over it.</summary>
    None,
}

/// <summary>The mail server. Without one nothing is mailed, and links are shown to be copied.</summary>
public sealed record MailOptions
{
    /// <summary>The server's name; null when mail is not configured. Setting <c>SMTP_HOST</c>.</summary>
    public string? Host { get; init; }

    /// <summary>Its port. Setting <c>SMTP_PORT</c>; <value>587, or 465 with TLS</value>.</summary>
    public int Port { get; init; }

    /// <summary>How the way is protected. Setting <c>SMTP_TLS</c>: <c>starttls</c>, <c>tls</c> or <c>none</c>.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>The user to sign in as; null for none. Setting <c>SMTP_USER</c>.</summary>
    public string? User { get; init; }

    /// <summary>The user's password. Setting <c>SMTP_PASSWORD</c>.</summary>
    public string? Password { get; init; }

    /// <summary>Whom mail comes from, for example <c>Watchbill &lt;watchbill@example.com&gt;</c>. Setting <c>SMTP_FROM</c>.</summary>
    public string? From { get; init; }

    /// <summary>How long one exchange with the server may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether there is a mail server.</summary>
    public bool IsConfigured => Host is not null;

    /// <summary>Reads the settings.</summary>
    /// <param name="settings">Settings by name, without the prefix of the environment.</param>
    /// <exception cref="MailSettingsException">Some are wrong; the message names each, and no value that is secret.</exception>
    public static MailOptions Read(IReadOnlyDictionary<string, string?> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        List<string> problems = [];
        var host = settings.Text("SMTP_HOST");
        var security = SecurityOf(settings.Text("SMTP_TLS"), problems);
        var options = new MailOptions
        {
            Host = host,
            Security = security,
            Port = PortOf(settings.Text("SMTP_PORT"), security, problems),
            User = settings.Text("SMTP_USER"),
            Password = settings.Text("SMTP_PASSWORD"),
            From = settings.Text("SMTP_FROM"),
        };
        problems.AddRange(Contradictions(options));
        return problems.Count == 0 ? options : throw new MailSettingsException(problems);
    }

    /// <inheritdoc/>
    public override string ToString() => IsConfigured ? $"mail over {Host}:{Port}" : "no mail";

    private static MailSecurity SecurityOf(string? text, List<string> problems)
    {
        switch (text?.ToLowerInvariant())
        {
            case null or "starttls":
                return MailSecurity.StartTls;
            case "tls":
                return MailSecurity.Tls;
            case "none":
                return MailSecurity.None;
            default:
                problems.Add("SMTP_TLS is starttls, tls or none.");
                return MailSecurity.StartTls;
        }
    }

    private static int PortOf(string? text, MailSecurity security, List<string> problems)
    {
        if (text is null)
        {
            return security is MailSecurity.Tls ? 465 : 587;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535)
        {
            return port;
        }

        problems.Add("SMTP_PORT is a number from 1 to 65535.");
        return 0;
    }

    private static IEnumerable<string> Contradictions(MailOptions options)
    {
        if (!options.IsConfigured)
        {
            if ((options.User ?? options.Password ?? options.From) is not null)
            {
                yield return "SMTP_HOST is missing, although other mail settings are given.";
            }

            yield break;
        }

        if (Uri.CheckHostName(options.Host) is UriHostNameType.Unknown)
        {
            yield return "SMTP_HOST is the name or address of a mail server, without port or scheme.";
        }

        if (!MailboxAddress.TryParse(options.From, out _))
        {
            yield return "SMTP_FROM is the address that mail comes from, for example: Watchbill <watchbill@example.com>.";
        }

        if (options.User is null != options.Password is null)
        {
            yield return "SMTP_USER and SMTP_PASSWORD belong together.";
        }

        if (options is { Security: MailSecurity.None, Password: not null })
        {
            yield return "SMTP_PASSWORD is not sent in clear: use SMTP_TLS=starttls or tls.";
        }
    }
}

/// <summary>Mail settings are wrong. The message names each problem and holds no secret.</summary>
public sealed class MailSettingsException(IReadOnlyList<string> problems)
    : SettingsException($"The settings of mail are wrong. {string.Join(' ', problems)}");
