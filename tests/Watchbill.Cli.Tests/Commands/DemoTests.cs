using Watchbill.Testing;

namespace Watchbill.Cli.Tests.Commands;

public sealed class DemoTests
{
    [Fact]
    public async Task The_second_run_tells_exactly_what_the_simulated_day_changed()
    {
        using var line = new CommandLine { Width = 200 };
        var first = await line.RunAsync("demo", "--folder", line.Folder);
        Assert.True(first.ExitCode is ExitCode.Ok, first.All);
        Assert.Contains("openMembership is on", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("What changed", first.Output, StringComparison.Ordinal);

        var second = await line.RunAsync("demo", "--folder", line.Folder);
        Assert.True(second.ExitCode is ExitCode.Ok, second.All);
        var changes = second.Output.Split("What is striking")[0];
        Assert.Contains("joined as member", changes, StringComparison.Ordinal);
        Assert.Contains("is no longer a member", changes, StringComparison.Ordinal);
        Assert.Contains("from member to manager", changes, StringComparison.Ordinal);

        // Dates that moved with the real clock would show as a change of everybody.
        Assert.InRange(changes.Split("  - ").Length - 1, 5, 10);
    }

    [Fact]
    public async Task Every_command_it_proposes_can_be_run()
    {
        using var line = new CommandLine { Width = 200 };
        var demo = await line.RunAsync("demo", "--folder", line.Folder);
        var proposed = demo.Output.Split("Try next:")[1].Split('\n').Where(text => text.Contains("demo.db", StringComparison.Ordinal)).ToList();
        Assert.True(proposed.Count >= 6, demo.Output);
        foreach (var command in proposed)
        {
            var finished = await line.RunAsync(command.Trim().Split(' ')[1..]);
            Assert.True(finished.ExitCode is ExitCode.Ok, $"{command}: {finished.All}");
        }
    }

    [Fact]
    public async Task A_person_at_the_terminal_gets_the_console_until_they_end_it()
    {
        using var folder = new TemporaryFolder();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var told = new StringWriter();
        var error = TextWriter.Synchronized(told);
        var terminal = new Terminal { Input = TextReader.Null, Output = TextWriter.Null, Error = error, InputIsInteractive = true, OutputIsInteractive = true };

        var demo = Program.RunAsync(["demo", "--folder", folder.Path], terminal, stop.Token);
        while (!demo.IsCompleted && LinkIn(Told()) is null)
        {
            await Moment.PassAsync();
        }

        using var client = new HttpClient();
        var link = new Uri(LinkIn(Told())!);
        Assert.Equal("Healthy", await client.GetStringAsync(new Uri(link, "/health")));
        Assert.Contains("Demo Administrator", await client.GetStringAsync(link), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Ok, await demo);

        // The line that holds it is whole once another follows.
        static string? LinkIn(string told) =>
            told.Split('\n')[..^1].Select(static line => line.Trim()).FirstOrDefault(static line => line.Contains("/sign-in/link/", StringComparison.Ordinal));

        // A synchronized writer locks itself for every write.
        string Told()
        {
            lock (error)
            {
                return told.ToString();
            }
        }
    }
}
