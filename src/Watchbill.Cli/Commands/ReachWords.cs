using Watchbill.Access.Effective;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary>The words for how far somebody gets.</summary>
internal static class ReachWords
{
    public static string Of(AccessPair pair) => Word.Of(pair.Reach).Replace('-', ' ');

    public static string[] Paths(AccessPair pair) =>
        [.. pair.Paths.Where(path => path.Kind is not AccessPathKind.JoinableTeam || !LeadsOtherwise(pair)).Select(static path => path.Sentence)];

    public static string[] Obstacles(AccessPair pair) => [.. pair.Obstacles.Select(static obstacle => obstacle.Sentence)];

    // What could be taken is worth telling only where nothing was given.
    private static bool LeadsOtherwise(AccessPair pair) => pair.Paths.Any(static path => path.Kind is not AccessPathKind.JoinableTeam);
}
