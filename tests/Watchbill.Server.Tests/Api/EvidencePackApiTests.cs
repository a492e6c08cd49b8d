using System.Net;
using System.Security.Cryptography;
using Watchbill.Compliance.Runs;
using Watchbill.Contracts.Client;
using Watchbill.Packs;
using Watchbill.Packs.Verifying;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;
using Watchbill.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>Evidence packs over HTTP.</summary>
public sealed class EvidencePackApiTests
{
    private const string Framework = "soc2-tsc-2017-rev2022";

    [Fact]
    public async Task A_pack_is_handed_over_whole_and_nothing_stays_behind()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        var id = served.Connector!.Id.Value;
        using var auditor = served.Client(Role.Auditor);
        Assert.Equal(HttpStatusCode.Conflict, (await auditor.GetAsync($"{PackEndpoints.Prefix}/{id}.zip?framework={Framework}", stop)).StatusCode);
        await served.Get<RunChecks>().RunAsync(served.Connector.Id, Caller.System, stop);

        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "pack.zip");
        await using (var target = File.Create(file))
        {
            var now = TimeProvider.System.GetUtcNow();
            var (sha256, key) = await new WatchbillClient(auditor).EvidencePacks.DownloadAsync(id, new PackChoice(Framework, now.AddDays(-1), now, ["CC6.1"]), target, stop);
            target.Position = 0;
            Assert.Equal(sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(target, stop)));
            Assert.Equal(64, key.Length);
        }

        Assert.Empty(VerifyPack.Run(file, null).Findings);
        var set = Path.Combine(folder.Path, "set.zip");
        await using (var target = File.Create(set))
        {
            var now = TimeProvider.System.GetUtcNow();
            await new WatchbillClient(auditor).EvidencePacks.DownloadSetAsync([id], new PackChoice(Framework, now.AddDays(-1), now, []), target, stop);
        }

        var found = VerifyPack.Run(set, null);
        Assert.Empty(found.Findings);
        Assert.Equal(1, found.Packs);
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), ".evidence-*.part"));
        foreach (var (address, status) in ((string, HttpStatusCode)[])[($"{id}.zip", HttpStatusCode.NotFound), ($"{id}.zip?framework=none", HttpStatusCode.NotFound), ($"999.zip?framework={Framework}", HttpStatusCode.NotFound), ($"set.zip?framework={Framework}", HttpStatusCode.UnprocessableEntity), ($"set.zip?framework={Framework}&source={id}&source=999", HttpStatusCode.NotFound), ($"{id}.zip?framework={Framework}&from=2026-01-02&to=2026-01-01", HttpStatusCode.UnprocessableEntity)])
        {
            Assert.Equal(status, (await auditor.GetAsync($"{PackEndpoints.Prefix}/{address}", stop)).StatusCode);
        }

        using var member = served.Client(Role.Member);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync($"{PackEndpoints.Prefix}/{id}.zip?framework={Framework}", stop)).StatusCode);
        using var nobody = served.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync($"{PackEndpoints.Prefix}/{id}.zip?framework={Framework}", stop)).StatusCode);
    }
}
