using Microsoft.Extensions.DependencyInjection;
using Watchbill.People;
using Watchbill.Sentry.Simulator;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Server.Testing;
using Watchbill.Storage;

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

    [Fact]
    public async Task The_commands_of_the_README_do_what_they_say_one_after_the_other()
    {
        await using var sentry = await SimulatorServer.StartAsync(new SimulatorOptions { Size = OrganizationSize.Small }, TestContext.Current.CancellationToken);
        var acme = sentry.World.Organization("acme");
        var ada = acme.Members.First(member => member is { IsPending: false, Role.Id: "member" } && acme.Projects.Any(project => Reaches(member, project)));
        using var line = new CommandLine();
        line.FileWith("token.txt", sentry.ReaderToken());
        line.FileWith("owner-token.txt", acme.IssueToken(
            TokenKind.Personal, acme.Members.First(static one => one is { Role.Id: "owner", IsPending: false }).User!.Id,
            "org:read", "org:write", "org:admin", "member:read", "member:admin", "team:read", "team:write", "team:admin", "project:read", "project:write", "project:admin"));
        var meant = new Dictionary<string, string>
        {
            ["sentry.io"] = sentry.BaseAddress.AbsoluteUri,
            ["ada@example.com"] = ada.Email,
            ["checkout-api"] = acme.Projects.First(project => Reaches(ada, project)).Slug,
        };

        foreach (var command in DocumentedCommand.All.Where(static one => one.Page == "README.md" && !Waiting.Contains(one.Words[0]) && !one.Words.Contains("--server")))
        {
            await PrepareAsync(command, line, acme);
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

    /// <summary>What the text around a command says that there is.</summary>
    private static async Task PrepareAsync(DocumentedCommand command, CommandLine line, Organization acme)
    {
        if (command.Words is ["framework", "import", ..])
        {
            line.FileWith("mine.yaml", (await line.RunAsync("framework", "export", "gdpr")).Output.Replace("id: gdpr", "id: mine", StringComparison.Ordinal));
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
