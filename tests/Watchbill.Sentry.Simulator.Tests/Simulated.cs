using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Tests;

/// <summary>A small simulator of its own for each test, with callers of several kinds.</summary>
public abstract class Simulated : IAsyncLifetime
{
    protected const string O = "/api/0/organizations/acme/";
    protected const string P = "/api/0/projects/acme/";
    protected const string T = "/api/0/teams/acme/";

    private readonly List<Caller> callers = [];
    private SimulatorServer? server;

    protected SimulatorServer Server => server!;

    protected Organization Acme => Server.World.Organization("acme");

    protected Fixtures Fixtures => Acme.Fixtures;

    internal ManualClock Clock { get; } = new();

    /// <summary>True in a test that makes the simulator crash as Sentry would; otherwise an exception inside it fails the test.</summary>
    protected bool ExpectsCrash { get; set; }

    protected virtual SimulatorOptions Options => new() { Size = OrganizationSize.Small };

    public async ValueTask InitializeAsync() =>
        server = await SimulatorServer.StartAsync(Options with { Clock = Clock }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        callers.ForEach(caller => caller.Dispose());
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
        Assert.DoesNotContain(Server.RequestLog.Entries, entry => entry.Error is not null && !ExpectsCrash);
    }

    /// <summary>A caller with a personal token of this member.</summary>
    internal Caller As(Member member, params string[] scopes) => With(Acme.IssueToken(TokenKind.Personal, member.User!.Id, scopes));

    /// <summary>A caller with a personal token of an owner.</summary>
    internal Caller AsOwner(params string[] scopes) =>
        As(Fixtures.Owner, scopes.Length > 0 ? scopes : ["org:admin", "member:admin", "team:admin", "project:admin"]);

    internal Caller AsIntegration(params string[] scopes) => With(Acme.IssueToken(TokenKind.InternalIntegration, null, scopes));

    internal Caller With(string? token, Uri? at = null) => Track(new Caller(at ?? Server.BaseAddress, token));

    internal Caller Track(Caller caller)
    {
        callers.Add(caller);
        return caller;
    }
}
