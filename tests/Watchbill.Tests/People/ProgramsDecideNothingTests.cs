using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Runs;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Tests.Connectors;
using Watchbill.Tests.Requests;
using Watchbill.Tests.Reviews;
using RequestState = Watchbill.Requests.RequestState;

namespace Watchbill.Tests.People;

/// <summary>Whoever may make accounts of programs gets no second pair of eyes by them.</summary>
public sealed class ProgramsDecideNothingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Caller Program { get; } = new(new Kernel.Actor(ActorKind.ApiToken, "7"), Enum.GetValues<Right>(), new AccountId(77)) { IsService = true };

    [Fact]
    public async Task A_program_approves_no_access()
    {
        await using var scene = await RequestScene.StartAsync();
        var request = await scene.AskAsync(scene.Draft(scene.Team()));

        Assert.Equal("person-needed", (await scene.ApproveAsync(request, caller: Program)).Refusal?.Code);
        Assert.Equal(RequestState.Approved, ReviewScene.Must(await scene.ApproveAsync(request)).State);
    }

    [Fact]
    public async Task A_program_approves_no_exception_and_confirms_no_loss()
    {
        await using var acme = await ConnectedOrganization.StartAsync();
        await acme.SyncAsync();
        var run = await acme.Get<RunChecks>().RunAsync(acme.Connector.Id, ConnectedOrganization.Somebody, Stop);
        Assert.True(run.Succeeded, run.Refusal?.ToString());
        var asked = await acme.Get<ManageExceptions>().AskAsync(new ExceptionInput(acme.Connector.Id, "member-strong-auth", "New phones.", TimeProvider.System.GetUtcNow().AddDays(9)), ConnectedOrganization.Somebody, Stop);
        Assert.True(asked.Succeeded, asked.Refusal?.ToString());

        Assert.Equal("person-needed", (await acme.Get<ManageExceptions>().DecideAsync(asked.Value.Id, approve: true, "Fine.", Program, Stop)).Refusal?.Code);
        Assert.Equal("person-needed", (await acme.Get<DecideHeldRun>().ConfirmAsync(new SyncRunId(1), Program, Stop)).Refusal?.Code);
        Assert.Equal("person-needed", (await acme.Get<DecideHeldRun>().RejectAsync(new SyncRunId(1), "No.", Program, Stop)).Refusal?.Code);
    }
}
