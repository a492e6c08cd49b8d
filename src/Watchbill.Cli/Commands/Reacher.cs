using Watchbill.Access.Effective;
using Watchbill.Cli.Input;

namespace Watchbill.Cli.Commands;

/// <summary>A line of "who": a person or another principal, and how far it gets.</summary>
internal sealed record Reacher(string Kind, string Id, string Name, string? Email, string? Role, string Reach, string[] Via, string[] Obstacles, string[] Scopes)
{
    public static Reacher Of(AccessPair pair) => new(
        pair.Member.Pending ? "invitation" : "member",
        pair.Member.Id,
        pair.Member.Name,
        pair.Member.Email,
        pair.Member.OrgRole,
        ReachWords.Of(pair),
        ReachWords.Paths(pair),
        ReachWords.Obstacles(pair),
        [.. pair.Scopes]);

    public static Reacher Of(NonHumanReach reach) => new(
        Choices.Word(reach.Principal.Kind),
        reach.Principal.Key,
        reach.Principal.Name,
        null,
        null,
        reach.SendsOnly ? "sends events" : reach.ReachesNow ? "now" : "stopped",
        [reach.Path.Sentence],
        reach.Obstacle is { } obstacle ? [obstacle.Sentence] : [],
        reach.Path.Scopes is { } scopes ? [.. scopes] : []);
}

/// <summary>The words for how far somebody gets.</summary>
internal static class ReachWords
{
    public static string Of(AccessPair pair) => pair switch
    {
        { ReachesByTokenOnly: true } => "tokens only",
        { ReachesNow: true } => "now",
        { IsStopped: true } => "stopped",
        { IsUnknown: true } => "unknown",
        { IsSelfJoinable: true } => "could join",
        _ => "no",
    };

    public static string[] Paths(AccessPair pair) =>
        [.. pair.Paths.Where(path => !pair.ReachesNow || path.Kind is not AccessPathKind.JoinableTeam).Select(static path => path.Sentence)];

    public static string[] Obstacles(AccessPair pair) => [.. pair.Obstacles.Select(static obstacle => obstacle.Sentence)];
}
