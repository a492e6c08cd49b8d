using Watchbill.Sentry.Simulator.Permissions;
using Watchbill.Sentry.Simulator.State;
using Watchbill.Sentry.Simulator.State.Evidence;

namespace Watchbill.Sentry.Simulator.Generation;

/// <summary>
/// Builds the world of a seed: the large organization in <c>us</c> with every fixture, and a small one in <c>de</c>. All dates lie before
/// midnight (UTC) of the current day, so that the same options give the same world all day long.
/// </summary>
internal sealed class WorldGenerator(World world, SimulatorOptions options)
{
    public const string FirstRegion = "us";
    public const string SecondRegion = "de";

    public void Run()
    {
        var names = new Names(options.Seed);
        Generate("Acme", options.OrganizationSlug, FirstRegion, options.Size, names);
        var small = new OrganizationSize(Members: 12, Teams: 4, Projects: 6, AuditRows: 120);
        Generate("Acme Europe", options.OrganizationSlug + "-eu", SecondRegion, small, names);
    }

    private void Generate(string name, string slug, string region, OrganizationSize size, Names names)
    {
        var today = new DateTimeOffset(world.Now.Date, TimeSpan.Zero);
        var organization = new Organization(world, world.NextId(), slug)
        {
            Name = name,
            Region = region,
            DateCreated = today.AddDays(-1500),
            OrgRoles = options.Mode == SimulatorMode.SelfHosted ? [.. OrgRole.All.Where(role => role != OrgRole.Billing)] : OrgRole.All,
        };
        world.Keep(organization);
        var draft = new Draft(organization, options, size, names, today);
        new TeamsAndProjects(draft).Generate();
        new People(draft).Generate();
        if (region == FirstRegion)
        {
            new FixtureRows(draft).Generate();
        }
        else
        {
            new SmallOrganization(draft).Generate();
        }

        new NonHumans(draft).Generate();
        organization.Audit.Add(new GeneratedHistory(draft));
        organization.Audit.Add(new RoutineHistory(draft));
        organization.Evidence = new OrganizationEvidence(draft);
    }
}

/// <summary>What the steps of one organization's generation share.</summary>
/// <param name="Today">Midnight; everything generated is older.</param>
internal sealed record Draft(Organization Organization, SimulatorOptions Options, OrganizationSize Size, Names Names, DateTimeOffset Today)
{
    public World World => Organization.World;

    public bool IsSelfHosted => Options.Mode == SimulatorMode.SelfHosted;

    public Dice Dice(string stream, long number = 0) => new(Options.Seed, Organization.Slug + "/" + stream, number);
}
