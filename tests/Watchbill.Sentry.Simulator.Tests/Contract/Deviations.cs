namespace Watchbill.Sentry.Simulator.Tests.Contract;

/// <summary>
/// Where the simulator differs from Sentry's OpenAPI document on purpose, each with the reason. What Sentry does decides; the document is
/// generated from type hints and is wrong in places.
/// </summary>
internal static class Deviations
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        new("GET", "/members/", "[].user.emails PropertyRequired", "The document demands user.emails in lists; the serializer drops it there."),
        new("GET", "/{team_id_or_slug}/members/", "[].user ObjectExpected", "Approved invitations are on teams before they have a user."),
        new("PUT", "/members/{member_id}/teams/{team_id_or_slug}/", "teamRole StringExpected", "A role that is not above the minimum is stored and answered as null."),
        new("PUT", "/members/{member_id}/teams/{team_id_or_slug}/", "teamRole NotInEnumeration", "The same null."),
        new("POST", "/teams/", "status 409 is not documented", "A taken slug answers 409; the document says 404."),
    ];

    public static Deviation? Find(HttpMethod method, string template, string fault) =>
        All.FirstOrDefault(known => known.Method == method.Method
            && template.EndsWith(known.Template, StringComparison.Ordinal)
            && fault.EndsWith(known.Fault, StringComparison.Ordinal));
}

/// <summary>
/// One known difference: the end of the documented path, the end of the finding, and why the simulator is right.
/// </summary>
internal sealed record Deviation(string Method, string Template, string Fault, string Reason);
