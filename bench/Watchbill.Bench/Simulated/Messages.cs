using System.Text.Json.Serialization;

namespace Watchbill.Bench.Simulated;

/// <summary>The first line of the simulator's process: where it listens, how to come in, and how large the organization is in truth.</summary>
/// <param name="Address">The base address.</param>
/// <param name="Organization">The slug.</param>
/// <param name="Token">A token of an internal integration that may read everything.</param>
internal sealed record Welcome(Uri Address, string Organization, string Token)
{
    /// <summary>Rows of the member listing, invitations included.</summary>
    public required int Members { get; init; }

    /// <summary>All teams.</summary>
    public required int Teams { get; init; }

    /// <summary>Client keys of all projects.</summary>
    public required int ClientKeys { get; init; }

    /// <summary>The teams that somebody is in, and how many rows the listing of each has.</summary>
    public required IReadOnlyDictionary<string, int> TeamSizes { get; init; }

    /// <summary>Some members by id, spread over the organization.</summary>
    public required IReadOnlyList<string> SomeMembers { get; init; }

    /// <summary>Some projects by slug, spread over the organization.</summary>
    public required IReadOnlyList<string> SomeProjects { get; init; }
}

/// <summary>What the simulator was asked since the last mark.</summary>
/// <param name="Total">Requests.</param>
/// <param name="Refused">Answers with status 429.</param>
/// <param name="ByRoute">Requests by method and route.</param>
internal sealed record Asked(int Total, int Refused, IReadOnlyDictionary<string, int> ByRoute);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Welcome))]
[JsonSerializable(typeof(Asked))]
internal sealed partial class MessageJson : JsonSerializerContext;
