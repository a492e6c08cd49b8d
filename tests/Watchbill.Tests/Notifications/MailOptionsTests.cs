using Watchbill.Notifications;

namespace Watchbill.Tests.Notifications;

public sealed class MailOptionsTests
{
    [Fact]
    public void Nothing_set_is_no_mail() => Assert.False(MailOptions.Read(new Dictionary<string, string?>()).IsConfigured);

    [Theory]
    [InlineData("mail.example.com", null, null, 587, MailSecurity.StartTls)]
    [InlineData("mail.example.com", null, "tls", 465, MailSecurity.Tls)]
    [InlineData("mail.example.com", "2525", "none", 2525, MailSecurity.None)]
    public void What_is_not_said_has_a_usual_value(string host, string? port, string? tls, int expectedPort, MailSecurity expected)
    {
        var options = MailOptions.Read(new Dictionary<string, string?> { ["SMTP_HOST"] = host, ["SMTP_PORT"] = port, ["SMTP_TLS"] = tls, ["SMTP_FROM"] = "watchbill@example.com" });

        Assert.Equal((host, expectedPort, expected), (options.Host, options.Port, options.Security));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_and_no_password_with_it()
    {
        var settings = new Dictionary<string, string?>
        {
            ["SMTP_HOST"] = "smtp://mail.example.com",
            ["SMTP_PORT"] = "mail",
            ["SMTP_TLS"] = "none",
            ["SMTP_PASSWORD"] = "hunter2",
        };

        var message = Assert.Throws<MailSettingsException>(() => MailOptions.Read(settings)).Message;

        foreach (var name in (string[])["SMTP_HOST is", "SMTP_PORT is", "SMTP_FROM is", "SMTP_USER and SMTP_PASSWORD", "SMTP_PASSWORD is not sent in clear"])
        {
            Assert.Contains(name, message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
        Assert.Contains("SMTP_HOST is missing", Assert.Throws<MailSettingsException>(() => MailOptions.Read(new Dictionary<string, string?> { ["SMTP_FROM"] = "a@example.com" })).Message, StringComparison.Ordinal);
    }
}
