using System.Net;
using Watchbill.Integrity;
using Watchbill.People;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>The evidence log as tools for transparency logs read it.</summary>
public sealed class LogTilesTests
{
    [Fact]
    public async Task Checkpoint_tiles_and_entries_are_where_tools_expect_them()
    {
        await using var served = await ServedOrganization.StartAsync();
        await served.ConnectAsync();
        await served.Get<SealLog>().RunAsync(TestContext.Current.CancellationToken);
        using var auditor = served.Client(Role.Auditor);

        var checkpoint = (await auditor.GetStringAsync("/evidence-log/checkpoint")).Split('\n');
        var size = int.Parse(checkpoint[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(size, 1, 255);
        Assert.Equal(32 * size, (await auditor.GetByteArrayAsync($"/evidence-log/tile/0/000.p/{size}")).Length);
        Assert.NotEmpty(await auditor.GetByteArrayAsync($"/evidence-log/tile/entries/000.p/{size}"));
        foreach (var path in (string[])["tile/0/000", "tile/0/x000/000", "tile/0/001.p/1", "tile/9/000.p/1", "tile/0/00.p/1", "tile/0/000.p/x", "tile/entries/abc", $"tile/0/000.p/{size + 1}"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync($"/evidence-log/{path}")).StatusCode);
        }

        using var member = served.Client(Role.Member);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.GetAsync("/evidence-log/checkpoint")).StatusCode);
        using var nobody = served.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/evidence-log/checkpoint")).StatusCode);
    }
}
