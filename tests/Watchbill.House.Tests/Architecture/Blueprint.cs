using System.Reflection;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using Watchbill.Kernel;

namespace Watchbill.House.Tests.Architecture;

/// <summary>The compiled product and who depends on whom in it.</summary>
internal static class Blueprint
{
    public const string Product = "Watchbill";
    public const string Client = "Watchbill.Sentry";
    public const string Simulator = "Watchbill.Sentry.Simulator";
    public const string CommandLine = "Watchbill.Cli";
    public const string Contracts = "Watchbill.Contracts";
    public const string Console = "Watchbill.Console";
    public const string Server = "Watchbill.Server";

    /// <summary>The feature folders of <c>src/Watchbill</c>. A feature may use those before it in this list, never those after it.</summary>
    public static readonly IReadOnlyList<string> Features =
        ["Kernel", "Storage", "Api", "Audit", "Evidence", "People", "Integrity", "Notifications", "Access", "Connectors", "Requests", "Reviews", "Compliance", "Packs", "Engagements", "Operations"];

    private static readonly Lazy<IReadOnlyList<Dependency>> Loaded = new(Load);

    /// <summary>Every dependency of our types on another type, ours or not, once.</summary>
    public static IReadOnlyList<Dependency> Dependencies => Loaded.Value;

    public static Assembly Assembly(string name) => name == Product ? typeof(Refusal).Assembly : System.Reflection.Assembly.Load(name);

    private static List<Dependency> Load()
    {
        var architecture = new ArchLoader()
            .LoadAssemblies(Assembly(Product), Assembly(Client), Assembly(Simulator), Assembly(CommandLine), Assembly(Contracts), Assembly(Console), Assembly(Server))
            .Build();
        var pairs = from type in architecture.Types
                    from target in type.GetTypeDependencies()
                    select new Dependency(Part.Of(type), Part.Of(target));
        return [.. pairs.Where(pair => pair.From != pair.To).Distinct()];
    }
}

/// <summary>One type uses another. Nested and generated types count as the type that holds them.</summary>
internal sealed record Dependency(Part From, Part To)
{
    public override string ToString() => $"{From.Name} uses {To.Name}";
}
