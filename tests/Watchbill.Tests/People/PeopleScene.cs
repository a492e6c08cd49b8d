using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.Notifications;
using Watchbill.People;
using Watchbill.People.Inviting;
using Watchbill.People.SigningIn;
using Watchbill.Storage;
using Watchbill.Testing;
using Watchbill.Tests.Storage;

namespace Watchbill.Tests.People;

/// <summary>People's use cases on a database of a test's own, with a clock that the test moves and password hashes that cost nothing.</summary>
internal sealed class PeopleScene : IAsyncDisposable
{
    public const string Password = "seven brown otters dancing";

    private readonly MigratedDatabase _database;
    private readonly TemporaryFolder _keys;
    private readonly ServiceProvider _services;

    private PeopleScene(MigratedDatabase database, TemporaryFolder keys, ServiceProvider services, FakeTimeProvider clock)
    {
        _database = database;
        _keys = keys;
        _services = services;
        Clock = clock;
    }

    public static Visitor Here { get; } = new("192.0.2.7", "Firefox/140.0");

    public static Caller Operator { get; } = Caller.AtCommandLine(new Actor(ActorKind.CommandLine, "ann", "host.example.com"));

    public FakeTimeProvider Clock { get; }

    public Database Database => _database.Database;

    public static async Task<PeopleScene> StartAsync(
        TestEngine engine, MailOptions? mail = null, PeopleOptions? options = null, Action<IServiceCollection>? configure = null)
    {
        var database = await MigratedDatabase.CreateAsync(engine);
        var keys = new TemporaryFolder();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        var collection = new ServiceCollection()
            .AddWatchbill(database.Address, keys.Path)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(options ?? new PeopleOptions { PasswordIterations = 10 })
            .AddSingleton(new PublicAddress(new Uri("https://watchbill.example.com/")))
            .AddSingleton(mail ?? new MailOptions());
        configure?.Invoke(collection);
        return new PeopleScene(database, keys, collection.BuildServiceProvider(), clock);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The first Super Administrator, signed in.</summary>
    public async Task<SignedIn> SetUpAsync(string address = "root@example.com")
    {
        var link = Must(await Get<SetupLink>().IssueAsync(Caller.System, default));
        return In(await Get<SetupLink>().CompleteAsync(new SetUpInput(SecretOf(link.Address), "Robin Root", address, Password), Here, default));
    }

    /// <summary>Somebody with these roles, invited by the command line, signed in.</summary>
    public async Task<SignedIn> JoinAsync(string address, params Role[] roles)
    {
        var invited = Must(await Get<InvitePerson>().InviteAsync(new InviteInput(address, null, roles), Operator, default));
        return In(await Get<AcceptInvitation>().RunAsync(new AcceptInput(SecretOf(invited.Link.Address), "Kim Example", Password), Here, default));
    }

    public Task<Result<Entered>> SignInAsync(string address, string password = Password, Visitor? visitor = null) =>
        Get<SignIn>().RunAsync(address, password, visitor ?? Here, default);

    /// <summary>The caller that the browser of a session is now.</summary>
    public async Task<Caller> CallerAsync(SignedIn signedIn) =>
        (await Get<Sessions>().FindAsync(signedIn.Token, "192.0.2.7", default))?.Caller ?? throw new InvalidOperationException("The session has ended.");

    public async Task<Account> AccountAsync(AccountId id) => Must(await Get<AccountQueries>().FindAsync(id, Operator, default));

    public async Task<IReadOnlyList<string>> ActionsAsync() =>
        [.. (await Get<AuditLog>().ListAsync(new AuditQuery(), default)).Reverse().Select(static auditEvent => auditEvent.Action)];

    public static string SecretOf(Uri link) => link.Segments[^1];

    /// <summary>The session of somebody whose password is enough.</summary>
    public static SignedIn In(Result<Entered> entered) => Must(entered) is Entered.In signedIn ? signedIn.SignedIn : throw new InvalidOperationException("A second factor is asked for.");

    public static T Must<T>(Result<T> result) => result.Succeeded ? result.Value : throw new InvalidOperationException(result.Refusal!.ToString());

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
        _keys.Dispose();
    }
}
