using System.Diagnostics;

namespace Watchbill.Bench;

/// <summary>The command line that is measured, on the benchmark's database.</summary>
internal static class CommandLine
{
    public static ProcessStartInfo Start(BenchOptions options, Workspace workspace, params string[] arguments) =>
        Self.Dotnet([options.CommandLine, .. arguments, "--database", $"sqlite:{workspace.DatabaseFile}", "--key-folder", workspace.KeyFolder]);
}
