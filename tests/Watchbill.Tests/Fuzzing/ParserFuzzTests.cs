using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Watchbill.Api;
using Watchbill.Compliance.Frameworks;
using Watchbill.Integrity;
using Watchbill.People.Identities;
using Watchbill.People.Identities.Scim;
using Watchbill.Requests.Files;
using Watchbill.Testing;

namespace Watchbill.Tests.Fuzzing;

/// <summary>
/// What comes from outside and is almost right is read or refused; it never breaks anything. Bounded here, longer with <c>WATCHBILL_FUZZ_ROUNDS</c>. A failure names the seed and shows the text.
/// </summary>
public sealed class ParserFuzzTests
{
    private static readonly int Rounds = Mutations.Rounds(3_000);

    [Fact]
    public void Filters_of_identity_providers() => Fuzz(
        ["""userName eq "ada@example.com" """, """externalId eq "00u1" and active eq true""", """(emails.value co "x") or not (name.familyName sw "É")""", "id pr"],
        static text => ScimFilter.Parse(text));

    [Fact]
    public void Patches_of_identity_providers() => Fuzz(
        [
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":{"active":false}}]}""",
            """{"Operations":[{"op":"Add","path":"emails[type eq \"work\"].value","value":"bo@example.com"},{"op":"Remove","path":"name.givenName"},{"op":"Replace","path":"active","value":"False"}]}""",
        ],
        static text =>
        {
            if (Json(text) is { } patch)
            {
                var resource = JsonNode.Parse("""{"userName":"ada@example.com","active":true,"emails":[{"type":"work","value":"ada@example.com"}],"name":{"givenName":"Ada"}}""")!.AsObject();
                var applied = ScimPatch.Apply(resource, patch);
                if (applied.Succeeded)
                {
                    ScimResource.Read(ScimResource.Keep(applied.Value), "key");
                }
            }
        });

    [Fact]
    public void Patches_of_groups() => Fuzz(
        [
            """{"Operations":[{"op":"replace","value":{"id":"g1","displayName":"Audit"}},{"op":"Add","path":"members","value":[{"value":"p1"},{"value":"p2"}]}]}""",
            """{"Operations":[{"op":"remove","path":"members[value eq \"p1\"]"},{"op":"remove","path":"members","value":[{"value":"p2"}]},{"op":"replace","path":"externalId","value":"x"}]}""",
        ],
        static text =>
        {
            if (Json(text) is { } patch)
            {
                ScimGroupPatch.Apply(new ScimGroupDraft("Audit", null, new HashSet<string> { "p1" }), patch);
                ScimGroupDraft.Read(patch);
            }
        });

    [Fact]
    public void People_of_identity_providers() => Fuzz(
        ["""{"userName":"ada@example.com","name":{"formatted":"Ada","familyName":"E"},"emails":[{"primary":true,"value":"ada@example.com"}],"active":"True","externalId":"1","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"2"},"department":"R"}}"""],
        static text =>
        {
            if (Json(text) is { } person)
            {
                ScimResource.Read(ScimResource.Keep(person), "key");
            }
        });

    [Fact]
    public void Files_of_people() => Fuzz(
        ["email,name,manager,department\nada@example.com,Ada,bo@example.com,Research\nbo@example.com,\"Bo, the second\",,\n", "E-Mail;Name;Status\nada@example.com;\"A \"\"x\"\" B\";active\n"],
        static text => IdentityFile.Read(text, FileColumns.Guess));

    [Fact]
    public void Policies() => Fuzz(
        ["policies:\n  - name: On call\n    kinds: [team-membership]\n    longestMinutes: 480\n    steps:\n      - rules: [team-admin]\n        needed: 1\n    automatic:\n      upToMinutes: 60\n      timeZone: Europe/Berlin\n"],
        static text => PolicyDocument.FromYaml(text));

    [Fact]
    public void Frameworks() => Fuzz(
        ["id: mine\nname: Mine\nedition: \"1\"\nsource: us\ncontrolCount: 1\ncontrols:\n  - id: A.1\n    title: Accounts\n    theme: access\n    checks: [member-inactive]\n"],
        static text => FrameworkText.OfYaml(text));

    [Fact]
    public void Entries_of_the_log() => Fuzz(
        ["""{"id":1,"at":"2026-11-30T00:00:00.000000Z","action":"signed-in","salt":"AAAA","sha256":"0000"}"""],
        static text => LogEntry.Parse(text));

    [Fact]
    public void Cursors() => Fuzz(
        [ACursor(0), ACursor(100), "MS4xMDAuMC5hYmMu", ""],
        static text => Cursor.Of(new DefaultHttpContext().Request, text));

    private static string ACursor(long position) => new Cursor(position, DateTimeOffset.UnixEpoch) { After = position == 0 ? null : "key/é" }.For(new DefaultHttpContext().Request);

    /// <summary>The endpoint reads the JSON like this, and refuses what is none, before it gets here.</summary>
    private static JsonObject? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static void Fuzz(IReadOnlyList<string> samples, Action<string> read)
    {
        const int seed = 20261130;
        var mutations = new Mutations(seed, samples);
        for (var round = 0; round < Rounds; round++)
        {
            var text = mutations.Next();
            try
            {
                read(text);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Round {round} of seed {seed} broke with {exception.GetType().Name}: {exception.Message}\n{exception.StackTrace}\n{JsonSerializer.Serialize(text)}");
            }
        }
    }
}
