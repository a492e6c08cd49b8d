using System.Diagnostics;

namespace Watchbill.Tests;

/// <summary>Programs that people have.</summary>
internal static class Tool
{
    /// <summary>Runs one to its end.</summary>
    /// <returns>What it ended with, and everything that it said.</returns>
    public static async Task<(int Code, string Said)> RunAsync(string program, IEnumerable<string> arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardOutput.ReadToEndAsync();
        var wrong = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await wrong);
    }
}
