using System.IO.Compression;
using Watchbill.Compliance;
using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Runs;
using Watchbill.Connectors.Collecting;
using Watchbill.Integrity;
using Watchbill.Kernel;
using Watchbill.Packs;
using Watchbill.Packs.Verifying;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Testing;
using Watchbill.Tests.Connectors;

namespace Watchbill.Tests.Packs;

/// <summary>A simulated organization that was read and checked, with actions and an exception, and packs of it.</summary>
internal sealed class PackScene : IAsyncDisposable
{
    public const string Framework = "soc2-tsc-2017-rev2022";

    private readonly TemporaryFolder _folder = new();

    private PackScene(ConnectedOrganization acme) => Acme = acme;

    public ConnectedOrganization Acme { get; }

    /// <summary>An instant behind everything that was written.</summary>
    public DateTimeOffset Now { get; private set; }

    public string Folder => _folder.Path;

    public static Caller Auditor { get; } = new(new Kernel.Actor(ActorKind.Account, "3"), [Right.ReadAccess, Right.ReadAudit], Accounts.Cyd.Id);

    public static async Task<PackScene> StartAsync(TestEngine engine = TestEngine.Sqlite, Accounts? accounts = null)
    {
        var acme = await ConnectedOrganization.StartAsync(new OrganizationSize(Members: 12, Teams: 4, Projects: 5, AuditRows: 40, IssuesPerProject: 6, ReleasesPerProject: 2), engine: engine, accounts: accounts, readsAuditLog: true);
        var scene = new PackScene(acme);
        await acme.SyncAsync();
        await acme.Get<CollectionQueue>().RunAsync(acme.Connector.Id, default);
        await scene.RunAsync();
        await acme.Get<ManageActions>().OpenAsync(new ActionDraft(acme.Connector.Id, "=1+1, with \"quotes\" and a comma", Severity.High) { Owner = Accounts.Ben.Id }, ConnectedOrganization.Somebody, default);
        await acme.Get<ManageExceptions>().AskAsync(new ExceptionInput(acme.Connector.Id, "member-strong-auth", "New phones.", TimeProvider.System.GetUtcNow().AddDays(9)), ConnectedOrganization.Somebody, default);
        await acme.Get<SealLog>().RunAsync(default);
        scene.Now = TimeProvider.System.GetUtcNow();
        return scene;
    }

    public async Task<CheckRun> RunAsync()
    {
        var run = await Acme.Get<RunChecks>().RunAsync(Acme.Connector.Id, ConnectedOrganization.Somebody, default);
        Assert.True(run.Succeeded, run.Refusal?.ToString());
        return run.Value;
    }

    public PackRequest Request() => new(Acme.Connector.Id, Framework, Now.AddDays(-30), Now);

    public async Task<MadePack> BuildAsync(PackRequest? request = null)
    {
        var made = await Acme.Get<BuildPack>().RunAsync(request ?? Request(), Folder, Auditor, default);
        Assert.True(made.Succeeded, made.Refusal?.ToString());
        return made.Value;
    }

    /// <summary>Unpacks one, as people do.</summary>
    /// <returns>The folder that <c>bagit.txt</c> lies in.</returns>
    public string Unpack(MadePack pack)
    {
        var folder = Path.Combine(Folder, Path.GetRandomFileName());
        ZipFile.ExtractToDirectory(pack.Path, folder);
        return Directory.GetDirectories(folder).Single();
    }

    public static void AssertIntact(PackVerification found) => Assert.True(found.IsIntact, string.Join("\n", found.Findings));

    public async ValueTask DisposeAsync()
    {
        await Acme.DisposeAsync();
        _folder.Dispose();
    }
}
