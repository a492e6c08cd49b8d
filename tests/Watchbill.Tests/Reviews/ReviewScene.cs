using System.Text;
using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Identities;
using Watchbill.Reviews;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Reviews;

/// <summary>An organization that was read, with three people who can review it: Ada, Ben and Cyd.</summary>
internal sealed class ReviewScene : IAsyncDisposable
{
    private ReviewScene(ConnectedOrganization acme) => Acme = acme;

    public ConnectedOrganization Acme { get; }

    public static Caller Ada { get; } = CallerOf(Accounts.Ada.Id);

    public static Caller Ben { get; } = CallerOf(Accounts.Ben.Id);

    public static Caller Cyd { get; } = new(new Watchbill.Kernel.Actor(ActorKind.Account, "3"), [], Accounts.Cyd.Id);

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ReviewScene> StartAsync(TestEngine engine = TestEngine.Sqlite, bool writes = true, OrganizationSize? size = null, int seed = 1, bool readsAuditLog = false)
    {
        var acme = await ConnectedOrganization.StartAsync(size, engine: engine, seed: seed, readsAuditLog: readsAuditLog);
        acme.Acme.AddMember("second.owner@example.com", "owner");
        acme.Acme.AuthProvider = null;
        if (writes)
        {
            var on = await acme.Get<ManageWriting>().SwitchOnAsync(acme.Connector.Id, acme.OwnerToken(), ConnectedOrganization.Somebody, Stop);
            Assert.True(on.Succeeded, on.Refusal?.ToString());
        }

        await acme.SyncAsync();
        return new ReviewScene(acme);
    }

    public T Get<T>()
        where T : notnull => Acme.Get<T>();

    public CampaignDraft Plan() => new()
    {
        Connector = Acme.Connector.Id,
        Name = "Quarterly review",
        Owner = Accounts.Ada.Id,
        Reviewers = new ReviewerChoice { Rules = [ReviewerRule.Named], Named = [Accounts.Ben.Id.Value] },
    };

    public async Task<Campaign> PrepareAsync(CampaignDraft? plan = null) => Must(await Get<ManageCampaigns>().CreateAsync(plan ?? Plan(), Ada, Stop));

    public async Task<Campaign> RunAsync(CampaignDraft? plan = null) => Must(await Get<StartCampaign>().RunAsync((await PrepareAsync(plan)).Id, Ada, Stop));

    public async Task<IReadOnlyList<ReviewItem>> ItemsAsync(CampaignId campaign) => Must(await Get<CampaignReport>().RunAsync(campaign, Ada, Stop)).Items;

    /// <summary>Ben certifies everything of his but what is decided otherwise here, and submits.</summary>
    public async Task DecideAsync(CampaignId campaign, params DraftDecision[] others)
    {
        var others2 = others.ToDictionary(static one => one.Item);
        var mine = (await ItemsAsync(campaign)).Where(static item => item.Reviewer == Accounts.Ben.Id);
        Must(await Get<DecideItems>().DraftAsync(
            campaign, [.. mine.Select(item => others2.GetValueOrDefault(item.Id) ?? new DraftDecision(item.Id, Decision.Certify) { Reason = "Needed." })], Ben, Stop));
        Must(await Get<DecideItems>().SubmitAsync(campaign, Ben, Stop));
    }

    public async Task<Campaign> CloseAsync(CampaignId campaign) => Must(await Get<CloseCampaign>().RunAsync(campaign, Ada, Stop));

    public async Task<Campaign> FollowAsync(CampaignId campaign) => Must(await Get<CompleteCampaign>().FollowAsync(campaign, Stop));

    public Task ChangeSentryAsync() => Get<Provisioner>().RunDueAsync(Acme.Connector.Id, Stop);

    public async Task FillAsync(string text)
    {
        var directory = Must(await Get<ManageDirectories>().CreateAsync("Staff", DirectoryKind.File, Ada, Stop));
        var sent = Must(await Get<UploadIdentities>().SendAsync(new(directory.Id, "staff.csv", Encoding.UTF8.GetBytes(text)), Ada, Stop));
        Must(await Get<UploadIdentities>().TakeAsync(sent.Id, isComplete: true, Ada, Stop));
    }

    public Member Plain(int teams) => Acme.Acme.Members.First(member =>
        member is { Role.Id: "member", IsListed: true, IsPending: false } && member.Memberships.Count >= teams && member.Memberships.All(static link => link.Role is null));

    public static T Must<T>(Result<T> result)
    {
        Assert.True(result.Succeeded, result.Refusal?.ToString());
        return result.Value;
    }

    public ValueTask DisposeAsync() => Acme.DisposeAsync();

    private static Caller CallerOf(AccountId account) => new(new Watchbill.Kernel.Actor(ActorKind.Account, account.ToString()), Enum.GetValues<Right>(), account);
}
