using Watchbill.Access.Effective;
using Watchbill.Access.Facts;
using static Watchbill.Access.Striking.Wording;

namespace Watchbill.Access.Striking;

/// <summary>Principals that are no persons. Those known not to work are left out.</summary>
internal static class NonHumanFacts
{
    private static readonly string[] ProjectWrites = ["project:write", "project:admin"];

    private static readonly string[] PeopleWrites = ["org:write", "org:admin", "member:write", "member:admin"];

    public static IEnumerable<StrikingFact> Of(AccessGraph graph)
    {
        NonHumanNode[] working = [.. graph.NonHumans.Where(static principal => principal.IsActive is not false)];
        NonHumanNode[] apps = [.. working.Where(static principal => principal.Kind is NonHumanKind.InternalIntegration or NonHumanKind.PublicApp)];
        return
        [
            .. About("apps-managing", Gravity.High, apps.Where(static app => Holds(app, PeopleWrites)),
                count => $"{Count(count, "integration")} can change members or the organization."),
            .. About("apps-writing", Gravity.High, apps.Where(static app => Holds(app, ProjectWrites)),
                count => $"{Count(count, "integration")} can write to every project."),
            .. About("apps-unknown-scopes", Gravity.Medium, apps.Where(static app => app.Scopes is null),
                count => $"{Count(count, "integration")} {Fit(count, "acts", "act")} on every project with scopes that Sentry did not tell."),
            .. About("organization-tokens", Gravity.Low, working.Where(static principal => principal.Kind is NonHumanKind.OrganizationToken),
                count => $"{Count(count, "organization token")} {Fit(count, "acts", "act")} on every project without belonging to anybody."),
            .. About("client-keys", Gravity.Low, working.Where(static principal => principal.Kind is NonHumanKind.ClientKey),
                count => $"{Count(count, "client key")} may send events."),
        ];
    }

    private static bool Holds(NonHumanNode principal, string[] scopes) => principal.Scopes is { } held && scopes.Any(held.Contains);

    private static IEnumerable<StrikingFact> About(string code, Gravity gravity, IEnumerable<NonHumanNode> principals, Func<int, string> sentence) =>
        StrikingFacts.About(code, gravity, principals.Select(static principal => principal.Key), sentence);
}
