using System.Net;
using Watchbill.Contracts;
using Watchbill.Contracts.Access;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;
using Watchbill.Contracts.Connectors;
using Watchbill.Contracts.Engagements;
using Watchbill.Contracts.Evidence;
using Watchbill.Contracts.Notifications;
using Watchbill.Contracts.People;
using Watchbill.Contracts.Requests;
using Watchbill.Contracts.Reviews;
using Watchbill.People;
using Watchbill.Server.Testing;

namespace Watchbill.Server.Tests.Api;

/// <summary>The typed client against a real server.</summary>
public sealed class ClientTests
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task The_client_knows_every_address()
    {
        await using var served = await ServedOrganization.StartAsync();
        var recorder = new Recorder();
        using var http = new HttpClient(recorder) { BaseAddress = served.Server.Listening };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await served.TokenAsync(Role.SuperAdministrator));
        var client = new WatchbillClient(http);

        foreach (var call in Calls(client))
        {
            await Assert.ThrowsAnyAsync<WatchbillApiException>(call);
        }

        var asked = recorder.Asked.Distinct().Order(StringComparer.Ordinal);
        var routed = RouteTable.Of(served).Where(static route => route.IsApi && !route.Pattern.EndsWith(".json", StringComparison.Ordinal)).Select(static route => $"{route.Method} {route.Path}");
        Assert.Equal(routed.Distinct().Order(StringComparer.Ordinal), asked);
    }

    [Fact]
    public async Task What_the_client_reads_is_what_the_server_wrote()
    {
        await using var served = await ServedOrganization.StartReadAsync();
        using var http = await served.ProgramAsync(Role.SuperAdministrator);
        var client = new WatchbillClient(http);
        var connector = Assert.Single(await client.Connectors.ListAsync(None));
        var access = client.Access(connector.Id);

        List<Contracts.Access.MemberRow> members = [];
        await foreach (var member in AccessClient.AllAsync(cursor => access.MembersAsync(new MemberQuery { Limit = 3, Sso = false, Sort = "name", Cursor = cursor }, None), None))
        {
            members.Add(member);
        }

        Assert.NotEmpty(members);
        Assert.Equal(members.Count, (await access.MembersAsync(new MemberQuery { Sso = false }, None)).Total);
        var detail = await access.MemberAsync(members[0].Email, new InstantQuery(), None);
        Assert.Equal(members[0], detail.Value.Member);
        Assert.True(detail.Freshness.Complete);
        Assert.Equal("Acme", connector.Name);
        var edited = await client.Connectors.EditAsync(connector.Id, connector.Version, SettingsOf(connector) with { Name = "Acme two" }, None);
        var stale = await Assert.ThrowsAsync<WatchbillApiException>(() => client.Connectors.EditAsync(connector.Id, connector.Version, SettingsOf(connector), None));
        Assert.Equal("Acme two", edited.Name);
        Assert.Equal((HttpStatusCode.PreconditionFailed, ProblemCodes.IfMatchFailed), (stale.Status, stale.Code));
    }

    [Fact]
    public async Task A_page_that_is_not_Watchbills_is_named_as_such()
    {
        await using var served = await ServedOrganization.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(served.Server.Listening, "/sign-in/") };

        var strange = await Assert.ThrowsAsync<WatchbillApiException>(() => new WatchbillClient(http).People.MeAsync(None));

        Assert.Equal("not-watchbill", strange.Code);
    }

    private static ConnectorSettings SettingsOf(Contracts.Connectors.Connector connector) => new()
    {
        Name = connector.Name,
        Address = connector.Address,
        Organization = connector.Organization,
        AllowPrivateNetworks = connector.AllowPrivateNetworks,
        BudgetShare = connector.BudgetShare,
        Schedule = connector.Schedule,
        Owners = connector.Owners,
    };

    /// <summary>Every call, about things that do not exist. The recorder answers all of them with a refusal.</summary>
    private static IEnumerable<Func<Task>> Calls(WatchbillClient client)
    {
        const long id = 999999;
        var access = client.Access(id);
        var evidence = client.Evidence(id);
        var provisioning = client.Provisioning(id);
        var identities = client.Identities;
        var reviews = client.Reviews;
        var plan = new CampaignPlan { Connector = id, Name = "x", Owner = id };
        var change = new NewChange { Kind = "remove-member", Member = "1", Reason = "x" };
        return
        [
            () => client.Connectors.ListAsync(None), () => client.Connectors.FindAsync(id, None), () => client.Connectors.PlanAsync(id, None),
            () => client.Connectors.TryAsync(new PreflightInput { Address = "", Organization = "", Token = "" }, None),
            () => client.Connectors.CreateAsync(new NewConnector { Name = "", Address = "", Organization = "" }, None),
            () => client.Connectors.EditAsync(id, 1, new ConnectorSettings { Name = "", Address = "", Organization = "" }, None),
            () => client.Connectors.RotateTokenAsync(id, new NewToken { Token = "" }, None), () => client.Connectors.PauseAsync(id, None), () => client.Connectors.ResumeAsync(id, None),
            () => client.Connectors.RemoveAsync(id, new RemovalQuery { Confirm = "x" }, None), () => client.Connectors.RequestSyncAsync(id, new SyncQuery { Mode = "incremental" }, None), () => client.Connectors.ScopesAsync(id, None),
            () => client.Connectors.ApplicationsAsync(None), () => client.Connectors.OwnersAsync(None),
            async () => await client.Connectors.WatchAsync(id, None).GetAsyncEnumerator(None).MoveNextAsync(),
            () => client.Runs.ListAsync(id, new PageQuery(), None), () => client.Runs.FindAsync(id, None), () => client.Runs.ScopesAsync(id, None), () => client.Runs.DifferenceAsync(id, None),
            () => client.Runs.DifferenceFactsAsync(id, new DifferenceQuery(), None), () => client.Runs.ConfirmAsync(id, None), () => client.Runs.RejectAsync(id, new Rejection { Reason = "x" }, None),
            () => access.OverviewAsync(new InstantQuery(), None), () => access.WhyAsync(new WhyQuery { Member = "a", Project = "b" }, None),
            () => access.BlastRadiusAsync(new BlastRadiusQuery { Member = "a" }, None), () => access.LossesAsync(new LossQuery { Member = "a" }, None), () => access.HistoryAsync(new HistoryQuery { Member = "a" }, None),
            () => access.ChangesAsync(new ChangeQuery { Since = DateTimeOffset.UnixEpoch }, None), () => access.SearchAsync(new SearchQuery { Text = "a" }, None),
            () => access.MembersAsync(new MemberQuery(), None), () => access.MemberAsync("nothing", new InstantQuery(), None), () => access.HistoryAsync("nothing", None),
            () => access.ProjectsOfMemberAsync("nothing", new PairQuery(), None), () => access.TeamsAsync(new TeamQuery(), None), () => access.TeamAsync("nothing", new InstantQuery(), None),
            () => access.MembersOfTeamAsync("nothing", new InstantPageQuery(), None), () => access.ProjectsOfTeamAsync("nothing", new InstantPageQuery(), None),
            () => access.ProjectsAsync(new ProjectQuery(), None), () => access.ProjectAsync("nothing", new InstantQuery(), None),
            () => access.MembersOfProjectAsync("nothing", new PairQuery(), None), () => access.NonHumansAsync(new PrincipalQuery(), None), () => access.NonHumanAsync("nothing", new InstantQuery(), None),
            () => evidence.KindsAsync(None), () => evidence.ListAsync("nothing", new EvidenceQuery(), None), () => evidence.HistoryAsync("nothing", new EvidenceHistoryQuery { Key = "1" }, None),
            () => evidence.CollectionsAsync(new CollectionQuery(), None), () => evidence.CollectAsync(new WantedCollection(), None),
            .. RequestCalls(client.Requests, id), .. ComplianceCalls(client.Compliance, id), .. ActionCalls(client.Compliance, id), .. ArtifactCalls(client.Artifacts, id), .. EngagementCalls(client.Engagements, id), .. LogCalls(client.EvidenceLog, id), () => client.Operations.StatusAsync(None),
            () => reviews.ListAsync(None), () => reviews.FindAsync(id, None), () => reviews.CreateAsync(plan, None), () => reviews.EditAsync(id, plan, None), () => reviews.StartAsync(id, None),
            () => reviews.CloseAsync(id, None), () => reviews.CompleteAsync(id, new ReviewReason(), None), () => reviews.CancelAsync(id, new ReviewReason("x"), None),
            () => reviews.ItemsAsync(id, new ReviewItemQuery(), None), () => reviews.DecideAsync(id, new ReviewDecisions([new() { Item = 1 }]), None), () => reviews.SubmitAsync(id, None),
            () => reviews.AbsenceAsync(None), () => reviews.SetAbsenceAsync(new NewAbsence { StandIn = "x", From = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch }, None), () => reviews.EndAbsenceAsync(None),
            () => reviews.ReassignAsync(id, id, new NewReviewer(1, "x"), None), () => reviews.ReportAsync(id, None),
            () => identities.DirectoriesAsync(None), () => identities.DirectoryAsync(id, None), () => identities.RemoveAsync(id, None),
            () => identities.CreateAsync(new NewDirectory { Name = "x", Kind = "file" }, None), () => identities.IssueTokenAsync(id, None), () => identities.RevokeTokenAsync(id, None), () => identities.GroupsAsync(id, None), () => identities.LetDecideAsync(id, decides: true, None),
            () => identities.SendAsync(id, new NewUpload { FileName = "x", Content = "x" }, None), () => identities.UploadAsync("nothing", None),
            () => identities.ChooseAsync("nothing", new UploadColumns(new Dictionary<string, string>()), None), () => identities.TakeAsync("nothing", new TakeUpload(), None),
            () => identities.ListAsync(new IdentityQuery(), None), () => identities.FindAsync(id, None), () => identities.RulesAsync(None), () => identities.SetRulesAsync(new MatchRules([]), None),
            () => access.AccountsAsync(new MatchedAccountQuery(), None), () => access.ChangeAccountsAsync(new AccountsChange { Members = ["1"] }, None),
            () => provisioning.ListAsync(new ProvisioningQuery(), None), () => provisioning.FindAsync(id, None), () => provisioning.PlanAsync(change, None),
            () => provisioning.RequestAsync(change, None), () => provisioning.RetryAsync(id, None), () => provisioning.WithdrawAsync(id, None),
            () => provisioning.WritingAsync(None), () => provisioning.SwitchOnAsync(new NewWriting(), None), () => provisioning.SwitchOffAsync(None),
            () => client.People.MeAsync(None), () => client.People.MyTokensAsync(None), () => client.People.TokensAsync(None), () => client.People.RevokeTokenAsync(id, None),
            () => client.People.TokensOfAsync(id, None), () => client.People.ListAsync(new AccountQuery(), None), () => client.People.FindAsync(id, None),
            () => client.People.InviteAsync(new NewInvitation { Address = "", Roles = [] }, None), () => client.People.ResendInvitationAsync(id, None), () => client.People.WithdrawInvitationAsync(id, None),
            () => client.People.IssuePasswordLinkAsync(id, None), () => client.People.ChangeRolesAsync(id, 1, new NewRoles { Roles = [] }, None),
            () => client.People.RenameAsync(id, 1, new NewName { Name = "" }, None), () => client.People.CloseAsync(id, 1, None), () => client.People.ReopenAsync(id, 1, None),
            () => client.People.SessionsAsync(id, None), () => client.People.EndSessionsAsync(id, None), () => client.People.EndSessionAsync(id, id, None), () => client.People.RemoveSecondFactorAsync(id, None),
            () => client.Notifications.ChannelsAsync(None), () => client.Notifications.CreateChannelAsync(new NewChannel { Name = "x", Kind = "slack", Address = "x" }, None),
            () => client.Notifications.SwitchChannelAsync(id, true, None), () => client.Notifications.TestChannelAsync(id, None), () => client.Notifications.RemoveChannelAsync(id, None),
            () => client.Notifications.NoticesAsync(None), () => client.Notifications.ChooseNoticesAsync(new NoticeChoices { Choices = new Dictionary<string, string>() }, None),
            () => client.People.AuditAsync(new AuditEventQuery(), None), () => client.People.MailAsync(None),
            () => client.Devices.StartAsync(new NewDevice { Client = "" }, None), () => client.Devices.CollectAsync(new DeviceCollection { DeviceCode = "" }, None),
        ];
    }

    private static IEnumerable<Func<Task>> RequestCalls(RequestsClient requests, long id) =>
    [
        () => requests.CatalogueAsync(new CatalogueQuery { Connector = id }, None), () => requests.ListAsync(new AccessRequestQuery(), None), () => requests.FindAsync(id, None),
        () => requests.AskAsync(new NewAccessRequest { Connector = id, Kind = "org-role", Role = "manager", Reason = "x", Minutes = 30 }, None), () => requests.ApproveAsync(id, new RequestApproval(), None),
        () => requests.DenyAsync(id, new RequestReason { Reason = "x" }, None), () => requests.WithdrawAsync(id, None), () => requests.ReviewAsync(id, new EmergencyReview { WasJustified = true, Note = "x" }, None),
        () => requests.GrantsAsync(new GrantQuery(), None), () => requests.EndAsync(id, new RequestReason(), None), () => requests.PoliciesAsync(None), () => requests.PolicyVersionsAsync(id, None),
        () => requests.SavePolicyAsync(new RequestPolicy { Id = id, Name = "x" }, None), () => requests.DriftsAsync(new DriftQuery(), None),
        () => requests.AcceptDriftAsync(id, new DriftAcceptance { Reason = "x" }, None), () => requests.RemoveDriftAsync(id, new RequestReason { Reason = "x" }, None),
        () => requests.PlacesAsync(None), () => requests.ExportPoliciesAsync(None), () => requests.ImportPoliciesAsync(new PolicyImport { Text = "x" }, None), () => requests.InsightAsync(new InsightQuery(), None), () => requests.UnusedAsync(new UnusedQuery { Connector = id }, None)
    ];

    private static IEnumerable<Func<Task>> LogCalls(EvidenceLogClient log, long id) =>
        [() => log.FindAsync(None), () => log.VerifyAsync(new NewLogVerification(), None), () => log.ProofAsync(id, None), () => log.ConsistencyAsync(new ConsistencyQuery { From = 1, To = 1 }, None),
         () => log.KeysAsync(None), () => log.ReplaceKeyAsync("nothing", new KeyReplacement { Replaces = new string('0', 64), Reason = "x" }, None)];

    private static IEnumerable<Func<Task>> ComplianceCalls(ComplianceClient compliance, long id) =>
    [
        () => compliance.ChecksAsync(None), () => compliance.FrameworksAsync(None), () => compliance.FollowedAsync(None), () => compliance.FollowAsync(new NewFollowedFrameworks { Frameworks = ["nothing"], Reason = "Ours." }, None), () => compliance.BringFrameworkAsync(new NewFramework { Yaml = "id: x", Reason = "Ours." }, None), () => compliance.RemoveFrameworkAsync("nothing", new ExceptionDecision { Reason = "Over." }, None), () => compliance.FrameworkAsync(id, "nothing", None), () => compliance.ControlAsync(id, "nothing", new ControlQuery { Id = "x" }, None), () => compliance.LatestAsync(id, None), () => compliance.RunAsync(id, None),
        () => compliance.RunsAsync(id, new CheckRunQuery(), None), () => compliance.FindAsync(id, "nothing", None), () => compliance.ResultsAsync(id, new CheckResultQuery(), None),
        () => compliance.SetAsync(id, "nothing", "nothing", new NewSetting { Reason = "x" }, None), () => compliance.AcknowledgeAsync(id, new NewAcknowledgement { Lines = [1], Reason = "x" }, None),
        () => compliance.PostureAsync(id, new PostureQuery(), None), () => compliance.ExceptionsAsync(new ExceptionQuery(), None),
        () => compliance.AskAsync(new NewException { Connector = id, Check = "x", Reason = "x", EndsAt = DateTimeOffset.UnixEpoch }, None),
        () => compliance.ApproveAsync(id, new ExceptionDecision { Reason = "x" }, None), () => compliance.DenyAsync(id, new ExceptionDecision { Reason = "x" }, None), () => compliance.WithdrawAsync(id, new ExceptionDecision { Reason = "x" }, None),
    ];

    private static IEnumerable<Func<Task>> ActionCalls(ComplianceClient compliance, long id) =>
    [
        () => compliance.ActionsAsync(new ActionQuery(), None), () => compliance.ActionAsync(id, None), () => compliance.OpenActionAsync(new NewAction { Connector = id, Title = "x", Severity = "low" }, None),
        () => compliance.ImportActionsAsync(new NewActionFile { Connector = id, Csv = "x" }, None), () => compliance.AssignActionAsync(id, new ActionOwner(), None),
        () => compliance.PostponeActionAsync(id, new ActionDue { DueAt = DateTimeOffset.UnixEpoch, Reason = "x" }, None), () => compliance.StartActionAsync(id, None),
        () => compliance.CommentActionAsync(id, new ActionComment { Text = "x" }, None), () => compliance.CloseActionAsync(id, new ActionDecision { Reason = "x" }, None),
        () => compliance.ReopenActionAsync(id, new ActionDecision { Reason = "x" }, None),
    ];

    private static IEnumerable<Func<Task>> EngagementCalls(EngagementsClient engagements, long id) =>
    [
        () => engagements.ListAsync(None), () => engagements.FindAsync(id, None), () => engagements.RequestAsync(id, id, None), () => engagements.CloseAsync(id, new ExceptionDecision { Reason = "x" }, None),
        () => engagements.OpenAsync(new NewEngagement { Name = "x", Framework = "x", From = default, To = default, Connectors = [id], Auditors = [id], AccessEndsAt = default }, None),
        () => engagements.ChangeAsync(id, new EngagementAccess { Auditors = [id], EndsAt = default, Reason = "x" }, None), () => engagements.AskAsync(id, new NewEvidenceRequest { Title = "x", Text = "x" }, None),
        () => engagements.ImportAsync(id, new NewEvidenceRequestFile { Csv = "title,text" }, None), () => engagements.StepAsync(id, id, new NewEngagementNote { Kind = "commented", Text = "x" }, None), () => engagements.CommentAsync(id, new NewControlComment { Control = "x", Text = "x" }, None),
    ];

    private static IEnumerable<Func<Task>> ArtifactCalls(ArtifactsClient artifacts, long id) =>
    [
        () => artifacts.ListAsync(id, new ArtifactQuery(), None), () => artifacts.FindAsync(id, None), () => artifacts.RecordAsync(id, new NewArtifact { Name = "x", ContentBase64 = "eA==", Shows = "x" }, None),
        () => artifacts.HoldAsync(id, new ArtifactDecision { Reason = "x" }, None), () => artifacts.ReleaseAsync(id, new ArtifactDecision { Reason = "x" }, None), () => artifacts.EraseAsync(id, new ArtifactDecision { Reason = "x" }, None),
    ];

    /// <summary>Notes what is asked and refuses it.</summary>
    private sealed class Recorder : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)
            {
                Content = new StringContent("""{"code":"nothing","title":"Nothing.","status":404}""", System.Text.Encoding.UTF8, "application/problem+json"),
            });
        }
    }
}
