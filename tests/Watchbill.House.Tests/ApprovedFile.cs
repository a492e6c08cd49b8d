namespace Watchbill.House.Tests;

/// <summary>
/// Text that is generated from the code and kept in the repository, so that a change of it is seen in review.
/// With <c>ACCEPT_SNAPSHOTS=1</c> the file is written instead of compared.
/// </summary>
internal static class ApprovedFile
{
    public static void Match(string path, string actual)
    {
        var full = RepositoryFiles.FullPath(path);
        var text = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }

        var approved = File.Exists(full) ? File.ReadAllText(full) : "";
        Assert.True(approved == text, $"{path} is not what the code says now. Look at the difference; when it is meant, run the test again with ACCEPT_SNAPSHOTS=1.\n{Difference(approved, text)}");
    }

    /// <summary>Lines that only one side has; enough to see what changed, the diff of version control shows the rest.</summary>
    private static string Difference(string approved, string actual)
    {
        var before = approved.Split('\n');
        var after = actual.Split('\n');
        var lines = before.Except(after).Select(line => $"- {line}").Concat(after.Except(before).Select(line => $"+ {line}"));
        return string.Join('\n', lines.Take(40));
    }
}
