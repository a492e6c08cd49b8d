using Watchbill.Kernel;

namespace Watchbill.Console.Shared;

/// <summary>How actors are called on screen.</summary>
internal static class ActorWords
{
    /// <summary>The actor, by name where the account is among those that are known.</summary>
    public static string Of(Actor actor, IReadOnlyDictionary<string, string>? names = null) => actor.Kind switch
    {
        ActorKind.System => "Watchbill",
        ActorKind.CommandLine => $"{actor.Id}, at the command line",
        ActorKind.Account => names?.GetValueOrDefault(actor.Id) ?? $"account {actor.Id}",
        ActorKind.ApiToken => $"API token {actor.Id}",
        ActorKind.Directory => $"directory {actor.Id}",
    };
}
