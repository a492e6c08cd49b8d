using System.Text.Json;
using Watchbill.Sentry.Simulator.Paging;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>Organization tokens and legacy API keys, which live in the control silo. Secrets are masked.</summary>
internal static class CredentialRoutes
{
    public static IEnumerable<Route> All =>
    [
        Route.Get("O/org-auth-tokens/", "org:read org:write org:admin", OrganizationTokens) with { Silo = Silo.Control },
        Route.Get("O/api-keys/", "org:admin", ApiKeys) with { Silo = Silo.Control },
    ];

    /// <summary>Active tokens, those used last first.</summary>
    private static Answer OrganizationTokens(Call call) =>
        Pages.All(Of(call, TokenKind.Organization).Where(token => !token.IsDisabled).OrderByDescending(token => token.LastUsed).ToList(), WriteToken);

    private static Answer ApiKeys(Call call) => Pages.All(Of(call, TokenKind.ApiKey).ToList(), WriteKey);

    private static IEnumerable<Token> Of(Call call, TokenKind kind) =>
        call.World.Tokens.Where(token => token.Kind == kind && token.Organization == call.Organization).OrderBy(token => token.Id);

    private static void WriteToken(Utf8JsonWriter writer, Token token)
    {
        writer.WriteStartObject();
        writer.WriteId("id"u8, token.Id);
        writer.WriteString("name", token.Name);
        writer.WriteScopes("scopes"u8, token.Scopes);
        writer.WriteString("tokenLastCharacters", token.LastFour);
        writer.WriteInstant("dateCreated"u8, token.DateCreated);
        writer.WriteInstant("dateLastUsed"u8, token.LastUsed);
        writer.WriteNull("projectLastUsedId");
        writer.WriteEndObject();
    }

    private static void WriteKey(Utf8JsonWriter writer, Token token)
    {
        writer.WriteStartObject();
        writer.WriteId("id"u8, token.Id);
        writer.WriteString("label", token.Name);
        writer.WriteString("key", new string('*', 28) + token.LastFour);
        writer.WriteScopes("scope_list"u8, token.Scopes);
        writer.WriteNumber("status", token.IsDisabled ? 1 : 0);
        writer.WriteString("allowed_origins", "");
        writer.WriteEndObject();
    }
}
