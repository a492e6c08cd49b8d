namespace Watchbill.Sentry.Simulator.Generation;

/// <summary>Names put together from syllables and trade words: believable, and nobody's.</summary>
internal sealed class Names(int seed)
{
    private static readonly string[] GivenStart = ["Ma", "Lo", "Ti", "Se", "Ka", "No", "Eli", "Vi", "Ru", "Da", "Jo", "Isa", "Ne", "Ora", "Fe", "Ta"];
    private static readonly string[] GivenEnd = ["ra", "len", "mo", "vin", "ska", "della", "rik", "na", "bel", "tan", "ris", "lia", "do", "wen"];
    private static readonly string[] FamilyStart = ["Tol", "Bren", "Ash", "Quil", "Mar", "Hol", "Ver", "Sand", "Lin", "Gar", "Wes", "Pel", "Oster", "Kell"];
    private static readonly string[] FamilyEnd = ["ven", "ford", "by", "mark", "wick", "strand", "more", "holm", "ton", "dale", "gren", "lake", "ridge"];

    private static readonly string[] Areas =
    [
        "payments", "checkout", "search", "billing", "mobile", "platform", "identity", "catalog", "shipping", "pricing", "growth", "data", "support",
        "fraud", "messaging", "media", "reporting", "inventory", "partner", "loyalty", "returns", "ledger", "tax", "maps", "fleet", "insights",
    ];

    private static readonly string[] TeamKinds = ["", "-core", "-api", "-web", "-infra", "-ops", "-reliability", "-tools", "-quality", "-labs"];
    private static readonly string[] ProjectKinds =
        ["-api", "-web", "-worker", "-ios", "-android", "-gateway", "-jobs", "-admin", "-ingest", "-cron", "-sync", "-edge"];

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public string Person(int index)
    {
        var dice = new Dice(seed, "person", index);
        return $"{dice.Pick(GivenStart)}{dice.Pick(GivenEnd)} {dice.Pick(FamilyStart)}{dice.Pick(FamilyEnd)}";
    }

    /// <summary>An address made from the name, in a domain reserved for examples.</summary>
    public string Address(string person, string domain = "example.com") => Unique(person.ToLowerInvariant().Replace(' ', '.'), "") + "@" + domain;

    public string Team(int index) => Compound("team", index, TeamKinds);

    public string Project(int index) => Compound("project", index, ProjectKinds);

    private string Compound(string stream, int index, string[] kinds)
    {
        var dice = new Dice(seed, stream, index);
        return Unique(dice.Pick(Areas) + dice.Pick(kinds), "-", stream + "/");
    }

    private string Unique(string wish, string separator, string space = "")
    {
        var name = wish;
        for (var number = 2; !taken.Add(space + name); number++)
        {
            name = wish + separator + number;
        }

        return name;
    }
}
