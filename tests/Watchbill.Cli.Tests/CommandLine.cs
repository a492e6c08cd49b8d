using System.Runtime.Versioning;
using Watchbill.Testing;

// File modes and the launcher are tested, which Windows does not have.
[assembly: UnsupportedOSPlatform("windows")]

namespace Watchbill.Cli.Tests;

/// <summary>What one command line did.</summary>
internal sealed record Finished(ExitCode ExitCode, string Output, string Error)
{
    /// <summary>Everything that was written anywhere.</summary>
    public string All => Output + Error;
}

/// <summary>Runs command lines in this process, on a folder of its own, without a person at the keyboard.</summary>
internal sealed class CommandLine : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Dictionary<string, string> Variables { get; } = [];

    public int Width { get; init; } = 100_000;

    public bool ErrorIsInteractive { get; init; }

    public string Typed { get; init; } = "";

    public string DatabaseFile => _folder.File("watchbill.db");

    public string Folder => _folder.Path;

    /// <summary>A file readable by its owner only.</summary>
    public string FileWith(string name, string content)
    {
        var path = _folder.File(name);
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    /// <summary>Runs a line on the folder's own database.</summary>
    public Task<Finished> RunAsync(params string[] args) => RunAsync(TestContext.Current.CancellationToken, args);

    public async Task<Finished> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal
        {
            Input = new StringReader(Typed),
            Output = output,
            Error = error,
            ErrorIsInteractive = ErrorIsInteractive,
            Width = Width,
            Variables = () => Variables.Select(static variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)),
            Variable = name => name == GlobalOptions.DatabaseVariable ? Variables.GetValueOrDefault(name, DatabaseFile) : Variables.GetValueOrDefault(name),
        };
        var exitCode = await Program.RunAsync(args, terminal, cancellationToken);
        return new Finished(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs <c>login</c> and lets somebody decide about the code that it shows.</summary>
    public async Task<Finished> LoginAsync(Func<string, Task> decide)
    {
        using var output = new StringWriter();
        await using var error = new WaitingWriter("and compare the code: ");
        var terminal = new Terminal { Input = new StringReader(""), Output = output, Error = error, Variable = name => Variables.GetValueOrDefault(name) };
        var login = Program.RunAsync(["login"], terminal, TestContext.Current.CancellationToken);
        await decide((await error.Seen)[..9].TrimEnd('.'));
        return new Finished(await login, output.ToString(), error.ToString());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Tells when a text was written, and what stood after it.</summary>
    private sealed class WaitingWriter(string text) : StringWriter
    {
        private readonly TaskCompletionSource<string> _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Seen => _seen.Task;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.IndexOf(text, StringComparison.Ordinal) is >= 0 and var at)
            {
                _seen.TrySetResult(value[(at + text.Length)..]);
            }
        }
    }
}
