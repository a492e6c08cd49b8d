using System.Runtime.CompilerServices;

namespace Watchbill.Testing;

/// <summary>Pages of the reference that tests make out of the running product. <c>ACCEPT_SNAPSHOTS=1</c> writes them anew: read the difference before you commit it.</summary>
public static class Reference
{
    /// <summary>Fails when the page in the repository is not the text.</summary>
    /// <param name="path">The page, from the repository's root.</param>
    /// <param name="text">What it has to be. Line ends do not matter.</param>
    public static void Check(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var file = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", path);
        var wanted = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(file, wanted);
            return;
        }

        var found = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (found != wanted)
        {
            var (before, after) = (found.Split('\n'), wanted.Split('\n'));
            var lines = before.Except(after).Select(static line => $"- {line}").Concat(after.Except(before).Select(static line => $"+ {line}"));
            throw new ApprovalException($"{path} is not true any more. Run this test with ACCEPT_SNAPSHOTS=1 and look at the difference.\n{string.Join('\n', lines.Take(40))}");
        }
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
