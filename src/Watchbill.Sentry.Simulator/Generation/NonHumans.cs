using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Generation;

/// <summary>Internal integrations with their tokens, an installed public app, an organization token and installed integrations.</summary>
internal sealed class NonHumans(Draft draft)
{
    public void Generate()
    {
        var scopes = new Dictionary<string, string>
        {
            ["Release Bot"] = "org:read project:read project:releases",
            ["Access Auditor"] = "org:read member:read team:read project:read event:read",
            ["Old Importer"] = "org:admin member:admin team:admin project:admin event:admin",
        };
        foreach (var (name, held) in draft.Organization.Region == WorldGenerator.FirstRegion ? scopes : scopes.Take(1))
        {
            AddToken(AddApp(name, SentryApp.Internal, held, isOwned: true));
        }

        AddApp("Standup Tracker", "published", "event:read project:read", isOwned: false);
        AddOrganizationToken();
        AddIntegrations();
    }

    private SentryApp AddApp(string name, string status, string scopes, bool isOwned)
    {
        var slug = name.ToLowerInvariant().Replace(' ', '-') + "-" + draft.Organization.Slug;
        var proxy = new User { Id = draft.World.NextUserId(), Email = slug + "@proxy.example.com", Name = name, DateJoined = draft.Today.AddDays(-200) };
        draft.World.Keep(proxy);
        var app = new SentryApp
        {
            Id = draft.World.NextId(),
            Uuid = draft.World.NextGuid(),
            InstallationUuid = draft.World.NextGuid(),
            Slug = slug,
            Name = name,
            Status = status,
            Scopes = ScopeSet.Parse(scopes).Expanded(),
            ProxyUser = proxy,
            IsOwned = isOwned,
        };
        draft.Organization.Apps.Add(app);
        return app;
    }

    private void AddToken(SentryApp app) => draft.World.Keep(new Token
    {
        Id = draft.World.NextId(),
        Value = "sntryi_" + draft.World.Secret(64),
        Kind = TokenKind.InternalIntegration,
        Scopes = app.Scopes,
        App = app,
        User = app.ProxyUser,
        Organization = draft.Organization,
        DateCreated = draft.Today.AddDays(-150),
    });

    private void AddOrganizationToken() => draft.World.Keep(new Token
    {
        Id = draft.World.NextId(),
        Value = "sntrys_generated_" + draft.World.Secret(43),
        Kind = TokenKind.Organization,
        Scopes = ScopeSet.Parse("org:ci"),
        Organization = draft.Organization,
        Name = "release pipeline",
        DateCreated = draft.Today.AddDays(-120),
        LastUsed = draft.Today.AddDays(-1),
    });

    private void AddIntegrations() => draft.Organization.Integrations.AddRange(
    [
        new Integration(draft.World.NextId(), "slack", "Slack", draft.Organization.Name + " Chat", draft.Organization.Slug + ".chat.example.com")
        {
            Scopes = ["channels:read", "chat:write"],
            Features = ["alert-rule", "chat-unfurl"],
        },
        new Integration(draft.World.NextId(), "github", "GitHub", draft.Organization.Slug, "code.example.com/" + draft.Organization.Slug)
        {
            AccountType = "Organization",
            Features = ["codeowners", "commits", "issue-basic", "stacktrace-link"],
        },
    ]);
}
