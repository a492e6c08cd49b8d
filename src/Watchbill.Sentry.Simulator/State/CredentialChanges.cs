using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Watchbill.Sentry.Simulator.Permissions;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>Creating and ending the credentials that act on an organization.</summary>
public static class CredentialChanges
{
    /// <summary>
    /// Creates a credential and returns its secret text. A personal token acts as <paramref name="userId"/>, or as the first owner. An
    /// integration or app token gets an app of its own with these scopes. An organization token always holds <c>org:ci</c>, whatever is asked.
    /// </summary>
    public static string IssueToken(this Organization organization, TokenKind kind, long? userId = null, params IEnumerable<string> scopes)
    {
        var asked = ScopeSet.Of(scopes);
        return kind switch
        {
            TokenKind.Personal => organization.World.IssuePersonalToken(
                userId is { } id ? organization.World.User(id) : organization.Locked(() => organization.DefaultActor).User!, asked).Value,
            TokenKind.InternalIntegration => organization.IssueToken(organization.AddSentryApp($"Automation {organization.SentryApps.Count + 1}", asked)),
            TokenKind.App => organization.IssueToken(organization.AddSentryApp($"App {organization.SentryApps.Count + 1}", asked, "unpublished")),
            TokenKind.Organization => organization.IssueOrganizationToken("ci"),
            TokenKind.ApiKey => organization.IssueApiKey("legacy", asked),
        };
    }

    /// <summary>Creates an application together with the account it acts as, installed in this organization.</summary>
    public static SentryApp AddSentryApp(this Organization organization, string name, ScopeSet scopes, string status = SentryApp.Internal)
    {
        lock (organization.Gate)
        {
            var world = organization.World;
            var slug = name.ToLowerInvariant().Replace(' ', '-');
            var app = new SentryApp
            {
                Id = world.NextId(),
                Uuid = world.NextGuid(),
                InstallationUuid = world.NextGuid(),
                Slug = slug,
                Name = name,
                Status = status,
                Scopes = scopes.Expanded(),
                ProxyUser = world.AddUser($"{slug}@proxy.example.com", name),
            };
            organization.Apps.Add(app);
            if (status == SentryApp.Internal)
            {
                organization.Record("internal-integration.create", organization.Id, "created internal integration " + name, "name", name);
            }
            else
            {
                organization.Record("sentry-app.add", organization.Id, "created sentry app " + name, "sentry_app", name);
            }

            return app;
        }
    }

    /// <summary>Creates a further token of an application.</summary>
    public static string IssueToken(this Organization organization, SentryApp app)
    {
        var kind = app.Status == SentryApp.Internal ? TokenKind.InternalIntegration : TokenKind.App;
        var world = organization.World;
        var value = (kind == TokenKind.InternalIntegration ? "sntryi_" : "sntrya_") + world.Secret(64);
        world.Keep(new Token
        {
            Id = world.NextId(),
            Value = value,
            Kind = kind,
            Scopes = app.Scopes,
            App = app,
            User = app.ProxyUser,
            Organization = organization,
            DateCreated = world.Now,
        });
        lock (organization.Gate)
        {
            organization.Record("internal-integration.add-token", app.Id, "created a token for internal integration " + app.Name, "sentry_app", app.Slug);
        }

        return value;
    }

    /// <summary>Creates an organization token. Its text carries the organization's slug and region, as Sentry's do.</summary>
    public static string IssueOrganizationToken(this Organization organization, string name)
    {
        var world = organization.World;
        var issued = world.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var regionUrl = world.RegionUrl(organization.Region);
        var facts = new JsonObject { ["iat"] = issued, ["url"] = world.ControlUrl, ["region_url"] = regionUrl, ["org"] = organization.Slug };
        var value = $"sntrys_{Convert.ToBase64String(Encoding.UTF8.GetBytes(facts.ToJsonString()))}_{world.Secret(43)}";
        world.Keep(new Token
        {
            Id = world.NextId(),
            Value = value,
            Kind = TokenKind.Organization,
            Scopes = ScopeSet.Parse("org:ci"),
            Organization = organization,
            Name = name,
            DateCreated = world.Now,
        });
        lock (organization.Gate)
        {
            organization.Record("org-auth-token.create", null, "created org auth token " + name, "name", name);
        }

        return value;
    }

    private static string IssueApiKey(this Organization organization, string label, ScopeSet scopes)
    {
        var world = organization.World;
        var token = new Token
        {
            Id = world.NextId(),
            Value = world.Secret(32),
            Kind = TokenKind.ApiKey,
            Scopes = scopes.Expanded(),
            Organization = organization,
            Name = label,
            DateCreated = world.Now,
        };
        world.Keep(token);
        lock (organization.Gate)
        {
            organization.Record("api-key.create", token.Id, "added api key " + label, "label", label);
        }

        return token.Value;
    }

    private static void Record(this Organization organization, string name, long? target, string note, string key, string value) =>
        organization.Audit.Append(name, organization.DefaultActor, row =>
            row with { Note = note, TargetObject = target, Details = new JsonObject { [key] = value } });
}
