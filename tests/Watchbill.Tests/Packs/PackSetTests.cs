using Watchbill.Compliance.Runs;
using Watchbill.Connectors;
using Watchbill.Integrity.Keys;
using Watchbill.Kernel;
using Watchbill.Packs;
using Watchbill.Packs.Container;
using Watchbill.Packs.Parts;
using Watchbill.Packs.Verifying;
using Watchbill.People;
using Watchbill.Storage;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Packs;

/// <summary>Packs of several sources in one file.</summary>
public sealed class PackSetTests
{
    [Theory, EveryEngine]
    public async Task A_set_holds_the_pack_of_each_source_as_it_would_be_alone(TestEngine engine)
    {
        await using var scene = await PackScene.StartAsync(engine);
        var other = await ConnectAnotherAsync(scene);
        var request = PackSetRequest.Of([other, scene.Acme.Connector.Id, other], scene.Request() with { To = TimeProvider.System.GetUtcNow() });
        var made = await BuildAsync(scene, request);
        var again = await BuildAsync(scene, request);
        Assert.Equal(made.Sha256, again.Sha256);
        Assert.StartsWith("evidence-2-sources-soc2", made.FileName, StringComparison.Ordinal);

        var found = VerifyPack.Run(made.Path, made.KeyFingerprint);
        PackScene.AssertIntact(found);
        Assert.Equal(2, found.Packs);
        Assert.Contains("another key", VerifyPack.Run(made.Path, new string('0', 64)).Findings[0], StringComparison.Ordinal);

        var alone = await scene.BuildAsync(request.For(scene.Acme.Connector.Id));
        using var set = new ZipFiles(made.Path);
        Assert.Contains(alone.Sha256, set.Digests.Where(static file => file.Key.StartsWith(PackSetPart.Folder, StringComparison.Ordinal)).Select(static file => file.Value));
        Assert.Equal(new[] { made.Path, again.Path, alone.Path }.Order(StringComparer.Ordinal), Directory.GetFiles(scene.Folder).Order(StringComparer.Ordinal));
        var page = set.ReadText("data/index.html")!;
        Assert.Contains("CC6.1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_changed_in_a_set_is_found_also_by_plain_tools()
    {
        string[] tools = ["/usr/bin/jq", "/usr/bin/openssl", "/usr/bin/ssh-keygen", "/usr/bin/sha256sum", "/usr/bin/unzip"];
        Assert.SkipUnless(tools.All(File.Exists), $"One of these is not here: {string.Join(", ", tools)}.");
        await using var scene = await PackScene.StartAsync();
        var other = await ConnectAnotherAsync(scene);
        var request = PackSetRequest.Of([scene.Acme.Connector.Id, other], scene.Request() with { To = TimeProvider.System.GetUtcNow() });
        var set = await BuildAsync(scene, request);
        var folder = scene.Unpack(set);
        var (code, said) = await Tool.RunAsync("/bin/sh", ["data/tools/verify.sh"], folder);
        Assert.True(code == 0, said);
        Assert.Equal(2, said.Split('\n').Count(static line => line.StartsWith("==  data/packs/", StringComparison.Ordinal)));

        var packs = Directory.GetFiles(Path.Combine(folder, PackSetPart.Folder)).Order(StringComparer.Ordinal).ToList();
        var before = packs.ConvertAll(File.ReadAllBytes);
        await FindAsync(() => File.Copy(packs[1], packs[0], overwrite: true));
        await FindAsync(() => File.Delete(packs[1]));
        await FindAsync(() => File.Copy(set.Path, packs[1], overwrite: true));
        await FindAsync(() => File.WriteAllText(packs[1], ""));
        await FindAsync(() => File.WriteAllBytes(packs[1], [.. before[1][..^30], 7, .. before[1][^29..]]));

        // A pack of the same source and of another key, with manifests that fit: the signature is what does not.
        await FindAsync(() => File.WriteAllText(Path.Combine(folder, "data/index.html"), "All is well."));

        async Task FindAsync(Action attack)
        {
            attack();
            TamperedBag.Rewrite(folder);
            Assert.False(VerifyPack.Run(folder, set.KeyFingerprint).IsIntact);
            Assert.NotEqual(0, (await Tool.RunAsync("/bin/sh", ["data/tools/verify.sh"], folder)).Code);
            packs.Zip(before).ToList().ForEach(static pack => File.WriteAllBytes(pack.First, pack.Second));
        }
    }

    [Fact]
    public async Task A_set_of_sets_and_packs_of_others_are_findings()
    {
        await using var scene = await PackScene.StartAsync();
        var set = await BuildAsync(scene, PackSetRequest.Of([scene.Acme.Connector.Id], scene.Request()));
        using var vault = new TemporaryFolder();
        var own = SigningKey.LoadOrCreate(vault.Path, "own.key", scene.Acme.Get<SecretVault>());
        Assert.Contains("is a set of packs and no pack", Assert.Single(VerifyPack.Run(await ForgeAsync(File.ReadAllBytes(set.Path)), null).Findings), StringComparison.Ordinal);

        // Whoever signs a set of their own around a real pack is found: the pack is not of their key.
        using var files = new ZipFiles(set.Path);
        var pack = files.Read(files.Digests.Keys.First(static name => name.StartsWith(PackSetPart.Folder, StringComparison.Ordinal)))!;
        Assert.Contains("It is signed by another key", Assert.Single(VerifyPack.Run(await ForgeAsync(pack), null).Findings), StringComparison.Ordinal);

        async Task<string> ForgeAsync(byte[] inner)
        {
            var path = Path.Combine(vault.Path, Path.GetRandomFileName());
            await using var file = File.Create(path);
            var forged = new PackWriter(file, "forged");
            await forged.AddAsync(PackSetPart.Folder + "one.zip", inner);
            var keys = new PackKeys(new Keyring(KeyChain.Of(own.PublicKey), own), KeyChain.Of(own.PublicKey));
            await KeysPart.WriteAsync(forged, keys);
            await TagsPart.WriteAsync(forged, new BagLabel("forged", "nobody", DateTimeOffset.UnixEpoch), own, static files => PackJson.LineOf(writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("subject");
                foreach (var (name, sha256) in files)
                {
                    writer.WriteRawValue($$$"""{"name":"{{{name}}}","digest":{"sha256":"{{{sha256}}}"}}""");
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }));
            forged.Finish();
            return path;
        }
    }

    [Fact]
    public async Task One_source_that_is_refused_refuses_all_and_nothing_stays()
    {
        await using var scene = await PackScene.StartAsync();
        var other = await ConnectAnotherAsync(scene, isRun: false);
        var sets = scene.Acme.Get<BuildPackSet>();
        var refusal = (await sets.RunAsync(PackSetRequest.Of([scene.Acme.Connector.Id, other], scene.Request()), scene.Folder, PackScene.Auditor, default)).Refusal!;
        Assert.Equal("pack-source-refused", refusal.Code);
        Assert.StartsWith("There is no pack of Zeta, so none of the others: The checks were not run", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(scene.Folder));
        foreach (var connectors in (ConnectorId[][])[[], [.. Enumerable.Range(1, 51).Select(static id => new ConnectorId(id))]])
        {
            Assert.Equal("pack-sources-invalid", (await sets.RunAsync(PackSetRequest.Of(connectors, scene.Request()), scene.Folder, PackScene.Auditor, default)).Refusal!.Code);
        }

        Assert.Equal(RefusalKind.NotFound, (await sets.RunAsync(PackSetRequest.Of([new ConnectorId(999)], scene.Request()), scene.Folder, PackScene.Auditor, default)).Refusal!.Kind);
        Assert.Equal("right-missing", (await sets.RunAsync(PackSetRequest.Of([other], scene.Request()), scene.Folder, new Caller(Actor.System, [Right.ReadAccess]), default)).Refusal!.Code);
    }

    private static async Task<MadePack> BuildAsync(PackScene scene, PackSetRequest request)
    {
        var made = await scene.Acme.Get<BuildPackSet>().RunAsync(request, scene.Folder, PackScene.Auditor, default);
        Assert.True(made.Succeeded, made.Refusal?.ToString());
        return made.Value;
    }

    private static async Task<ConnectorId> ConnectAnotherAsync(PackScene scene, bool isRun = true)
    {
        var acme = scene.Acme;
        var input = new ConnectInput { Name = "Zeta", Address = acme.Server.BaseAddress.AbsoluteUri, OrganizationSlug = "acme", Token = acme.Token, BudgetShare = 1, AllowPrivateNetworks = true };
        var connected = await acme.Get<ConnectSentry>().RunAsync(input, saveAnyway: false, ConnectedOrganization.Somebody, default);
        Assert.True(connected.Succeeded, connected.Refusal?.ToString());
        var id = connected.Value.Connector.Id;
        Assert.True((await acme.Get<SyncOrganization>().RunAsync(id, SyncMode.Full, ConnectedOrganization.Somebody, progress: null, default)).Succeeded);
        if (isRun)
        {
            Assert.True((await acme.Get<RunChecks>().RunAsync(id, ConnectedOrganization.Somebody, default)).Succeeded);
        }

        return id;
    }
}
