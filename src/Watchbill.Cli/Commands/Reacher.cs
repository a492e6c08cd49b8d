using Watchbill.Access.Effective;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary>A line of "who": a person or another principal, and how far it gets.</summary>
internal sealed record Reacher
{
    public required string Kind { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Email { get; init; }

    public string? Role { get; init; }

    public required string Reach { get; init; }

    public required string[] Via { get; init; }

    public required string[] Obstacles { get; init; }

    public required string[]? Scopes { get; init; }

    public static Reacher Of(AccessPair pair) => new()
    {
        Kind = pair.Member.Pending ? "invitation" : "member",
        Id = pair.Member.Id,
        Name = pair.Member.Name,
        Email = pair.Member.Email,
        Role = pair.Member.OrgRole,
        Reach = ReachWords.Of(pair),
        Via = ReachWords.Paths(pair),
        Obstacles = ReachWords.Obstacles(pair),
        Scopes = [.. pair.Scopes],
    };

    public static Reacher Of(NonHumanReach reach) => new()
    {
        Kind = Word.Of(reach.Principal.Kind),
        Id = reach.Principal.Key,
        Name = reach.Principal.Name,
        Reach = reach.SendsOnly ? "sends events" : reach.ReachesNow ? "now" : "stopped",
        Via = [reach.Path.Sentence],
        Obstacles = reach.Obstacle is { } obstacle ? [obstacle.Sentence] : [],
        Scopes = reach.Path.Scopes?.ToArray(),
    };
}
