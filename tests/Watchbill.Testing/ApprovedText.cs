using System.Runtime.CompilerServices;

namespace Watchbill.Testing;

/// <summary>
/// Compares what a person would see with a text that a person approved, kept beside the test. <c>ACCEPT_SNAPSHOTS=1</c> rewrites
/// the approved texts: read the difference before you commit it.
/// </summary>
public static class ApprovedText
{
    /// <summary>Fails when <paramref name="actual"/> is not the approved text; the received text is left beside it.</summary>
    /// <param name="actual">The text. Line ends do not matter.</param>
    /// <param name="name">The file's name without its extension.</param>
    /// <param name="testFile">Leave it out.</param>
    public static void Match(string actual, string name, [CallerFilePath] string testFile = "")
    {
        ArgumentNullException.ThrowIfNull(actual);
        var folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Approved");
        var approvedFile = Path.Combine(folder, $"{name}.approved.txt");
        var receivedFile = Path.Combine(folder, $"{name}.received.txt");
        var text = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(approvedFile, text);
            File.Delete(receivedFile);
            return;
        }

        var approved = File.Exists(approvedFile) ? File.ReadAllText(approvedFile).ReplaceLineEndings("\n") : "";
        if (approved == text)
        {
            File.Delete(receivedFile);
            return;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(receivedFile, text);
        throw new ApprovalException(Describe(name, approved, text));
    }

    private static string Describe(string name, string approved, string text)
    {
        var before = approved.Split('\n');
        var after = text.Split('\n');
        var line = 0;
        while (line < before.Length && line < after.Length && before[line] == after[line])
        {
            line++;
        }

        return $"""
            {name} differs from the approved text at line {line + 1}.
            approved: {before.ElementAtOrDefault(line)}
            received: {after.ElementAtOrDefault(line)}
            Compare {name}.received.txt with {name}.approved.txt; ACCEPT_SNAPSHOTS=1 accepts what was received.
            """;
    }
}

/// <summary>A text is not the approved one.</summary>
public sealed class ApprovalException(string message) : Exception(message);
