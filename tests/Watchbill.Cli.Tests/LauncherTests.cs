using System.Diagnostics;
using Watchbill.Testing;

namespace Watchbill.Cli.Tests;

/// <summary>The launcher on a copied tree whose path has spaces, with an SDK that only pretends: what is tested is when it builds and what it runs.</summary>
public sealed class LauncherTests : IDisposable
{
    private const string PretendedSdk = """
        #!/usr/bin/env bash
        echo "$1" >> "$CALLS"
        case $1 in
            --list-sdks) echo "10.0.100 [/pretended]" ;;
            publish)
                [ -z "${FAIL:-}" ] || { echo "error: pretended"; exit 1; }
                while [ $# -gt 0 ]; do [ "$1" = --output ] && folder=$2; shift; done
                mkdir -p "$folder" && : > "$folder/Watchbill.Cli.dll" ;;
            *) shift; printf 'ran with'; printf ' <%s>' "$@"; echo " as $WATCHBILL_PROGRAM" ;;
        esac
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _tree;

    public LauncherTests()
    {
        _tree = Directory.CreateDirectory(_folder.File("a tree with spaces")).FullName;
        foreach (var folder in (string[])["src/Watchbill.Cli", "eng", "bin"])
        {
            Directory.CreateDirectory(Path.Combine(_tree, folder));
        }

        foreach (var file in (string[])["watchbill", "eng/dotnet.sh"])
        {
            File.Copy(Path.Combine(SourceTree.Root, file), Path.Combine(_tree, file));
        }

        foreach (var file in (string[])["src/Watchbill.Cli/Program.cs", "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig"])
        {
            File.WriteAllText(Path.Combine(_tree, file), "");
        }

        var sdk = Path.Combine(_tree, "bin", "dotnet");
        File.WriteAllText(sdk, PretendedSdk.ReplaceLineEndings("\n"));
        File.SetUnixFileMode(sdk, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task It_builds_once_and_passes_every_argument_on()
    {
        var first = await RunAsync("watchbill", ["access", "who", "a b", ""]);
        Assert.Contains("ran with <access> <who> <a b> <>", first.Output, StringComparison.Ordinal);
        Assert.Contains("building", first.Error, StringComparison.Ordinal);
        var second = await RunAsync("watchbill", ["version"]);
        Assert.Empty(second.Error);
        Assert.Equal(1, Builds());
    }

    [Fact]
    public async Task It_builds_again_when_a_source_changed()
    {
        await RunAsync("watchbill", ["version"]);
        File.SetLastWriteTimeUtc(Path.Combine(_tree, "src/Watchbill.Cli/Program.cs"), File.GetLastWriteTimeUtc(Path.Combine(_tree, "artifacts/watchbill.stamp")).AddSeconds(1));
        await RunAsync("watchbill", ["version"]);
        Assert.Equal(2, Builds());
    }

    [Fact]
    public async Task It_works_through_a_symbolic_link_from_elsewhere()
    {
        File.CreateSymbolicLink(_folder.File("link"), Path.Combine(_tree, "watchbill"));
        var finished = await RunAsync("../link", ["version"]);
        Assert.Contains("ran with <version> as ", finished.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_fails_is_shown_and_not_taken_for_done()
    {
        var failed = await RunAsync("watchbill", ["version"], ("FAIL", "1"));
        Assert.Contains("error: pretended", failed.Error, StringComparison.Ordinal);
        Assert.Empty(failed.Output);
        Assert.Contains("ran with", (await RunAsync("watchbill", ["version"])).Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private int Builds() => File.ReadAllLines(_folder.File("calls")).Count(static call => call == "publish");

    private async Task<(string Output, string Error)> RunAsync(string program, string[] args, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(_tree, program), .. args])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{Path.Combine(_tree, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = _folder.File("calls");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (output, await error);
    }
}
