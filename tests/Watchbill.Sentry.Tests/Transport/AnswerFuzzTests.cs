using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Watchbill.Testing;

namespace Watchbill.Sentry.Tests.Transport;

/// <summary>Whatever answers at the address that is said to be Sentry's, the client reads it or says in its own words what is wrong; nothing else breaks, and it ends.</summary>
public sealed class AnswerFuzzTests
{
    private const int Seed = 20261202;

    private static readonly string[] Headers = ["Link", "X-Hits", "X-Max-Hits", "X-Sentry-Rate-Limit-Remaining", "X-Sentry-Rate-Limit-Reset", "X-Sentry-Rate-Limit-ConcurrentRemaining", "Retry-After", "Location", "Content-Type"];

    private static readonly string[] Values =
    [
        """<https://sentry.io/api/0/x/?&cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", <https://sentry.io/api/0/x/?&cursor=0:100:0>; rel="next"; results="false"; cursor="0:100:0" """,
        "40", "1764460800", "application/json", "text/html; charset=utf-8", "https://elsewhere.example.com/", "Fri, 31 Dec 1999 23:59:59 GMT",
    ];

    private static readonly (string Sample, Func<SentryClient, Task> Read)[] Reads =
    [
        ("""[{"id":"7","email":"ada@example.com","name":"Ada","orgRole":"member","pending":false,"expired":false,"flags":{"sso:linked":true,"sso:invalid":false},"dateCreated":"2026-01-02T03:04:05.678901Z","user":{"id":"70","email":"ada@example.com","isActive":true,"has2fa":true,"lastActive":"2026-11-01T00:00:00Z","emails":[{"email":"ada@example.com","is_verified":true}]},"teamRoles":[{"teamSlug":"alpha","role":null}],"teams":["alpha"]}]""", static client => client.Members.List("acme").ToListAsync()),
        ("""[{"id":"1","slug":"alpha","name":"Alpha","memberCount":2,"isMember":false,"dateCreated":"2026-01-02T03:04:05Z","projects":[]}]""", static client => client.Teams.List("acme").ToListAsync()),
        ("""[{"id":"4","slug":"shop","name":"Shop","platform":"python","dateCreated":"2026-01-02T03:04:05Z","teams":[{"id":"1","slug":"alpha","name":"Alpha"}],"features":["x"],"status":"active"}]""", static client => client.Projects.ListAll("acme").ToListAsync()),
        ("""{"id":"1","slug":"acme","name":"Acme","status":{"id":"active","name":"active"},"features":["team-roles"],"openMembership":true,"require2FA":false,"links":{"organizationUrl":"https://acme.sentry.io","regionUrl":"https://us.sentry.io"},"orgRoleList":[{"id":"owner","name":"Owner","isGlobal":true,"minimumTeamRole":"admin","scopes":["org:read"]}],"teamRoleList":[{"id":"admin","name":"Team Admin","isMinimumRoleFor":"owner"}]}""", static client => client.Organizations.GetAsync("acme")),
        ("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"startIndex":1,"itemsPerPage":1,"Resources":[{"id":"1","displayName":"alpha","members":[{"value":"7","display":"ada@example.com"}],"meta":{"resourceType":"Group"}}]}""", static client => client.Scim.ListGroups("acme").ToListAsync()),
        ("""{"rows":[{"id":"9","dateCreated":"2026-01-02T03:04:05.678901Z","event":"member.add","actor":{"id":"1","name":"Ada","email":"ada@example.com"},"ipAddress":"192.0.2.1","note":"added","targetObject":3,"targetUser":null,"data":{"role":"member"}}],"options":["member.add"]}""", static client => client.AuditLogs.List("acme").ToListAsync()),
        ("""[{"id":"55","shortId":"SHOP-1","title":"KeyError","culprit":"x","level":"error","status":"unresolved","substatus":"new","count":"12","userCount":3,"firstSeen":"2026-01-02T03:04:05Z","lastSeen":"2026-02-02T03:04:05Z","project":{"id":"4","slug":"shop","name":"Shop"},"assignedTo":{"type":"team","id":"1","name":"alpha"}}]""", static client => client.Issues.List("acme").ToListAsync()),
        ("""[{"id":12,"version":"1.0","shortVersion":"1.0","dateCreated":"2026-01-02T03:04:05Z","dateReleased":null,"commitCount":2,"deployCount":1,"newGroups":0,"authors":[],"projects":[{"id":4,"slug":"shop","name":"Shop"}]}]""", static client => client.Releases.List("acme").ToListAsync()),
    ];

    [Fact]
    public async Task Answers_that_are_almost_right()
    {
        var random = new Random(Seed);
        var mutations = Reads.Select(static (read, index) => new Mutations(Seed + index, [read.Sample])).ToList();
        var headers = new Mutations(Seed, Values);
        var (status, body, sent) = (200, "", Array.Empty<(string, string)>());
        await using var scene = await Scene.StartAsync(context => WriteAsync(context, status, body, sent), static options => options with { RequestTimeout = TimeSpan.FromSeconds(20), MaxPages = 20 });
        foreach (var (sample, read) in Reads)
        {
            body = sample;
            await read(scene.Client);
        }

        var refusals = 0;
        for (var round = 0; round < Mutations.Rounds(1_500); round++)
        {
            var which = round % Reads.Length;
            body = mutations[which].Next();
            status = random.Next(10) switch { 0 => 400 + random.Next(60), 1 => 300 + random.Next(9), 2 => 500 + random.Next(5), _ => 200 };
            sent = random.Next(3) == 0 ? [(Headers[random.Next(Headers.Length)], Visible(headers.Next()))] : [];
            try
            {
                await Reads[which].Read(scene.Client).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            }
            catch (SentryException)
            {
                refusals++;
            }
            catch (Exception broken)
            {
                Assert.Fail($"Round {round} of seed {Seed} broke with {broken.GetType().Name}: {broken.Message}\n{broken.StackTrace}\n{status} {string.Join(", ", sent)}\n{JsonSerializer.Serialize(body)}");
            }
        }

        Assert.InRange(refusals, 1, Mutations.Rounds(1_500) - 1);
    }

    private static async Task WriteAsync(HttpContext context, int status, string body, (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        if (status is not 304)
        {
            await context.Response.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>A server can send no other characters in a header.</summary>
    private static string Visible(string text) => new([.. text.Where(static one => one is >= ' ' and <= '~')]);
}
