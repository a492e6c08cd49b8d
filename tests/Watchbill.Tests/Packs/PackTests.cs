using System.Text;
using System.Text.Json;
using LinqToDB;
using NJsonSchema;
using Watchbill.Audit;
using Watchbill.Compliance;
using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Artifacts;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Integrity;
using Watchbill.Packs;
using Watchbill.Packs.Parts;
using Watchbill.Packs.Verifying;
using Watchbill.People;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Storage;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Packs;

/// <summary>Evidence packs of a simulated organization: what they hold, and that the same request gives the same bytes.</summary>
public sealed class PackTests
{
    [Theory, EveryEngine]
    public async Task A_pack_is_intact_and_holds_what_was_read(TestEngine engine)
    {
        await using var scene = await PackScene.StartAsync(engine);
        var pack = await scene.BuildAsync();
        var found = VerifyPack.Run(pack.Path, pack.KeyFingerprint);
        PackScene.AssertIntact(found);
        Assert.True(found is { Statements: > 15, Events: > 3, LogSize: > 3 }, found.ToString());

        var folder = scene.Unpack(pack);
        PackScene.AssertIntact(VerifyPack.Run(folder, pack.KeyFingerprint));
        var truth = scene.Acme.Truth;
        Assert.Equal(scene.Acme.Acme.Members.Count(static member => member.IsListed), RowsOf(folder, "populations/members"));
        Assert.Equal(truth.Teams.Count, RowsOf(folder, "populations/teams"));
        Assert.Equal(truth.Projects.Count, RowsOf(folder, "populations/projects"));
        var notes = Lines(folder, "governance/action-notes.jsonl");
        Assert.Contains(notes, static line => line.Contains("\"kind\":\"Opened\"", StringComparison.Ordinal));
        Assert.Contains(Lines(folder, "governance/exceptions.jsonl"), static line => line.Contains("New phones.", StringComparison.Ordinal));
        Assert.Contains("\"=1+1, with \"\"quotes\"\" and a comma\"", await File.ReadAllTextAsync(Path.Combine(folder, "data/governance/actions.csv")), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "data"), "*.csv", SearchOption.AllDirectories).Where(static file => !file.EndsWith("columns.csv", StringComparison.Ordinal)))
        {
            Assert.Equal(CsvRows(file), (await File.ReadAllLinesAsync(Path.ChangeExtension(file, "jsonl"))).Length);
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains(scene.Acme.Token, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(scene.Folder, "*.part").Except([pack.Path]));
    }

    [Theory, EveryEngine]
    public async Task The_same_request_gives_the_same_bytes(TestEngine engine)
    {
        await using var scene = await PackScene.StartAsync(engine);
        var first = await scene.BuildAsync();
        await scene.RunAsync();
        await scene.Acme.SyncAsync();
        var second = await scene.BuildAsync();
        Assert.Equal((first.Sha256, first.FileName), (second.Sha256, second.FileName));
        Assert.NotEqual(first.Path, second.Path);
        var noted = (await scene.Acme.Get<ReadAudit>().RunAsync(new AuditQuery { SubjectKind = "evidence-pack" }, PackScene.Auditor, default)).Value;
        Assert.All(noted, one => Assert.Contains(first.Sha256, one.After, StringComparison.Ordinal));
        Assert.Equal(2, noted.Count);
    }

    [Fact]
    public async Task Plain_tools_give_the_same_answer()
    {
        string[] tools = ["/usr/bin/jq", "/usr/bin/openssl", "/usr/bin/ssh-keygen", "/usr/bin/sha256sum", "/usr/bin/unzip"];
        Assert.SkipUnless(tools.All(File.Exists), $"One of these is not here: {string.Join(", ", tools)}.");
        await using var scene = await PackScene.StartAsync();
        var policy = new ArtifactDraft(scene.Acme.Connector.Id, "policy.txt", "Twice."u8.ToArray(), "A policy.");
        await scene.Acme.Get<ManageArtifacts>().RecordAsync(policy, ConnectedOrganization.Somebody, default);
        var pack = await scene.BuildAsync(scene.Request() with { To = TimeProvider.System.GetUtcNow() });
        Assert.Equal(0, (await Tool.RunAsync("/usr/bin/unzip", ["-tqq", pack.Path], scene.Folder)).Code);
        var folder = scene.Unpack(pack);
        await scene.Acme.Get<SealLog>().RunAsync(default);
        var (code, said) = await Tool.RunAsync("/bin/sh", ["data/tools/verify.sh"], folder);
        Assert.True(code == 0, said);
        Assert.Equal(9, said.Split('\n').Count(static line => line.StartsWith("OK ", StringComparison.Ordinal)));
        Assert.Equal(0, (await Tool.RunAsync("/bin/sh", ["data/tools/verify.sh"], folder)).Code);

        string[] touched =
        [
            "data/populations/members.csv", "data/checks/verdicts.jsonl", "data/statements/checks.intoto.jsonl", "data/log/checkpoint", "data/audit/events.jsonl", "manifest-sha256.txt", "manifest-sha256.txt.sig",
            "manifest.dsse.json", "bag-info.txt", "data/keys/statements.pem",
        ];
        foreach (var file in touched)
        {
            var path = Path.Combine(folder, file);
            var bytes = await File.ReadAllBytesAsync(path);
            var changed = (byte[])bytes.Clone();
            changed[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(path, changed);
            Assert.True((await Tool.RunAsync("/bin/sh", ["data/tools/verify.sh"], folder)).Code != 0, file);
            Assert.False(VerifyPack.Run(folder, null).IsIntact, file);
            await File.WriteAllBytesAsync(path, bytes);
        }

        // A proof is taken for what it shows, whatever the manifest says of it.
        foreach (var proof in Directory.GetFiles(Path.Combine(folder, "data", "proofs")))
        {
            var text = await File.ReadAllTextAsync(proof);
            var lines = text.Split('\n');
            (lines[2], lines[3]) = (lines[3], lines[2]);
            string[] wrong = [string.Join('\n', lines), text.Replace("index ", "index 1", StringComparison.Ordinal), text.Replace("proof@v1", "proof@v2", StringComparison.Ordinal), text + "\n", text.Replace("=\n\n", "=\n", StringComparison.Ordinal)];
            foreach (var changed in wrong)
            {
                await File.WriteAllTextAsync(proof, changed);
                Assert.Contains(VerifyPack.Run(folder, null).Findings, static finding => finding.EndsWith("does not show that its entry is in the log.", StringComparison.Ordinal));
            }

            await File.WriteAllTextAsync(proof, string.Join('\n', lines));
            Assert.Equal(1, (await Tool.RunAsync("/usr/bin/python3", ["-B", "data/tools/verify_proof.py", "data/log", proof], folder)).Code);
            await File.WriteAllTextAsync(proof, text);
            Assert.Equal(0, (await Tool.RunAsync("/usr/bin/python3", ["-B", "data/tools/verify_proof.py", "data/log", proof], folder)).Code);
        }

        PackScene.AssertIntact(VerifyPack.Run(folder, null));
        await File.WriteAllTextAsync(Path.Combine(folder, "data/extra.csv"), "a");
        Assert.NotEqual(0, (await Tool.RunAsync("/bin/sh", ["data/tools/verify.sh"], folder)).Code);
        Assert.False(VerifyPack.Run(folder, null).IsIntact);
    }

    [Fact]
    public async Task Oscal_is_valid_and_every_reference_leads_somewhere()
    {
        var oracles = Environment.GetEnvironmentVariable("WATCHBILL_ORACLES");
        Assert.SkipWhen(oracles is null, "WATCHBILL_ORACLES is not set: the schemas of OSCAL are not there to hold a pack against.");
        await using var scene = await PackScene.StartAsync();
        foreach (var framework in FrameworkCatalogue.All)
        {
            var pack = await scene.BuildAsync(scene.Request() with { Framework = framework.Id });
            var folder = scene.Unpack(pack);
            var text = await File.ReadAllTextAsync(Path.Combine(folder, OscalPart.Results));
            foreach (var version in (string[])["1.1.3", "1.2.1"])
            {
                var schema = await JsonSchema.FromFileAsync(Path.Combine(oracles, $"oscal-ar-{version}.schema.json"), default);
                Assert.Empty(schema.Validate(text).Select(error => $"{framework.Id} {version}: {error}"));
            }

            using var document = JsonDocument.Parse(text);
            using var catalog = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, OscalPart.Catalog)));
            var controls = Values(catalog.RootElement, "id").ToHashSet(StringComparer.Ordinal);
            Assert.Empty(Values(document.RootElement, "control-id").Concat(Values(document.RootElement, "target-id")).Except(controls));
            Assert.Equal(framework.Controls.Count, Values(document.RootElement, "control-id").Distinct().Count());
            var known = Values(document.RootElement, "uuid").ToList();
            Assert.Equal(known.Count, known.Distinct().Count());
            var references = Values(document.RootElement, "observation-uuid").Concat(Values(document.RootElement, "subject-uuid")).Concat(Values(document.RootElement, "actor-uuid"));
            Assert.Empty(references.Except(known));
            Assert.Contains("not-satisfied", Values(document.RootElement, "state"));
            File.Delete(pack.Path);
        }
    }

    [Fact]
    public async Task What_was_changed_in_the_database_is_not_packed()
    {
        await using var scene = await PackScene.StartAsync();
        await using (var connection = scene.Acme.Get<Database>().Open())
        {
            var row = connection.GetTable<CheckResultRow>().First(static row => row.Outcome == CheckOutcome.Fail);
            await connection.GetTable<CheckResultRow>().Where(one => one.CheckId == row.CheckId && one.ResourceKey == row.ResourceKey).Set(one => one.Outcome, CheckOutcome.Pass).UpdateAsync();
        }

        var made = await scene.Acme.Get<BuildPack>().RunAsync(scene.Request(), scene.Folder, PackScene.Auditor, default);
        Assert.Equal("pack-run-changed", made.Refusal?.Code);
        Assert.Empty(Directory.GetFiles(scene.Folder));
    }

    [Fact]
    public async Task A_period_in_the_past_shows_what_was_then()
    {
        await using var scene = await PackScene.StartAsync();
        var then = TimeProvider.System.GetUtcNow();
        var member = scene.Acme.Acme.Members.First(static member => member is { Role.Id: "member", IsListed: true, IsPending: false });
        scene.Acme.Acme.RemoveMember(member);
        await scene.Acme.SyncAsync();
        await scene.RunAsync();
        var now = TimeProvider.System.GetUtcNow();
        var before = scene.Unpack(await scene.BuildAsync(scene.Request() with { To = then }));
        var after = scene.Unpack(await scene.BuildAsync(scene.Request() with { To = now }));
        Assert.Contains(Lines(before, "populations/members.jsonl"), line => line.Contains($"\"member_id\":\"{member.Id}\"", StringComparison.Ordinal));
        Assert.DoesNotContain(Lines(after, "populations/members.jsonl"), line => line.Contains($"\"member_id\":\"{member.Id}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_cannot_be_answered_is_refused()
    {
        await using var scene = await PackScene.StartAsync();
        var build = scene.Acme.Get<BuildPack>();
        var good = scene.Request();
        var reader = new Caller(new Kernel.Actor(Kernel.ActorKind.Account, "9"), [Right.ReadAccess], Accounts.Cyd.Id);
        await AssertRefusedAsync("right-missing", build.RunAsync(good, scene.Folder, reader, default));
        await AssertRefusedAsync("pack-period-invalid", build.RunAsync(good with { To = good.From }, scene.Folder, PackScene.Auditor, default));
        await AssertRefusedAsync("pack-period-invalid", build.RunAsync(good with { To = good.To.AddDays(1) }, scene.Folder, PackScene.Auditor, default));
        await AssertRefusedAsync("pack-period-invalid", build.RunAsync(good with { From = good.To.AddDays(-2000) }, scene.Folder, PackScene.Auditor, default));
        await AssertRefusedAsync("framework-not-found", build.RunAsync(good with { Framework = "none" }, scene.Folder, PackScene.Auditor, default));
        await AssertRefusedAsync("control-not-found", build.RunAsync(good with { Controls = ["CC99"] }, scene.Folder, PackScene.Auditor, default));
        await AssertRefusedAsync("connector-not-found", build.RunAsync(good with { Connector = new(99) }, scene.Folder, PackScene.Auditor, default));
        await AssertRefusedAsync("pack-without-run", build.RunAsync(good with { From = good.From.AddDays(-30), To = good.From }, scene.Folder, PackScene.Auditor, default));
        await AssertRefusedAsync("pack-not-written", build.RunAsync(good, Path.Combine(scene.Folder, "none"), PackScene.Auditor, default));
        Assert.Empty(Directory.GetFiles(scene.Folder));
        var one = scene.Unpack(await scene.BuildAsync(good with { Controls = ["CC6.1"] }));
        Assert.Single(Values(JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(one, OscalPart.Results))).RootElement, "control-id"));
    }

    [Fact]
    public async Task A_log_of_many_tiles_is_packed_and_computed_anew()
    {
        await using var scene = await PackScene.StartAsync();
        await scene.Acme.Get<Database>().InTransactionAsync(
            async transaction =>
            {
                for (var index = 0; index < 70_000; index++)
                {
                    await scene.Acme.Get<AuditLog>().AppendAsync(transaction, new AuditEvent { Actor = Kernel.Actor.System, Action = "filled", SubjectKind = "filling", SubjectId = $"{index}" }, default);
                }

                return 0;
            },
            default);
        await scene.Acme.Get<ManageActions>().OpenAsync(new ActionDraft(scene.Acme.Connector.Id, "Behind all of it", Severity.Low), ConnectedOrganization.Somebody, default);
        await scene.Acme.Get<SealLog>().RunAsync(default);
        var pack = await scene.BuildAsync(scene.Request() with { To = TimeProvider.System.GetUtcNow() });
        var found = VerifyPack.Run(pack.Path, null);
        PackScene.AssertIntact(found);
        Assert.True(found.LogSize > 65_536, $"{found.LogSize}");
        Assert.True(File.Exists(Path.Combine(scene.Unpack(pack), "data/log/tile/2/000.p/1")));
    }

    [Fact]
    public void Envelopes_and_uuids_are_those_of_their_specifications()
    {
        Assert.Equal("DSSEv1 29 http://example.com/HelloWorld 11 hello world", Encoding.UTF8.GetString(DsseEnvelope.Encoded("http://example.com/HelloWorld", "hello world"u8.ToArray())));
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", OscalNames.Uuid("a", "b"));
        Assert.Equal(["ac-2.1", "CC6.1", "pci-8.3.1", "hipaa-164.312.a.1", "A.5.15"],
            ((string, string)[])[("nist-800-53-r5", "AC-2(1)"), ("soc2-tsc-2017-rev2022", "CC6.1"), ("pci-dss", "8.3.1"), ("hipaa", "164.312(a)(1)"), ("iso", "A.5.15")] is var all ? all.Select(static one => OscalNames.ControlId(one.Item1, one.Item2)) : []);
        var ids = FrameworkCatalogue.All.SelectMany(static framework => framework.Controls.Select(control => OscalNames.ControlId(framework.Id, control.Id))).ToList();
        Assert.All(ids, static id => Assert.Matches(@"^(\p{L}|_)(\p{L}|\p{N}|[.\-_])*$", id));
    }

    private static async Task AssertRefusedAsync<T>(string code, Task<Kernel.Result<T>> asked) => Assert.Equal(code, (await asked).Refusal?.Code);

    private static string[] Lines(string folder, string file) => File.ReadAllLines(Path.Combine(folder, "data", file));

    private static int RowsOf(string folder, string population)
    {
        Assert.Equal(CsvRows(Path.Combine(folder, "data", population + ".csv")), Lines(folder, population + ".jsonl").Length);
        return Lines(folder, population + ".jsonl").Length;
    }

    private static int CsvRows(string file)
    {
        using var reader = CsvHelper.CsvReader.Create(new StringReader(File.ReadAllText(file)), new CsvHelper.CsvReaderOptions { HasHeader = true });
        var rows = 0;
        while (reader.Read())
        {
            rows++;
        }

        return rows;
    }

    private static IEnumerable<string> Values(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == name && member.Value.ValueKind is JsonValueKind.String ? [member.Value.GetString()!] : Values(member.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(one => Values(one, name)),
        _ => [],
    };
}
