namespace Watchbill.Cli.Tests.Killed;

/// <summary>What changes Sentry, killed between its wish and its proof.</summary>
public sealed class KilledChangeTests : KilledProgram
{
    /// <summary>A change, killed anywhere between its wish and its proof: what was written down takes effect, and once.</summary>
    [Fact]
    public async Task Killed_at_any_point_of_a_change_it_takes_effect_once()
    {
        await ConnectAsync();
        var acme = await ReadAndOpenAsync("org:read", "org:write", "org:admin", "member:read", "member:admin");
        var leavers = acme.Members.Where(static member => member is { Role.Id: "member", IsListed: true, IsPending: false }).Select(static member => $"{member.Id}").ToList();
        List<string> removals = [];

        foreach (var (requests, leaver) in new[] { 1, 4, 6, 7, 8, 9, 10, 11, 12, 13 }.Zip(leavers))
        {
            await KillAfterAsync(requests, "provisioning", "request", "remove-member", "--member", leaver, "--reason", "Left");
            Note();
        }

        Sentry.RequestLog.Clear();
        Assert.Equal(0, await RunAsync("provisioning", "request", "remove-member", "--member", leavers[^1], "--reason", "Left"));
        Note();
        var asked = Query("SELECT member FROM provisioning_task").Order(StringComparer.Ordinal).ToList();
        Assert.InRange(asked.Count, 4, 11);
        Assert.Equal(["Proven"], Query("SELECT DISTINCT state FROM provisioning_task"));
        Assert.Equal(asked, removals.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(acme.Members, member => asked.Contains($"{member.Id}"));

        void Note() => removals.AddRange(Sentry.RequestLog.Entries.Where(static request => request is { Method: "DELETE", Status: 204 }).Select(static request => request.Path.Split('/')[^2]));
    }

    /// <summary>A review, killed anywhere between its close and the proof of what it revoked: closed whole or not at all, and each revocation takes effect once.</summary>
    [Fact]
    public async Task Killed_at_any_point_of_closing_a_review_each_revocation_takes_effect_once()
    {
        await ConnectAsync();
        var acme = await ReadAndOpenAsync("org:read", "org:write", "org:admin", "member:read", "member:admin", "team:read", "team:write", "team:admin");
        var revoked = await ReviewAsync();
        List<string> removals = [];

        for (var patience = TimeSpan.FromMilliseconds(400); Query("SELECT state FROM review_campaign")[0] == "Running"; patience += TimeSpan.FromMilliseconds(100))
        {
            using var process = Start(["review", "close", "1"]);
            process.WaitForExit(patience);
            process.Kill();
            await process.WaitForExitAsync();
            Assert.Equal(Query("SELECT state FROM review_campaign")[0] == "Closing" ? revoked : [], Query("SELECT member || ' ' || team FROM provisioning_task").Order(StringComparer.Ordinal));
        }

        var others = acme.Members.Where(member => member is { Role.Id: "member", IsListed: true, IsPending: false } && !revoked.Any(one => one.StartsWith($"{member.Id} ", StringComparison.Ordinal))).Select(static member => $"{member.Id}").ToList();
        foreach (var (requests, leaver) in new[] { 3, 8, 10, 12, 17, 21 }.Zip(others))
        {
            await KillAfterAsync(requests, "provisioning", "request", "remove-member", "--member", leaver, "--reason", "Left");
            Note();
        }

        Sentry.RequestLog.Clear();
        Assert.Equal(0, await RunAsync("provisioning", "request", "remove-member", "--member", others[^1], "--reason", "Left"));
        Note();
        Assert.Equal(["Proven"], Query("SELECT DISTINCT state FROM provisioning_task"));
        Assert.Equal(revoked, Query("SELECT member || ' ' || team FROM provisioning_task WHERE kind = 'LeaveTeam'").Order(StringComparer.Ordinal));
        Assert.Equal(revoked.Count, removals.Count);
        Assert.Distinct(removals);
        Assert.DoesNotContain(acme.Members.SelectMany(static member => member.Memberships.Select(link => $"{member.Id} {link.Team.Id}")), link => revoked.Contains(link));

        void Note() => removals.AddRange(Sentry.RequestLog.Entries
            .Where(static request => request is { Method: "DELETE", Status: >= 200 and < 300 } && request.Path.Contains("/teams/", StringComparison.Ordinal)).Select(static request => request.Path));
    }
}
