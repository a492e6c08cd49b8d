using System.Text.RegularExpressions;

namespace Watchbill.Sentry;

/// <summary>An authentication token for Sentry's API. The secret never leaves this type through its text, its properties or a serializer.</summary>
public sealed partial class SentryToken
{
    private const int MaxLength = 4096;

    /// <summary>A shorter token would be given away by showing its end.</summary>
    private const int ShortestWithVisibleEnd = 16;

    private static readonly (string Prefix, SentryTokenKind Kind)[] Prefixes =
    [
        ("sntryu_", SentryTokenKind.Personal),
        ("sntrys_", SentryTokenKind.Organization),
        ("sntryi_", SentryTokenKind.InternalIntegration),
        ("sntryag_", SentryTokenKind.Agent),
        ("sntrya_", SentryTokenKind.App),
    ];

    private readonly string _secret;
    private readonly OrganizationTokenBody? _organizationBody;

    private SentryToken(string secret)
    {
        _secret = secret;
        var (prefix, kind) = Prefixes.FirstOrDefault(known => secret.StartsWith(known.Prefix, StringComparison.Ordinal));
        Kind = kind;
        LastFour = secret.Length >= ShortestWithVisibleEnd ? secret[^4..] : "";
        var body = secret[(prefix?.Length ?? 0)..];
        _organizationBody = kind == SentryTokenKind.Organization ? OrganizationTokenBody.Parse(body) : null;
        LooksTruncated = kind switch
        {
            SentryTokenKind.Organization => _organizationBody is not { IsComplete: true },
            SentryTokenKind.Personal or SentryTokenKind.InternalIntegration or SentryTokenKind.App => !HexBody.IsMatch(body),
            _ => false,
        };
    }

    /// <summary>What the prefix says; older tokens carry none and are <see cref="SentryTokenKind.Unknown"/>, yet valid.</summary>
    public SentryTokenKind Kind { get; }

    /// <summary>The last four characters, for people to recognise the token; empty when the token is too short to show any.</summary>
    public string LastFour { get; }

    /// <summary>True when the prefix is known but what follows cannot be whole: the token was most likely copied only in part.</summary>
    public bool LooksTruncated { get; }

    /// <summary>The organization's slug inside an organization token; null for every other kind, or when it cannot be read. A hint, not a proof.</summary>
    public string? OrganizationSlug => _organizationBody?.Organization;

    /// <summary>The region address inside an organization token; null as for <see cref="OrganizationSlug"/>. Never used as a destination.</summary>
    public string? RegionUrl => _organizationBody?.RegionUrl;

    [GeneratedRegex("^[0-9a-fA-F]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex HexBody { get; }

    /// <summary>Reads a token as a person pasted it; white space around it is dropped.</summary>
    /// <exception cref="FormatException">It is empty, longer than 4096 characters, or holds white space or other characters a header cannot carry.</exception>
    public static SentryToken Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var secret = text.Trim();
        if (secret.Length == 0)
        {
            throw new FormatException("The token is empty.");
        }
        if (secret.Length > MaxLength)
        {
            throw new FormatException($"The token is longer than {MaxLength} characters; paste only the token.");
        }
        if (secret.Any(char.IsWhiteSpace))
        {
            throw new FormatException("The token has white space inside; paste only the token.");
        }
        if (!secret.All(c => c is > ' ' and < '\x7f'))
        {
            throw new FormatException("The token holds a character that no Sentry token has; paste it again.");
        }
        return new(secret);
    }

    /// <summary>The kind and the last characters; never the secret.</summary>
    public override string ToString() => $"{Kind} token …{LastFour}";

    internal string Reveal() => _secret;
}
