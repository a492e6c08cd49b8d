using System.Net;

namespace Watchbill.Sentry.Simulator.Tests.Contract;

/// <summary>Every answer of the simulator against Sentry's own document: operation, status and body.</summary>
public sealed class ContractTests : Simulated
{
    private static readonly Lazy<SentryDocument> Document = new(SentryDocument.Load);

    [Fact]
    public async Task Organization_Answers_FitTheDocument()
    {
        await Check(HttpMethod.Get, "/api/0/organizations/");
        await Check(HttpMethod.Get, O, "?detailed=0&include_feature_flags=1");
        await Check(HttpMethod.Put, O, body: """{"require2FA":false}""");
        await Check(HttpMethod.Get, O + "user-teams/");
    }

    [Fact]
    public async Task Members_Answers_FitTheDocument()
    {
        var member = $"{O}members/{Fixtures.TeamAdmin!.Id}/";
        await Check(HttpMethod.Get, O + "members/");
        await Check(HttpMethod.Get, member);
        await Check(HttpMethod.Post, O + "members/", body: """{"email":"new@example.org","orgRole":"member","teamRoles":[{"teamSlug":"2024","role":"contributor"}]}""");
        await Check(HttpMethod.Put, member, body: """{"orgRole":"manager","teamRoles":[{"teamSlug":"2024","role":"admin"}]}""");
        await Check(HttpMethod.Post, member + "teams/archive-crew/", expected: HttpStatusCode.Created);
        await Check(HttpMethod.Post, member + "teams/archive-crew/", expected: HttpStatusCode.NoContent);
        await Check(HttpMethod.Put, member + "teams/archive-crew/", body: """{"teamRole":"contributor"}""");
        await Check(HttpMethod.Delete, member + "teams/archive-crew/", expected: HttpStatusCode.OK);
        await Check(HttpMethod.Delete, member, expected: HttpStatusCode.NoContent);
        await Check(HttpMethod.Delete, member, expected: HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Teams_Answers_FitTheDocument()
    {
        await Check(HttpMethod.Get, O + "teams/");
        await Check(HttpMethod.Get, O + "teams/", "?detailed=0");
        await Check(HttpMethod.Post, O + "teams/", body: """{"slug":"night-watch"}""");
        await Check(HttpMethod.Post, O + "teams/", body: """{"slug":"night-watch"}""", expected: HttpStatusCode.Conflict);
        await Check(HttpMethod.Get, T + "2024/", "?expand=projects");
        await Check(HttpMethod.Put, T + "night-watch/", body: """{"slug":"day-watch","name":"Day Watch"}""");
        await Check(HttpMethod.Get, T + "2024/members/");
        await Check(HttpMethod.Get, T + "idp-engineering/members/");
        await Check(HttpMethod.Get, T + "2024/projects/");
        await Check(HttpMethod.Post, T + "2024/projects/", body: """{"name":"Sky Map"}""");
        await Check(HttpMethod.Delete, T + "day-watch/", expected: HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Projects_Answers_FitTheDocument()
    {
        await Check(HttpMethod.Get, O + "projects/");
        await Check(HttpMethod.Get, P + "404/");
        await Check(HttpMethod.Get, P + "forgotten-importer/");
        await Check(HttpMethod.Put, P + "404/", body: """{"name":"Not Found"}""");
        await Check(HttpMethod.Get, P + "404/teams/");
        await Check(HttpMethod.Get, P + "404/members/");
        await Check(HttpMethod.Post, P + "404/teams/2024/");
        await Check(HttpMethod.Delete, P + "404/teams/2024/", expected: HttpStatusCode.OK);
        await Check(HttpMethod.Delete, P + "404/", expected: HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task ClientKeys_Answers_FitTheDocument()
    {
        await Check(HttpMethod.Get, O + "project-keys/");
        var created = await Check(HttpMethod.Post, P + "404/keys/", body: """{"name":"Mobile","rateLimit":{"window":60,"count":10}}""");
        var key = $"{P}404/keys/{created["id"].GetString()}/";
        await Check(HttpMethod.Get, P + "404/keys/");
        await Check(HttpMethod.Get, key);
        await Check(HttpMethod.Put, key, body: """{"isActive":false}""");
        await Check(HttpMethod.Delete, key, expected: HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Scim_Answers_FitTheDocument()
    {
        await Check(HttpMethod.Get, O + "scim/v2/Users");
        var user = $"{O}scim/v2/Users/{(await Check(HttpMethod.Post, O + "scim/v2/Users", body: """{"userName":"scim@example.org"}"""))["id"].GetString()}";
        await Check(HttpMethod.Get, user);
        await Check(HttpMethod.Patch, user, body: """{"Operations":[{"op":"replace","path":"active","value":false}]}""", expected: HttpStatusCode.NoContent);
        await Check(HttpMethod.Delete, user, expected: HttpStatusCode.NotFound);
        await Check(HttpMethod.Get, O + "scim/v2/Groups");
        var group = $"{O}scim/v2/Groups/{(await Check(HttpMethod.Post, O + "scim/v2/Groups", body: """{"displayName":"Sky Team"}"""))["id"].GetString()}";
        await Check(HttpMethod.Get, group);
        await Check(HttpMethod.Patch, group, body: """{"Operations":[{"op":"replace","path":"displayName","value":"Sea Team"}]}""", expected: HttpStatusCode.NoContent);
        await Check(HttpMethod.Delete, group, expected: HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Integrations_Answers_FitTheDocument()
    {
        await Check(HttpMethod.Get, O + "integrations/");
        await Check(HttpMethod.Get, O + "sentry-apps/");
        await Check(HttpMethod.Get, O + "sentry-app-installations/");
        await Check(HttpMethod.Get, "/api/0/sentry-apps/release-bot-acme/");
    }

    private async Task<Reply> Check(HttpMethod method, string path, string query = "", string? body = null, HttpStatusCode? expected = null)
    {
        var reply = await AsOwner().Send(method, path + query, body);
        var usual = method == HttpMethod.Post ? HttpStatusCode.Created : HttpStatusCode.OK;
        Assert.True(reply.Status == (expected ?? usual), $"{method} {path} answered {(int)reply.Status} {reply.Body}");
        var document = Document.Value;
        var faults = await document.FindFaults(method, path, reply);
        var template = document.TemplateOf(path) ?? path;
        foreach (var fault in faults)
        {
            Assert.True(Deviations.Find(method, template, fault) is not null, $"{method} {template}: {fault}");
        }

        return reply;
    }
}
