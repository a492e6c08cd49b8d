using Watchbill.People;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;
using Watchbill.Reviews;
using Watchbill.Server.Testing;

namespace Watchbill.Cli.Tests.Commands;

/// <summary>Access reviews at the command line: beside the database, and through a server with the reviewer's own token.</summary>
public sealed class ReviewTests : IDisposable
{
    private readonly CommandLine _command = new();

    [Fact]
    public async Task A_review_is_started_decided_closed_and_reported()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        var joined = await served.JoinAsync("rex@example.org", "Rex Reviewer", Role.ComplianceManager);
        var caller = (await served.Get<Sessions>().FindAsync(joined.Token, "127.0.0.1", TestContext.Current.CancellationToken))!.Caller;
        var token = ServedPeople.Must(await served.Get<ApiTokens>().CreateAsync(
            new ApiTokenInput("test", [.. caller.Rights], served.Get<TimeProvider>().GetUtcNow().AddDays(1)), caller, TestContext.Current.CancellationToken));
        var plan = new CampaignDraft { Connector = served.Connector!.Id, Name = "Quarter", Owner = caller.Account!.Value, Scope = new ReviewScope { Kinds = [GrantKind.OrgRole] } };
        ServedPeople.Must(await served.Get<ManageCampaigns>().CreateAsync(plan, caller, TestContext.Current.CancellationToken));
        _command.Variables["WATCHBILL_TOKEN"] = token.Text;
        string[] here = ["--database", served.Database], there = ["--server", served.Server.Listening.AbsoluteUri];

        Assert.Contains("draft", (await _command.RunAsync(["review", "list", .. here])).Output, StringComparison.Ordinal);
        Assert.Contains("running", (await _command.RunAsync(["review", "start", "1", .. there])).Output, StringComparison.Ordinal);
        var alone = await _command.RunAsync(["review", "decide", "1", "1", "--decision", "certify", .. here]);
        Assert.Contains("needs the account of the reviewer", alone.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, (await _command.RunAsync(["review", "decide", "1", "1", "--decision", "perhaps", .. there])).ExitCode);
        var draft = await _command.RunAsync(["review", "decide", "1", "1", "--decision", "except", "--reason", "Leaves soon", "--until", served.Get<TimeProvider>().GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), .. there]);
        Assert.True(draft.ExitCode is ExitCode.Ok, draft.Error);
        Assert.Contains("1 decision submitted", (await _command.RunAsync(["review", "submit", "1", .. there])).Error, StringComparison.Ordinal);
        Assert.Contains("closing", (await _command.RunAsync(["review", "close", "1", .. here])).Output, StringComparison.Ordinal);
        var left = await _command.RunAsync(["review", "complete", "1", .. there]);
        Assert.Equal(ExitCode.Refused, left.ExitCode);
        Assert.Contains("completed", (await _command.RunAsync(["review", "complete", "1", "--reason", "Reviewed by hand", .. here])).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, (await _command.RunAsync(["review", "cancel", "1", "--reason", "Oops", .. here])).ExitCode);
        Assert.Equal(ExitCode.NotFound, (await _command.RunAsync(["review", "show", "9", .. here])).ExitCode);
        foreach (var question in new[] { "list", "show", "report" })
        {
            string[] ask = question == "list" ? ["review", question] : ["review", question, "1"];
            var (local, remote) = (await _command.RunAsync([.. ask, "-o", "json", .. here]), await _command.RunAsync([.. ask, "-o", "json", .. there]));
            Assert.Equal(local.Output, remote.Output);
        }

        Assert.Contains(",except,Leaves soon,", (await _command.RunAsync(["review", "report", "1", "-o", "csv", .. here])).Output, StringComparison.Ordinal);
    }

    public void Dispose() => _command.Dispose();
}
