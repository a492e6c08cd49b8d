using System.Net;
using Watchbill.Compliance.Runs;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;
using Watchbill.Contracts.Engagements;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>An audit engagement from its opening to its end, through the typed client, with API tokens of those who take part.</summary>
public sealed class EngagementApiTests
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task An_engagement_is_opened_audited_and_closed()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        var connector = served.Connector!.Id.Value;
        await served.Get<RunChecks>().RunAsync(served.Connector.Id, Caller.System, None);
        var (lead, auditor, other) = (
            await ApiPerson.JoinAsync(served, "lead@example.com", Role.ComplianceManager), await ApiPerson.JoinAsync(served, "dee@example.org", Role.ExternalAuditor), await ApiPerson.JoinAsync(served, "eve@example.org", Role.ExternalAuditor));
        var now = TimeProvider.System.GetUtcNow();
        var wanted = new NewEngagement { Name = "SOC 2", Framework = "soc2-tsc-2017-rev2022", Controls = ["CC6.1"], From = now.AddDays(-90), To = now.AddDays(30), Connectors = [connector], Auditors = [auditor.Account], AccessEndsAt = now.AddDays(60) };
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(() => auditor.Client.Engagements.OpenAsync(wanted, None))).Status);
        Assert.Equal("engagement-auditors-invalid", (await RefusedAsync(() => lead.Client.Engagements.OpenAsync(wanted with { Auditors = [999] }, None))).Code);
        var id = (await lead.Client.Engagements.OpenAsync(wanted, None)).Id;
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(() => auditor.Client.Compliance.LatestAsync(connector, None))).Status);
        Assert.Equal("engagement-not-found", (await RefusedAsync(() => other.Client.Engagements.FindAsync(id, None))).Code);

        var room = await auditor.Client.Engagements.FindAsync(id, None);
        Assert.Equal(("CC6.1", "fail"), (room.Sources.Single().Controls.Single().Control, room.Sources.Single().Controls.Single().Outcome));
        var asked = await auditor.Client.Engagements.AskAsync(id, new NewEvidenceRequest { Title = "Leavers", Text = "Who left?", Control = "CC6.1" }, None);
        Assert.Equal((1, "open", auditor.Account), (asked.Number, asked.State, asked.AskedBy));
        Assert.Equal("provided", (await lead.Client.Engagements.StepAsync(id, 1, new NewEngagementNote { Kind = "provided", Text = "Nobody." }, None)).State);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await RefusedAsync(() => auditor.Client.Engagements.StepAsync(id, 1, new NewEngagementNote { Kind = "asked", Text = "Again." }, None))).Status);
        Assert.Equal("accepted", (await auditor.Client.Engagements.StepAsync(id, 1, new NewEngagementNote { Kind = "accepted", Text = "Thanks." }, None)).State);
        Assert.Equal(["asked", "provided", "accepted"], (await auditor.Client.Engagements.RequestAsync(id, 1, None)).Notes.Select(static note => note.Kind));
        Assert.Equal("commented", (await auditor.Client.Engagements.CommentAsync(id, new NewControlComment { Control = "CC6.1", Text = "Seen." }, None)).Kind);
        Assert.Equal("evidence-request-file-invalid", (await RefusedAsync(() => auditor.Client.Engagements.ImportAsync(id, new NewEvidenceRequestFile { Csv = "title" }, None))).Code);
        Assert.Equal(2, Assert.Single(await auditor.Client.Engagements.ImportAsync(id, new NewEvidenceRequestFile { Csv = "title,text\nPolicy,The policy.\n" }, None)).Number);
        Assert.Equal([other.Account], (await lead.Client.Engagements.ChangeAsync(id, new EngagementAccess { Auditors = [other.Account], EndsAt = now.AddDays(9), Reason = "Dee left." }, None)).Auditors);
        Assert.Equal("engagement-not-found", (await RefusedAsync(() => auditor.Client.Engagements.FindAsync(id, None))).Code);
        Assert.Equal("Over.", (await lead.Client.Engagements.CloseAsync(id, new ExceptionDecision { Reason = "Over." }, None)).Closing);
        Assert.Empty(await other.Client.Engagements.ListAsync(None));
        Assert.Single(await lead.Client.Engagements.ListAsync(None));
    }

    private static Task<WatchbillApiException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<WatchbillApiException>(call);
}
