using System.Security.Cryptography;
using System.Text;
using Watchbill.Packs.Sampling;
using Watchbill.Testing;

namespace Watchbill.Tests.Packs;

/// <summary>Samples of packs: nobody's choice, and the same for whoever draws them.</summary>
public sealed class SampleTests
{
    private const string List = "populations/sentry-audit-log";

    [Fact]
    public async Task The_same_words_draw_the_same_rows_and_so_does_python()
    {
        await using var scene = await PackScene.StartAsync();
        var pack = await scene.BuildAsync(scene.Request() with { From = scene.Now.AddDays(-1000) });
        var folder = scene.Unpack(pack);
        var file = Path.Combine(folder, "data", List + ".jsonl");
        var lines = await File.ReadAllLinesAsync(file);
        Assert.True(lines.Length > 20, $"{lines.Length}");
        foreach (var by in (string?[])[null, "at", "email"])
        {
            foreach (var size in (int[])[1, 2, 7, lines.Length - 1, lines.Length, 10_000])
            {
                var request = new SampleRequest(List, "SOC 2 2026", "CC6.1", size) { By = by };
                var sample = DrawSample.Run(pack.Path, request).Value;
                Assert.Equal(Math.Min(size, lines.Length), sample.Drawn.Count);
                Assert.All(sample.Drawn, row => Assert.Equal(lines[row.Line - 1], row.Json));
                Assert.Equal(Numbers(sample), Numbers(DrawSample.Run(folder, request).Value));
                Assert.Equal($"{sample.Seed}\n{Numbers(sample)}\n", await PythonAsync([file, request.Engagement, request.Control, $"{size}", .. by is null ? [] : (string[])[by]]));
            }
        }

        var one = DrawSample.Run(pack.Path, new SampleRequest(List, "SOC 2 2026", "CC6.1", 5)).Value;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"SOC 2 2026|CC6.1|{one.Sha256}"))), one.Seed);
        Assert.NotEqual(Numbers(one), Numbers(DrawSample.Run(pack.Path, new SampleRequest(List, "SOC 2 2026", "CC6.2", 5)).Value));
    }

    [Fact]
    public async Task Every_month_gets_its_share()
    {
        await using var scene = await PackScene.StartAsync();
        var pack = await scene.BuildAsync(scene.Request() with { From = scene.Now.AddDays(-1000) });
        var all = DrawSample.Run(pack.Path, new SampleRequest(List, "a", "b", SampleRequest.MostRows) { By = "at" }).Value;
        var months = all.Drawn.CountBy(static row => row.Month!).ToDictionary();
        Assert.True(months.Count > 1, string.Join(", ", months.Keys));
        var sample = DrawSample.Run(pack.Path, new SampleRequest(List, "a", "b", 10) { By = "at" }).Value;
        foreach (var (month, count) in months)
        {
            var exact = 10.0 * count / all.Rows;
            Assert.InRange(sample.Drawn.Count(row => row.Month == month), (int)Math.Floor(exact), (int)Math.Ceiling(exact));
        }
    }

    [Fact]
    public async Task What_cannot_be_drawn_is_refused()
    {
        await using var scene = await PackScene.StartAsync();
        var pack = await scene.BuildAsync();
        var good = new SampleRequest("populations/members", "a", "b", 5);
        foreach (var (code, request) in ((string, SampleRequest)[])
            [
                ("sample-invalid", good with { Size = 0 }), ("sample-invalid", good with { Size = 10_001 }), ("sample-invalid", good with { Engagement = " " }), ("sample-invalid", good with { Control = "a|b" }),
                ("pack-list-not-found", good with { List = "populations/none" }), ("pack-list-not-found", good with { List = "../keys/log" }), ("pack-column-not-found", good with { By = "none" }),
            ])
        {
            Assert.Equal(code, DrawSample.Run(pack.Path, request).Refusal?.Code);
        }

        var folder = scene.Unpack(pack);
        await File.AppendAllTextAsync(Path.Combine(folder, "data/populations/members.jsonl"), "{}\n");
        Assert.Equal("pack-not-intact", DrawSample.Run(folder, good).Refusal?.Code);
        Assert.Equal([1, 2, 2, 5, 25, 40], Enum.GetValues<ControlFrequency>().Select(DrawSample.SizeOf));
    }

    private static string Numbers(Sample sample) => string.Join(' ', sample.Drawn.Select(static row => row.Line));

    private static async Task<string> PythonAsync(string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "There is no python3 here.");
        return (await Tool.RunAsync("/usr/bin/python3", ["-B", Path.Combine(SourceTree.Root, "docs", "verify", "draw_sample.py"), .. arguments], Path.GetTempPath())).Said;
    }
}
