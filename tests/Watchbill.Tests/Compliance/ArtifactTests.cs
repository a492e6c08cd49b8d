using System.Text;
using LinqToDB;
using Watchbill.Compliance.Artifacts;
using Watchbill.Kernel;
using Watchbill.Packs.Verifying;
using Watchbill.People;
using Watchbill.Storage;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;
using Watchbill.Tests.Packs;

namespace Watchbill.Tests.Compliance;

/// <summary>Files that people keep as evidence.</summary>
public sealed class ArtifactTests
{
    private static readonly byte[] Policy = Encoding.UTF8.GetBytes("Whoever merges members looks twice.\n");
    private static readonly Caller Manager = Person(Accounts.Ada.Id, Right.ReadAccess, Right.ManageCompliance, Right.AskForExceptions);
    private static readonly Caller Engineer = Person(Accounts.Ben.Id, Right.ReadAccess, Right.AskForExceptions);
    private static readonly Caller Auditor = Person(Accounts.Cyd.Id, Right.ReadAccess, Right.ReadAudit);

    [Theory, EveryEngine]
    public async Task A_file_is_kept_found_held_and_erased_and_its_hash_stays(TestEngine engine)
    {
        await using var acme = await ConnectedOrganization.StartAsync(engine: engine);
        var artifacts = acme.Get<ManageArtifacts>();
        var then = TimeProvider.System.GetUtcNow().AddDays(-3);
        var draft = Draft(acme) with { ObservedAt = then, CollectedAt = then.AddDays(1), Controls = ["soc2-tsc-2017-rev2022:CC6.1"], Source = "The 100% handbook_page" };
        Assert.Equal("right-missing", (await artifacts.RecordAsync(draft, Auditor, default)).Refusal!.Code);
        var recorded = (await artifacts.RecordAsync(draft, Engineer, default)).Value;
        Assert.Equal(("text/plain", (long)Policy.Length, Accounts.Ben.Id), (recorded.MediaType, recorded.Size, recorded.RecordedBy));
        Assert.True(recorded.ObservedAt < recorded.CollectedAt && recorded.CollectedAt < recorded.RecordedAt);
        Assert.Equal("artifact-exists", (await artifacts.RecordAsync(draft with { Name = "other.txt" }, Manager, default)).Refusal!.Code);
        Assert.Equal(Policy, (await artifacts.ReadAsync(recorded.Id, Auditor, default)).Value.Content);

        foreach (var (text, count) in ((string, int)[])[("POLICY", 1), ("merge", 1), ("100%", 1), ("handbook_page", 1), ("handbookXpage", 0), ("cc6.1", 1), ("text/", 1), (recorded.Sha256[..10], 1), ("nothing", 0)])
        {
            Assert.True((await artifacts.ListAsync(new ArtifactSearch(acme.Connector.Id) { Text = text }, Auditor, default)).Value.Count == count, text);
        }

        Assert.Equal("right-missing", (await artifacts.EraseAsync(recorded.Id, "Old.", Engineer, default)).Refusal!.Code);
        Assert.Equal("artifact-held", (await artifacts.HoldAsync(recorded.Id, isHeld: false, "No.", Manager, default)).Refusal!.Code);
        Assert.True((await artifacts.HoldAsync(recorded.Id, isHeld: true, "Case 7.", Manager, default)).Succeeded);
        Assert.Equal("artifact-held", (await artifacts.EraseAsync(recorded.Id, "Old.", Manager, default)).Refusal!.Code);
        Assert.True((await artifacts.HoldAsync(recorded.Id, isHeld: false, "Over.", Manager, default)).Succeeded);
        var erased = (await artifacts.EraseAsync(recorded.Id, "A name was in it.", Manager, default)).Value;
        Assert.Equal((recorded.Sha256, "A name was in it."), (erased.Sha256, erased.ErasedReason));
        Assert.Equal("artifact-erased", (await artifacts.ReadAsync(recorded.Id, Manager, default)).Refusal!.Code);
        Assert.Equal("artifact-erased", (await artifacts.EraseAsync(recorded.Id, "Again.", Manager, default)).Refusal!.Code);
        Assert.Equal(0, await BlobsAsync(acme));

        var own = (await artifacts.RecordAsync(draft, Manager, default)).Value;
        Assert.Equal("artifact-own", (await artifacts.EraseAsync(own.Id, "Mine.", Manager, default)).Refusal!.Code);
        Assert.Equal(1, await BlobsAsync(acme));
        var kept = (await artifacts.RecordAsync(Draft(acme) with { Content = "kept"u8.ToArray(), KeepUntil = TimeProvider.System.GetUtcNow().AddDays(9) }, Engineer, default)).Value;
        Assert.Equal("artifact-kept", (await artifacts.EraseAsync(kept.Id, "Old.", Manager, default)).Refusal!.Code);
    }

    [Fact]
    public async Task What_is_no_evidence_is_refused()
    {
        await using var acme = await ConnectedOrganization.StartAsync();
        var artifacts = acme.Get<ManageArtifacts>();
        var now = TimeProvider.System.GetUtcNow();
        var token = $"sntrys_{new string('a', 40)}";
        foreach (var (code, draft) in ((string, ArtifactDraft)[])
            [
                ("artifact-name-invalid", Draft(acme) with { Name = "../etc/passwd" }), ("artifact-name-invalid", Draft(acme) with { Name = ".." }), ("artifact-name-invalid", Draft(acme) with { Name = "a\nb" }),
                ("artifact-size-invalid", Draft(acme) with { Content = [] }), ("artifact-size-invalid", Draft(acme) with { Content = new byte[ArtifactDraft.MostBytes + 1] }),
                ("artifact-text-invalid", Draft(acme) with { Shows = " " }), ("artifact-control-invalid", Draft(acme) with { Controls = ["CC6.1"] }), ("artifact-control-invalid", Draft(acme) with { Controls = ["soc2-tsc-2017-rev2022:CC99"] }),
                ("artifact-times-invalid", Draft(acme) with { ObservedAt = now.AddDays(1) }), ("artifact-times-invalid", Draft(acme) with { ObservedAt = now.AddDays(-1), CollectedAt = now.AddDays(-2) }),
                ("artifact-times-invalid", Draft(acme) with { KeepUntil = now.AddDays(-1) }), ("artifact-holds-secret", Draft(acme) with { Content = Encoding.UTF8.GetBytes($"curl -H 'Authorization: Bearer {token}'") }),
                ("action-not-found", Draft(acme) with { Action = new ComplianceActionId(9) }), ("connector-not-found", Draft(acme) with { Connector = new ConnectorId(99) }),
            ])
        {
            Assert.Equal(code, (await artifacts.RecordAsync(draft, Engineer, default)).Refusal?.Code);
        }

        Assert.Equal(0, await BlobsAsync(acme));
    }

    [Theory]
    [InlineData("%PDF-1.7", "application/pdf")]
    [InlineData("PK\u0003\u0004rest", "application/zip")]
    [InlineData("<html><script>alert(1)</script>", "text/plain")]
    [InlineData("a\0b", "application/octet-stream")]
    public void A_file_is_what_its_first_bytes_say(string content, string type) => Assert.Equal(type, MediaTypes.Of(Encoding.UTF8.GetBytes(content)));

    [Fact]
    public async Task A_pack_holds_files_under_their_hashes_and_none_that_was_changed()
    {
        await using var scene = await PackScene.StartAsync();
        var artifacts = scene.Acme.Get<ManageArtifacts>();
        var recorded = (await artifacts.RecordAsync(Draft(scene.Acme), Engineer, default)).Value;
        var gone = (await artifacts.RecordAsync(Draft(scene.Acme) with { Content = "gone"u8.ToArray() }, Engineer, default)).Value;
        Assert.True((await artifacts.EraseAsync(gone.Id, "A name was in it.", Manager, default)).Succeeded);
        var request = scene.Request() with { To = TimeProvider.System.GetUtcNow() };
        var folder = scene.Unpack(await scene.BuildAsync(request));
        PackScene.AssertIntact(VerifyPack.Run(folder, null));
        Assert.Equal(Policy, await File.ReadAllBytesAsync(Path.Combine(folder, "data/evidence/sha256", recorded.Sha256[..2], recorded.Sha256)));
        Assert.False(Directory.Exists(Path.Combine(folder, "data/evidence/sha256", gone.Sha256[..2])));
        Assert.Equal(2, File.ReadAllLines(Path.Combine(folder, "data/governance/artifacts.jsonl")).Length);
        Assert.Contains("artifact-erased", await File.ReadAllTextAsync(Path.Combine(folder, "data/audit/events.jsonl")), StringComparison.Ordinal);

        await using (var connection = scene.Acme.Get<Database>().Open())
        {
            await connection.GetTable<ArtifactBlobRow>().Set(row => row.Content, "other"u8.ToArray()).UpdateAsync();
        }

        Assert.Equal("artifact-changed", (await artifacts.ReadAsync(recorded.Id, Auditor, default)).Refusal?.Code);
        Assert.Equal("pack-artifact-changed", (await scene.Acme.Get<Watchbill.Packs.BuildPack>().RunAsync(request, scene.Folder, PackScene.Auditor, default)).Refusal?.Code);
    }

    private static Caller Person(AccountId account, params Right[] rights) => new(new Kernel.Actor(ActorKind.Account, $"{account}"), rights, account);

    private static ArtifactDraft Draft(ConnectedOrganization acme) => new(acme.Connector.Id, "policy.txt", Policy, "That members are merged with care.");

    private static async Task<int> BlobsAsync(ConnectedOrganization acme)
    {
        await using var connection = acme.Get<Database>().Open();
        return connection.GetTable<ArtifactBlobRow>().Count();
    }
}
