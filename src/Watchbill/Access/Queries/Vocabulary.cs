using Watchbill.Kernel;

namespace Watchbill.Access.Queries;

/// <summary>How a kind of thing is spoken of when a name fits none or several.</summary>
/// <param name="Noun">What it is called.</param>
/// <param name="NotFound">The refusal for a name that fits none.</param>
/// <param name="Ambiguous">The refusal for a name that fits several; takes the name and the candidates in words.</param>
internal sealed record Vocabulary(string Noun, Func<string, Refusal> NotFound, Func<string, string, Refusal> Ambiguous)
{
    public static Vocabulary Member { get; } = new(
        "member",
        static name => new(RefusalKind.NotFound, "member-not-found", $"No member is known as '{name}' at that time."),
        static (name, candidates) => new(RefusalKind.Invalid, "member-ambiguous", $"'{name}' fits several members: {candidates}. Name one of them, or give its id."));

    public static Vocabulary Project { get; } = new(
        "project",
        static name => new(RefusalKind.NotFound, "project-not-found", $"No project is known as '{name}' at that time."),
        static (name, candidates) => new(RefusalKind.Invalid, "project-ambiguous", $"'{name}' fits several projects: {candidates}. Name one of them, or give its id."));

    public static Vocabulary Team { get; } = new(
        "team",
        static name => new(RefusalKind.NotFound, "team-not-found", $"No team is known as '{name}' at that time."),
        static (name, candidates) => new(RefusalKind.Invalid, "team-ambiguous", $"'{name}' fits several teams: {candidates}. Name one of them, or give its id."));
}
