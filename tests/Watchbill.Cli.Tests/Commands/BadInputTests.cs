using System.Globalization;

namespace Watchbill.Cli.Tests.Commands;

public sealed class BadInputTests
{
    private static readonly string Huge = new('x', 5000);

    public static TheoryData<string, string[]> Cases { get; } = new()
    {
        { "There is no command", ["acess"] },
        { "Did you mean access?", ["acess"] },
        { "Say which:", ["access"] },
        { "no option '--bogus'", ["facts", "--bogus"] },
        { "one argument too many", ["access", "who", "a", "b"] },
        { "The project is empty", ["access", "who", ""] },
        { "The project is empty", ["access", "who", "   "] },
        { "at most 256", ["access", "who", Huge] },
        { "control character", ["access", "who", "a\u001b[31mb"] },
        { "control character", ["access", "of", "a\nb"] },
        { "--at is a time that has been", ["access", "who", "x", "--at", "tomorrow"] },
        { "--at is a time that has been", ["access", "who", "x", "--at", "2999-01-01"] },
        { "--at is a time that has been", ["access", "who", "x", "--at", ""] },
        { "is one of table, json, csv", ["facts", "-o", "yaml"] },
        { "whole number from 1 to", ["members", "list", "--limit", "0"] },
        { "whole number from 1 to", ["members", "list", "--limit", "99999999999999999999"] },
        { "whole number from 1 to", ["members", "list", "--inactive", "-1"] },
        { "is one of active, invited", ["members", "list", "--state", "gone"] },
        { "exclude each other", ["members", "list", "--with-2fa", "--without-2fa"] },
        { "named by its number", ["runs", "log", "latest"] },
        { "The reason is empty", ["runs", "reject", "1", "--reason", ""] },
        { "history", ["connect", "--organization", "acme", "--token", "sntryu_abc"] },
        { "No token was given", ["connect", "--organization", "acme"] },
        { "cannot be read", ["connect", "--organization", "acme", "--token-file", "missing.txt"] },
        { "cannot be read", ["connect", "--organization", "acme", "--token-file", "/"] },
        { "number from 0.05 to 1", ["connect", "--organization", "acme", "--budget-share", "2"] },
        { "'--organization'", ["connect"] },
        { "two databases", ["facts", "--demo", "--database", "sqlite:x.db"] },
        { "Host and Database", ["facts", "--database", "postgres:Username=x"] },
        { "whole number from 0 to 65,535", ["simulator", "--port", "70000"] },
        { "exclude each other", ["nonhuman", "list", "--active", "--inactive"] },
        { "goes with neither", ["sync", "--all", "--plan"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Bad_input_is_answered_with_a_sentence_and_code_two(string sentence, string[] args)
    {
        using var line = new CommandLine();
        Directory.CreateDirectory(Path.GetDirectoryName(line.DatabaseFile)!);
        await File.WriteAllTextAsync(line.DatabaseFile, "", TestContext.Current.CancellationToken);
        var finished = await line.RunAsync(args);
        Assert.True(finished.ExitCode is ExitCode.BadInput, finished.All);
        Assert.Contains(sentence, finished.Error, StringComparison.Ordinal);
        Assert.Empty(finished.Output);
        AssertIsShortAndSafe(finished.Error);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \n ", "is empty")]
    [InlineData("one\ntwo", "several lines")]
    [InlineData("sntryu_\0abc", "control characters")]
    public async Task A_bad_token_file_is_answered_with_a_sentence(string content, string sentence)
    {
        using var line = new CommandLine();
        var finished = await line.RunAsync("connect", "--organization", "acme", "--token-file", line.FileWith("token.txt", content));
        Assert.Equal(ExitCode.BadInput, finished.ExitCode);
        Assert.Contains(sentence, finished.Error, StringComparison.Ordinal);
        AssertIsShortAndSafe(finished.Error);
    }

    [Fact]
    public async Task A_token_file_that_is_too_large_is_not_read()
    {
        using var line = new CommandLine();
        var finished = await line.RunAsync("connect", "--organization", "acme", "--token-file", line.FileWith("token.txt", new string('a', 5000)));
        Assert.Equal(ExitCode.BadInput, finished.ExitCode);
        Assert.Contains("5,000 bytes", finished.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_file_that_others_can_read_is_warned_about()
    {
        using var line = new CommandLine();
        var file = line.FileWith("token.txt", "");
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherRead);
        var finished = await line.RunAsync("connect", "--organization", "acme", "--token-file", file);
        Assert.Contains("chmod 600", finished.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_before_there_is_a_database_says_how_to_begin_and_makes_none()
    {
        using var line = new CommandLine();
        var finished = await line.RunAsync("access", "who", "checkout-api");
        Assert.Equal(ExitCode.NotFound, finished.ExitCode);
        Assert.Contains("watchbill demo", finished.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(line.DatabaseFile));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_answered_without_a_stack_trace()
    {
        using var line = new CommandLine();
        line.FileWith("watchbill.db", string.Concat(Enumerable.Repeat("this is no database\n", 500)));
        var finished = await line.RunAsync("facts");
        Assert.Equal(ExitCode.Unexpected, finished.ExitCode);
        AssertIsShortAndSafe(finished.Error);
    }

    private static void AssertIsShortAndSafe(string text)
    {
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, static character => char.IsControl(character) && character is not ('\n' or '\r'));
        Assert.True(text.Length < 1200, text.Length.ToString(CultureInfo.InvariantCulture));
    }
}
