using System.Text.Json;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Commands;

public sealed class ListTests(SyncedOrganization synced)
{
    [Fact]
    public async Task Teams_as_a_table_read_as_approved() =>
        ApprovedText.Match((await synced.AskAsync(80, "teams", "list")).Output, "teams-list");

    [Fact]
    public async Task The_orphan_project_is_found()
    {
        var finished = await synced.AskAsync("projects", "list", "--orphan", "-o", "csv");
        Assert.Contains(synced.Organization.Fixtures.Orphan!.Slug, finished.Output, StringComparison.Ordinal);
        Assert.StartsWith("id,slug,name,platform,teams,created\r\n", finished.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--role", "billing")]
    [InlineData("--state", "invited")]
    [InlineData("--no-team")]
    public async Task A_filter_shows_less_than_everything(params string[] filter)
    {
        var (all, some) = (await TotalAsync("members", "list"), await TotalAsync(["members", "list", .. filter]));
        Assert.InRange(some, 1, all - 1);
    }

    [Fact]
    public async Task A_limit_says_what_it_left_out()
    {
        var finished = await synced.AskAsync("members", "list", "--limit", "2");
        Assert.Contains("(the first 2 are shown)", finished.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_eighty_columns_no_line_is_longer_and_no_address_is_broken()
    {
        var finished = await synced.AskAsync(80, "members", "list");
        Assert.All(finished.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.All(synced.Organization.Members.Where(member => member.IsListed), member => Assert.Contains(member.Email, finished.Output, StringComparison.Ordinal));
        Assert.Contains("No room for:", finished.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Non_humans_are_found_by_what_they_may_do()
    {
        var finished = await synced.AskAsync("nonhuman", "list", "--scope", "project:write", "-o", "json");
        using var json = JsonDocument.Parse(finished.Output);
        Assert.Equal(["Old Importer"], json.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("name").GetString()!));
    }

    [Fact]
    public async Task Facts_tell_of_open_membership_first()
    {
        var finished = await synced.AskAsync("facts", "-o", "csv");
        Assert.Equal(ExitCode.Ok, finished.ExitCode);
        Assert.Contains("openMembership is on", finished.Output.Split("\r\n")[1], StringComparison.Ordinal);
    }

    private async Task<int> TotalAsync(params string[] args)
    {
        using var json = JsonDocument.Parse((await synced.AskAsync([.. args, "-o", "json"])).Output);
        return json.RootElement.GetProperty("total").GetInt32();
    }
}
