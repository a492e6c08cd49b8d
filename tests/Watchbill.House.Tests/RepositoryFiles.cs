using System.Diagnostics;
using Watchbill.Testing;

namespace Watchbill.House.Tests;

/// <summary>The working tree these tests judge: what git tracks, and what it would track after <c>git add</c>.</summary>
internal static class RepositoryFiles
{
    private static readonly Lazy<IReadOnlyList<string>> Listed = new(List);

    /// <summary>The folder that holds Watchbill.slnx.</summary>
    public static string Root => SourceTree.Root;

    /// <summary>Paths from the root, with forward slashes, sorted. Build output is not among them.</summary>
    public static IReadOnlyList<string> All => Listed.Value;

    public static IEnumerable<string> Under(string folder, string extension) =>
        All.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal) && path.EndsWith(extension, StringComparison.Ordinal));

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(FullPath(path));

    private static List<string> List()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git does not start.");
        var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. paths.Distinct().Where(path => File.Exists(FullPath(path))).Order(StringComparer.Ordinal)];
    }
}
