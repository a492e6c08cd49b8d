namespace Watchbill.House.Tests.Architecture;

/// <summary>Who may use whom inside the product. A failure names the two types; move the code to the feature that may know the other.</summary>
public sealed class FeatureTests
{
    [Fact]
    public void A_feature_uses_only_those_before_it_in_the_order()
    {
        var backwards = Blueprint.Dependencies.Where(pair =>
            pair.From.Feature is { } from && pair.To.Feature is { } to && Rank(from) < Rank(to));

        Violations.None(backwards, "A feature may use only those before it in Blueprint.Features.");
    }

    [Fact]
    public void Every_folder_of_the_product_is_in_the_order()
    {
        var folders = RepositoryFiles.Under("src/Watchbill", ".cs").Select(path => path.Split('/')).Where(steps => steps.Length > 3).Select(steps => steps[2]);

        Violations.None(folders.Except(Blueprint.Features), "These folders have no place in Blueprint.Features.");
    }

    [Fact]
    public void Only_stores_and_Storage_touch_the_database()
    {
        var touching = Blueprint.Dependencies.Where(pair =>
            pair.To.IsIn("LinqToDB", "FluentMigrator", "Npgsql", "Microsoft.Data.Sqlite", "System.Data") && !MayTouchDatabase(pair.From) && !HoldsConnection(pair));

        Violations.None(touching, "Only *Store* types and Storage may touch the database.");
    }

    [Fact]
    public void Only_endpoints_features_and_hosts_touch_the_web_framework()
    {
        var touching = Blueprint.Dependencies.Where(pair => pair.To.IsIn("Microsoft.AspNetCore") && !MayTouchWeb(pair.From, pair.To));

        Violations.None(touching, "Only *Endpoints, *Feature, Api and the hosts may touch ASP.NET.");
    }

    [Fact]
    public void Only_the_Sentry_connector_sees_the_Sentry_client()
    {
        var seeing = Blueprint.Dependencies.Where(pair =>
            pair.To.Assembly == Blueprint.Client && pair.From.Assembly != Blueprint.Client && !MaySeeClient(pair.From));

        Violations.None(seeing, "Only Connectors/Sentry may see the Sentry client.");
    }

    [Fact]
    public void Types_are_found_at_all()
    {
        Assert.Contains(Blueprint.Dependencies, pair => pair.From.Feature == "Storage" && pair.To.IsIn("LinqToDB"));
        Assert.Contains(Blueprint.Dependencies, pair => pair.From.Feature == "Access" && pair.To.Feature == "Kernel");
    }

    /// <summary>Types that hold a connection without asking it anything, and why.</summary>
    private static readonly Dictionary<string, string> ConnectionHolders = new()
    {
        ["Watchbill.Access.Queries.AccessQueries"] = "opens one connection for a question, so that all stores answer it from the same state",
        ["Watchbill.Access.Queries.Question"] = "hands that connection to the stores of one question",
    };

    private static bool MaySeeClient(Part part) => part.IsIn("Watchbill.Connectors.Sentry");

    private static bool MayTouchDatabase(Part part) =>
        part.Feature == "Storage" || (part.Assembly == Blueprint.Product && part.SimpleName.Contains("Store", StringComparison.Ordinal));

    private static bool HoldsConnection(Dependency pair) => ConnectionHolders.ContainsKey(pair.From.Name) && pair.To.SimpleName == "DataConnection";

    /// <summary>Storage encrypts secrets with ASP.NET's Data Protection; that library has no other home.</summary>
    private static bool MayTouchWeb(Part from, Part to) =>
        from.Assembly is Blueprint.Simulator or Blueprint.CommandLine or Blueprint.Console or Blueprint.Server
        || from is { Assembly: Blueprint.Product, Feature: null or "Api" }
        || from.SimpleName.EndsWith("Endpoints", StringComparison.Ordinal)
        || from.SimpleName.EndsWith("Feature", StringComparison.Ordinal)
        || (from.Feature == "Storage" && to.IsIn("Microsoft.AspNetCore.DataProtection"));

    private static int Rank(string feature) => Blueprint.Features.ToList().IndexOf(feature);
}
