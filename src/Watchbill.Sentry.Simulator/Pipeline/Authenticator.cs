using System.Text;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Pipeline;

/// <summary>Reads the Authorization header: a caller, or the 401 that Sentry answers.</summary>
internal static class Authenticator
{
    /// <param name="world">Where tokens are looked up.</param>
    /// <param name="header">The header's value, empty when it was not sent.</param>
    /// <param name="organization">The id or slug in the URL, or null; tokens pinned to one organization are held against it.</param>
    /// <param name="isOrganizationList">The one path without an organization that pinned tokens may use.</param>
    public static (Caller Caller, Answer? Refusal) Authenticate(World world, string header, string? organization, bool isOrganizationList)
    {
        var parts = header.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [] => (Caller.Anonymous, null),
            [var scheme, ..] when Is(scheme, "Basic") => Basic(world, parts),
            [var scheme] when Is(scheme, "Bearer") => Refuse("Invalid token header. No credentials provided."),
            [var scheme, var value] when Is(scheme, "Bearer") => Bearer(world, value, organization, isOrganizationList),
            [var scheme, ..] when Is(scheme, "Bearer") => Refuse("Invalid token header. Token string should not contain spaces."),
            _ => (Caller.Anonymous, null),
        };
    }

    private static (Caller, Answer?) Bearer(World world, string value, string? organization, bool isOrganizationList)
    {
        var token = world.FindToken(value);
        if (value.StartsWith("sntrys_", StringComparison.Ordinal))
        {
            return token is null or { IsDisabled: true } ? Refuse("Invalid org token") : Accept(world, token);
        }

        return token switch
        {
            null or { Kind: TokenKind.ApiKey } => Refuse("Invalid token"),
            _ when token.ExpiresAt <= world.Now => Refuse("Token expired"),
            { User.IsActive: false } => Refuse("User inactive or deleted"),
            { App.IsDisabled: true } => Refuse("UserApplication inactive or deleted"),
            { Kind: TokenKind.Personal, Organization: not null } when organization is null && !isOrganizationList =>
                Refuse("This token access is limited to organization endpoints."),
            { Kind: TokenKind.Personal, Organization: { } home } when organization is not null && world.Find(organization) != home =>
                Refuse("Unauthorized organization access."),
            _ => Accept(world, token),
        };
    }

    // A password makes Sentry ignore the Basic branch: legacy keys are sent with an empty one.
    private static (Caller, Answer?) Basic(World world, string[] parts)
    {
        if (parts.Length != 2 || Decode(parts[1]).Split(':', 2) is not [var key, ""])
        {
            return (Caller.Anonymous, null);
        }

        return world.FindToken(key) switch
        {
            { Kind: TokenKind.ApiKey, IsDisabled: true } => Refuse("Key is disabled"),
            { Kind: TokenKind.ApiKey } token => Accept(world, token),
            _ => Refuse("API key is not valid"),
        };
    }

    private static string Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }

    private static (Caller, Answer?) Accept(World world, Token token)
    {
        token.LastUsed = world.Now;
        return (new Caller(token), null);
    }

    private static (Caller, Answer?) Refuse(string detail) => (Caller.Anonymous, Refusals.Unauthenticated(detail));

    private static bool Is(string scheme, string name) => scheme.Equals(name, StringComparison.OrdinalIgnoreCase);
}
