namespace Watchbill.Sentry;

/// <summary>Reads the address of a Sentry installation as a person types it.</summary>
public static class SentryAddress
{
    private const string ApiSuffix = "/api/0";

    /// <summary>
    /// Accepts <c>sentry.io</c>, <c>https://de.sentry.io</c> or a self-hosted address with an optional sub path. A missing scheme means https;
    /// a pasted <c>/api/0/</c> is dropped. The answer always ends in a slash.
    /// </summary>
    /// <exception cref="FormatException">It is no http or https address, or carries a user, a query, a fragment, or a path on sentry.io.</exception>
    public static Uri Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        var withScheme = trimmed.Contains("://", StringComparison.Ordinal) ? trimmed : "https://" + trimmed;
        if (trimmed.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '\\')
            || !Uri.TryCreate(withScheme, UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            throw new FormatException("This is no web address; give something like sentry.io or https://sentry.example.com.");
        }
        return Normalize(Check(address));
    }

    /// <summary>Whether a host is one of sentry.io's, not somebody's own.</summary>
    public static bool IsSentryCloud(string host) =>
        host.Equals("sentry.io", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".sentry.io", StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses what can never be the base of an API; <see cref="SentryClient"/> applies it again to addresses made by hand.</summary>
    internal static Uri Check(Uri address)
    {
        var refusal = address switch
        {
            { IsAbsoluteUri: false } => "The address must be absolute.",
            { Scheme: not ("http" or "https") } => "The address must start with https:// or http://.",
            { UserInfo.Length: > 0 } => "The address must not carry a user name or password.",
            { Query.Length: > 0 } => "The address must not carry a query (the part after '?').",
            { Fragment.Length: > 0 } => "The address must not carry a fragment (the part after '#').",
            _ when IsSentryCloud(address.Host) && PathOf(address).Length > 0 => "Give only the host of Sentry, without a path.",
            _ when IsSentryCloud(address.Host) && address.Scheme != "https" => "sentry.io is reached over https only.",
            _ => null,
        };
        return refusal is null ? address : throw new FormatException(refusal);
    }

    internal static Uri Normalize(Uri address) => new(address.GetLeftPart(UriPartial.Authority) + PathOf(address) + "/");

    private static string PathOf(Uri address)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        return path.EndsWith(ApiSuffix, StringComparison.Ordinal) ? path[..^ApiSuffix.Length] : path;
    }
}
