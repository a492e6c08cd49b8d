using Watchbill.Kernel;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>An address and a token whose form is right.</summary>
internal sealed record SentryCredentials(Uri Address, string Token, string TokenKind, string TokenLastFour)
{
    /// <summary>Reads both as a person typed them.</summary>
    public static Result<SentryCredentials> Parse(string address, string token)
    {
        var parsedAddress = ParseAddress(address);
        if (!parsedAddress.Succeeded)
        {
            return parsedAddress.Refusal!;
        }

        try
        {
            var parsed = SentryToken.Parse(token);
            return new SentryCredentials(parsedAddress.Value, token.Trim(), Words(parsed.Kind), parsed.LastFour);
        }
        catch (FormatException exception)
        {
            return SyncRefusals.BadToken(exception.Message);
        }
    }

    /// <summary>Reads an address as a person typed it.</summary>
    public static Result<Uri> ParseAddress(string address)
    {
        try
        {
            return SentryAddress.Parse(address);
        }
        catch (FormatException exception)
        {
            return SyncRefusals.BadAddress(exception.Message);
        }
    }

    /// <summary>The kind of a token as people call it.</summary>
    public static string Words(SentryTokenKind kind) => kind switch
    {
        SentryTokenKind.Personal => "personal token",
        SentryTokenKind.Organization => "organization token",
        SentryTokenKind.InternalIntegration => "internal integration token",
        SentryTokenKind.App => "app token",
        SentryTokenKind.Agent => "agent token",
        SentryTokenKind.Unknown => "token of an older or unknown kind",
    };

    /// <summary>The kind with its article.</summary>
    public static string WithArticle(SentryTokenKind kind) => "aeiou".Contains(Words(kind)[0]) ? $"an {Words(kind)}" : $"a {Words(kind)}";

    /// <inheritdoc/>
    public override string ToString() => $"{Address} with a {TokenKind} …{TokenLastFour}";
}
