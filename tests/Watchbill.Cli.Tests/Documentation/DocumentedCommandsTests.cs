using Microsoft.Extensions.DependencyInjection;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;
using Watchbill.Storage;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Documentation;

/// <summary>What the documentation tells people to type works.</summary>
public sealed class DocumentedCommandsTests
{
    /// <summary>They wait for a person or for Ctrl+C; tests of their own run them, as they do with asking for access, which needs a policy.</summary>
    private static readonly string[] Waiting = ["demo", "serve", "login", "mcp", "version"];

    [Fact]
    public void Every_command_in_the_documentation_is_one()
    {
        using var output = new StringWriter();
        var tree = new CommandTree(new Terminal { Input = TextReader.Null, Output = output, Error = output }, []);

        var wrong = DocumentedCommand.All.Select(command => (command, errors: tree.Parse([.. command.Words]).Errors)).Where(static one => one.errors.Count > 0).ToList();

        Assert.True(DocumentedCommand.All.Count > 40, "The documentation's commands were not found.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Select(static one => $"{one.command}: {one.errors[0].Message}")));
    }

    /// <summary>Every page with commands for the machine at hand but the README, whose first command connects; theirs come after a first read.</summary>
    public static TheoryData<string> OtherPages => [.. DocumentedCommand.All.Where(static one => one.Page != "README.md" && IsHere(one)).Select(static one => one.Page).Distinct()];

    [Fact]
    public async Task The_commands_of_the_README_do_what_they_say_one_after_the_other()
    {
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small }, TestContext.Current.CancellationToken);
        var acme = sentry.World.Organization("acme");
        using var line = new CommandLine();
        line.FileWith("token.txt", sentry.ReaderToken());
        line.FileWith("owner-token.txt", acme.IssueToken(
            TokenKind.Personal, acme.Members.First(static one => one is { Role.Id: "owner", IsPending: false }).User!.Id,
            "org:read", "org:write", "org:admin", "member:read", "member:admin", "team:read", "team:write", "team:admin", "project:read", "project:write", "project:admin"));
        var meant = MeantOf(sentry);
        foreach (var command in DocumentedCommand.All.Where(static one => one.Page == "README.md" && IsHere(one)))
        {
            await PrepareAsync(command, line, acme, meant);
            await FollowAsync(command, line, meant);
        }
    }

    [Theory, MemberData(nameof(OtherPages))]
    public async Task The_commands_of_other_pages_do_what_they_say_after_a_first_read(string page)
    {
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small }, TestContext.Current.CancellationToken);
        using var line = new CommandLine();
        var connected = await line.RunAsync(
            "connect", "--address", sentry.BaseAddress.AbsoluteUri, "--organization", "acme", "--token-file", line.FileWith("token.txt", sentry.ReaderToken()), "--allow-private-networks");
        Assert.True(connected.ExitCode is ExitCode.Ok, connected.All);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("sync")).ExitCode);
        Assert.Equal(ExitCode.Ok, (await line.RunAsync("collect")).ExitCode);
        var meant = MeantOf(sentry);
        meant["/var/lib/watchbill/watchbill.keys"] = Path.Combine(line.Folder, "watchbill.keys");
        await using var postgres = TestDatabase.HasServer ? await TestDatabase.CreateAsync(TestEngine.PostgreSql, migrate: null) : null;
        if (postgres is not null)
        {
            meant["postgres:..."] = postgres.Address;
            line.FileWith("postgres.txt", postgres.Address);
        }

        foreach (var command in DocumentedCommand.All.Where(one => one.Page == page && IsHere(one) && (postgres is not null || !NeedsPostgres(one))))
        {
            await PrepareAsync(command, line, sentry.World.Organization("acme"), meant);
            await FollowAsync(command, line, meant);
        }
    }

    [Fact]
    public async Task What_is_said_to_a_server_is_understood_there()
    {
        await using var served = await ServedOrganization.StartReadAsync(OrganizationSize.Small);
        var ada = served.Sentry.World.Organization(ServedOrganization.Slug).Members.First(static member => member is { IsPending: false, Role.Id: "member" });
        using var line = new CommandLine { Variables = { ["WATCHBILL_TOKEN"] = await served.TokenOfAsync(ada.Email, Role.SuperAdministrator) } };
        var meant = new Dictionary<string, string>
        {
            ["https://watchbill.example.com"] = served.Server.Listening.AbsoluteUri,
            ["checkout-api"] = served.Sentry.World.Organization(ServedOrganization.Slug).Projects[0].Slug,
        };

        foreach (var command in DocumentedCommand.All.Where(static one => one.Words.Contains("--server") && !Waiting.Contains(one.Words[0]) && !one.Words.Contains("ask")))
        {
            if (command.Words[0] == "apply")
            {
                // An export names variables for secrets: they are filled in by hand.
                line.Variables["SENTRY_TOKEN_ACME"] = served.Token;
            }

            await FollowAsync(command, line, meant);
        }
    }

    /// <summary>Whether it can be run to its end on the machine at hand.</summary>
    private static bool IsHere(DocumentedCommand command) => !Waiting.Contains(command.Words[0]) && !command.Words.Contains("--server");

    private static bool NeedsPostgres(DocumentedCommand command) => command.Words.Any(static word => word.StartsWith("postgres", StringComparison.Ordinal));

    /// <summary>What the names in the documentation stand for here.</summary>
    private static Dictionary<string, string> MeantOf(SimulatorServer sentry)
    {
        var acme = sentry.World.Organization("acme");
        var ada = acme.Members.First(member => member is { IsPending: false, Role.Id: "member" } && acme.Projects.Any(project => Reaches(member, project)));
        return new Dictionary<string, string>
        {
            ["sentry.io"] = sentry.BaseAddress.AbsoluteUri,
            ["ada@example.com"] = ada.Email,
            ["checkout-api"] = acme.Projects.First(project => Reaches(ada, project)).Slug,
        };
    }

    /// <summary>What the text around a command says that there is.</summary>
    private static async Task PrepareAsync(DocumentedCommand command, CommandLine line, Organization acme, Dictionary<string, string> meant)
    {
        if (command.Words is ["framework", "import", ..])
        {
            line.FileWith("mine.yaml", (await line.RunAsync("framework", "export", "gdpr")).Output.Replace("id: gdpr", "id: mine", StringComparison.Ordinal));
        }
        else if (command.Words is ["sign-in-link", var address, ..])
        {
            await line.RunAsync("sign-in-link", meant[address], "--new", "Ada Example");
        }
        else if (command.Words is ["review", "list", ..])
        {
            await using var services = new ServiceCollection().AddWatchbill(DatabaseAddress.Parse($"sqlite:{line.DatabaseFile}"), Path.Combine(line.Folder, "watchbill.keys"))
                .AddSingleton(ServedPeople.Quick).AddSingleton(new PublicAddress(new Uri("http://127.0.0.1"))).BuildServiceProvider();
            await DecidedReview.PrepareAsync(services, acme);
        }
    }

    private static async Task FollowAsync(DocumentedCommand command, CommandLine line, Dictionary<string, string> meant)
    {
        List<string> words = [.. command.Words.Select(word => meant.GetValueOrDefault(word, InFolder(line, word)))];
        if (words[0] is "connect")
        {
            words.Add("--allow-private-networks");
        }
        else if (words is ["backup"])
        {
            // It goes to where people are, which tests share.
            words.AddRange(["--out", Path.Combine(line.Folder, "watchbill.backup")]);
        }

        var finished = await line.RunAsync([.. words]);

        // Checks that fail are what the text speaks of.
        Assert.True(finished.ExitCode is ExitCode.Ok or ExitCode.ChecksFail, $"{command} ended with {finished.ExitCode}:\n{finished.All}");
        if (command.File is { } file)
        {
            line.FileWith(file, finished.Output);
        }
    }

    private static string InFolder(CommandLine line, string word) =>
        word.EndsWith(".txt", StringComparison.Ordinal) || word.EndsWith(".yaml", StringComparison.Ordinal) || word.EndsWith(".zip", StringComparison.Ordinal) ? Path.Combine(line.Folder, word) : word;

    private static bool Reaches(Member member, Project project) => member.Memberships.Any(place => place.Team.Projects.Contains(project));
}
