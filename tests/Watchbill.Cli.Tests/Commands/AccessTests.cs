using System.Text.Json;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Commands;

public sealed class AccessTests(SyncedOrganization synced)
{
    private string TeamAdmin => synced.Organization.Fixtures.TeamAdmin!.Email;

    private string OwnedProject => synced.Organization.Fixtures.TeamAdmin!.Memberships.SelectMany(place => place.Team.Projects).First().Slug;

    [Fact]
    public async Task Who_as_a_table_reads_as_approved()
    {
        var finished = await synced.AskAsync(140, "access", "who", OwnedProject, "--held");
        ApprovedText.Match(finished.Output, "access-who-held");
    }

    [Fact]
    public async Task Why_as_a_table_reads_as_approved()
    {
        var finished = await synced.AskAsync(100, "access", "why", TeamAdmin, OwnedProject);
        ApprovedText.Match(finished.Output, "access-why");
    }

    [Fact]
    public async Task Who_in_JSON_counts_as_its_rows_do()
    {
        var finished = await synced.AskAsync("access", "who", OwnedProject, "-o", "json");
        using var json = JsonDocument.Parse(finished.Output);
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToList();
        var reaching = rows.Count(row => row.GetProperty("kind").GetString() == "member" && row.GetProperty("reach").GetString() is "now" or "tokens only");
        Assert.Equal(ExitCode.Ok, finished.ExitCode);
        Assert.Equal(json.RootElement.GetProperty("reachable").GetInt32(), reaching);
        Assert.Contains(rows, row => row.GetProperty("email").GetString() == TeamAdmin);
        Assert.True(json.RootElement.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task Of_lists_what_teams_give_when_only_grants_are_asked_for()
    {
        var granted = synced.Organization.Fixtures.TeamAdmin!.Memberships.SelectMany(place => place.Team.Projects).Select(project => project.Slug).Distinct().Order();
        var finished = await synced.AskAsync("access", "of", TeamAdmin, "--held", "-o", "json");
        using var json = JsonDocument.Parse(finished.Output);
        Assert.Equal(granted, json.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("project").GetString()).Order());
    }

    [Theory]
    [InlineData("who", 1)]
    [InlineData("of", 0)]
    [InlineData("why", 2)]
    public async Task Every_answer_says_how_fresh_it_is(string question, int names)
    {
        string[] args = names switch { 0 => [TeamAdmin], 1 => [OwnedProject], _ => [TeamAdmin, OwnedProject] };
        var finished = await synced.AskAsync(["access", question, .. args]);
        Assert.Matches(@"^As of \d{4}-\d\d-\d\d \d\d:\d\d UTC, complete\.", finished.Error);
    }

    [Fact]
    public async Task An_unknown_project_is_answered_with_the_nearest_one()
    {
        var finished = await synced.AskAsync("access", "who", OwnedProject + "x");
        Assert.Equal(ExitCode.NotFound, finished.ExitCode);
        Assert.Contains($"Did you mean {OwnedProject}?", finished.Error, StringComparison.Ordinal);
        Assert.Empty(finished.Output);
    }

    [Fact]
    public async Task Before_the_first_read_nothing_is_known()
    {
        var finished = await synced.AskAsync("access", "who", OwnedProject, "--at", "30d");
        Assert.Equal(ExitCode.NotFound, finished.ExitCode);
        Assert.Contains("It is known now", finished.Error, StringComparison.Ordinal);
        var changes = await synced.AskAsync("access", "diff", "30d");
        Assert.Contains("the first complete read was later", changes.Output, StringComparison.Ordinal);
    }
}
