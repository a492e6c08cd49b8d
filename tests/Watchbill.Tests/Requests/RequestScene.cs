using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.Requests;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;
using Watchbill.Tests.Reviews;
using AccessRequest = Watchbill.Requests.AccessRequest;

namespace Watchbill.Tests.Requests;

/// <summary>An organization in which Cyd, who may do nothing else, asks for access, and Ben decides. Its clock goes only when it is moved.</summary>
internal sealed class RequestScene : IAsyncDisposable
{
    private readonly ReviewScene _scene;
    private readonly Accounts _accounts;

    private RequestScene(ReviewScene scene, ConnectedOrganization at, MovableClock clock, Member cyd) => (_scene, At, Clock, Cyd, _accounts) = (scene, at, clock, cyd, at.Get<Accounts>());

    /// <summary>The organization as the movable clock sees it.</summary>
    public ConnectedOrganization At { get; }

    public MovableClock Clock { get; }

    /// <summary>Cyd in Sentry: on no team.</summary>
    public Member Cyd { get; }

    public Organization Acme => _scene.Acme.Acme;

    public IReadOnlyList<Watchbill.Connectors.OwnerMessage> Mail => _accounts.Mail;

    public IReadOnlyList<Watchbill.Connectors.PublicNotice> Announced => _accounts.Announced;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<RequestScene> StartAsync(TestEngine engine = TestEngine.Sqlite, PolicyRules? rules = null, bool readsAuditLog = false)
    {
        var scene = await ReviewScene.StartAsync(engine, readsAuditLog: readsAuditLog);
        var cyd = scene.Acme.Acme.AddMember(Accounts.Cyd.Email, "member");
        await scene.Acme.SyncAsync();
        var clock = new MovableClock();
        var at = scene.Acme.Again<TimeProvider>(clock);
        var started = new RequestScene(scene, at, clock, cyd);
        await started.PolicyAsync(rules ?? Rules());
        return started;
    }

    public static PolicyRules Rules() => new()
    {
        Kinds = [AccessKind.TeamMembership, AccessKind.OrgRole],
        Roles = ["contributor", "admin", "manager"],
        Steps = [new ApprovalStep { Rules = [ApproverRule.Named], Named = [Accounts.Ben.Id.Value] }],
        BreakGlassMinutes = 60,
    };

    public T Get<T>()
        where T : notnull => At.Get<T>();

    public Team Team(int index = 0) => Acme.Teams.Where(team => !team.IsIdpProvisioned && team.Memberships.All(link => link.Member != Cyd)).ElementAt(index);

    public async Task<RequestPolicy> PolicyAsync(PolicyRules rules) => ReviewScene.Must(await Get<ManagePolicies>().SaveAsync(new RequestPolicy { Name = "Engineers", Rules = rules }, ReviewScene.Ada, Stop));

    public RequestDraft Draft(Team team, string role = "contributor", int minutes = 60) => new()
    {
        Connector = At.Connector.Id,
        Target = new AccessTarget(AccessKind.TeamMembership, $"{team.Id}", role),
        Reason = "The checkout is down.",
        Minutes = minutes,
    };

    public Task<Result<AccessRequest>> TryAskAsync(RequestDraft draft, Caller? caller = null) => Get<AskForAccess>().RunAsync(draft, caller ?? ReviewScene.Cyd, Stop);

    public async Task<AccessRequest> AskAsync(RequestDraft draft) => ReviewScene.Must(await TryAskAsync(draft));

    public Task<Result<AccessRequest>> ApproveAsync(AccessRequest request, int? minutes = null, Caller? caller = null) =>
        Get<DecideRequests>().ApproveAsync(request.Id, minutes, reason: null, caller ?? ReviewScene.Ben, Stop);

    /// <summary>Asks, approves and lets it be made.</summary>
    public async Task<TemporaryGrant> GrantAsync(RequestDraft draft)
    {
        var request = await AskAsync(draft);
        ReviewScene.Must(await ApproveAsync(request));
        await ChangeAsync();
        return await GrantOfAsync(request);
    }

    public async Task<TemporaryGrant> GrantOfAsync(AccessRequest request) => (await DetailsAsync(request)).Grant!;

    public async Task<RequestDetails> DetailsAsync(AccessRequest request) => ReviewScene.Must(await Get<DecideRequests>().FindAsync(request.Id, ReviewScene.Ada, Stop));

    public async Task<TemporaryGrant> AgainAsync(TemporaryGrant grant) =>
        ReviewScene.Must(await Get<KeepGrants>().ListAsync(onlyOwn: false, onlyOpen: false, ReviewScene.Ada, Stop)).Single(one => one.Id == grant.Id);

    /// <summary>Makes in Sentry what is due.</summary>
    public Task<IReadOnlyList<ProvisioningTask>> ChangeAsync() => Get<Provisioner>().RunDueAsync(At.Connector.Id, Stop);

    /// <summary>Lets time pass, and does what is due then.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Move(time);
        await Get<DecideRequests>().RunDueAsync(Stop);
        await Get<KeepGrants>().RunDueAsync(Stop);
        await Get<KeepGrants>().WarnAsync(Stop);
        await ChangeAsync();
        await Get<KeepGrants>().MendAsync(Stop);
        await ChangeAsync();
    }

    /// <summary>Cyd's role on a team in Sentry; null for none.</summary>
    public string? RoleOn(Team team) => team.Memberships.FirstOrDefault(link => link.Member == Cyd) is { } link ? link.Role ?? "contributor" : null;

    public async ValueTask DisposeAsync()
    {
        await At.DisposeAsync();
        await _scene.DisposeAsync();
    }
}

/// <summary>A clock that begins now and goes only when it is moved; its timers go on.</summary>
internal sealed class MovableClock : TimeProvider
{
    private DateTimeOffset _now = System.GetUtcNow();

    public void Move(TimeSpan time) => _now += time;

    public override DateTimeOffset GetUtcNow() => _now;
}
