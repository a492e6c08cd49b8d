using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Cli.Serving;
using Watchbill.Connectors;
using Watchbill.Operations;

namespace Watchbill.Cli.Support;

/// <summary>
/// What somebody who helps needs to see, in a ZIP file of JSON: findings, status, names of settings, runs with their scopes. No value of a setting, no token, no person and no row of an
/// organization; sources are numbers.
/// </summary>
internal static class SupportBundle
{
    private const int Runs = 20;
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <exception cref="BadInputException">The file is there already, or cannot be written.</exception>
    public static async Task WriteAsync(string file, IReadOnlyList<Finding> findings, ServiceProvider? product, CommandContext context, CancellationToken cancellationToken)
    {
        var names = await NamesAsync(product, context, cancellationToken);
        try
        {
            await using var stream = new FileStream(file, FileMode.CreateNew);
            await using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
            await AddAsync("findings.json", Of(findings, names));
            await AddAsync("settings.json", new JsonArray([.. ConsoleServer.Settings(context.Terminal).Keys.Order(StringComparer.Ordinal).Select(static name => JsonValue.Create(name))]));
            if (product is not null)
            {
                await AddAsync("status.json", await StatusAsync(product, context, cancellationToken));
                await AddAsync("runs.json", await RunsAsync(product, context, cancellationToken));
            }

            async Task AddAsync(string name, JsonNode content)
            {
                await using var entry = await zip.CreateEntry(name).OpenAsync(cancellationToken);
                await JsonSerializer.SerializeAsync(entry, content, Indented, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file} cannot be written: {exception.Message}");
        }
    }

    /// <summary>What sources, their organizations and this machine are called, and what stands for it.</summary>
    private static async Task<IReadOnlyList<(string Name, string Instead)>> NamesAsync(ServiceProvider? product, CommandContext context, CancellationToken cancellationToken)
    {
        List<(string Name, string Instead)> names = [(context.Database.KeyFolder, "(key folder)"), (context.Database.Address.ToString(), "(database)"), (Environment.MachineName, "(machine)"), (Environment.UserName, "(user)")];
        if (context.Database.File is { } path)
        {
            names.Add((path, "(database)"));
        }

        if (product is not null)
        {
            names.AddRange((await product.GetRequiredService<ConnectorQueries>().ListAsync(context.Caller, cancellationToken)).Value
                .SelectMany(static one => ((string, string)[])[(one.Name, $"source {one.Id}"), (one.OrganizationSlug, $"organization {one.Id}"), (one.Address.Host, $"host {one.Id}")]));
        }

        // The longest first: one name may hold another.
        return [.. names.Where(static name => name.Name.Length > 1).OrderByDescending(static name => name.Name.Length)];
    }

    private static JsonArray Of(IReadOnlyList<Finding> findings, IReadOnlyList<(string Name, string Instead)> names) => new(
    [
        .. findings.Select(finding => new JsonObject { ["area"] = finding.Area, ["level"] = $"{finding.Level}", ["finding"] = names.Aggregate(finding.Sentence, static (text, name) => text.Replace(name.Name, name.Instead, StringComparison.Ordinal)) }),
    ]);

    private static async Task<JsonNode> StatusAsync(ServiceProvider product, CommandContext context, CancellationToken cancellationToken)
    {
        var status = (await product.GetRequiredService<ReadStatus>().RunAsync(context.Caller, cancellationToken)).Value;
        return new JsonObject
        {
            ["at"] = status.At,
            ["version"] = status.Version,
            ["schema"] = status.Schema,
            ["engine"] = status.Engine,
            ["storeBytes"] = status.StoreBytes,
            ["queues"] = new JsonArray([.. status.Queues.Select(static queue => new JsonObject { ["queue"] = $"{queue.Queue}", ["count"] = queue.Count, ["since"] = queue.Since, ["late"] = queue.IsLate })]),
            ["nodes"] = new JsonArray([.. status.Nodes.Select(static (node, number) => new JsonObject { ["node"] = number + 1, ["version"] = node.Version, ["schema"] = node.Schema, ["startedAt"] = node.StartedAt, ["seenAt"] = node.SeenAt, ["alive"] = node.IsAlive })]),
            ["sources"] = new JsonArray([.. status.Sources.Select(static source => new JsonObject { ["source"] = source.Connector.Value, ["state"] = $"{source.State}", ["lastRunAt"] = source.LastRunAt, ["staleScopes"] = source.StaleScopes })]),
        };
    }

    private static async Task<JsonNode> RunsAsync(ServiceProvider product, CommandContext context, CancellationToken cancellationToken)
    {
        var queries = product.GetRequiredService<ConnectorQueries>();
        JsonArray all = [];
        foreach (var connector in (await queries.ListAsync(context.Caller, cancellationToken)).Value)
        {
            foreach (var run in (await queries.RunsAsync(connector.Id, Runs, context.Caller, cancellationToken)).Value)
            {
                var scopes = (await queries.ScopesAsync(run.Id, context.Caller, cancellationToken)).Value;
                all.Add(new JsonObject
                {
                    ["source"] = connector.Id.Value,
                    ["run"] = run.Id.Value,
                    ["state"] = $"{run.State}",
                    ["startedAt"] = run.StartedAt,
                    ["finishedAt"] = run.FinishedAt,
                    ["requests"] = run.Requests,
                    ["rateLimited"] = run.RateLimited,
                    ["outcomes"] = new JsonArray([.. scopes.GroupBy(static scope => (Kind: scope.Scope.Split(':')[0], scope.Outcome, scope.FailureCode))
                        .Select(static group => new JsonObject { ["kind"] = group.Key.Kind, ["outcome"] = $"{group.Key.Outcome}", ["code"] = group.Key.FailureCode, ["scopes"] = group.Count() })]),
                });
            }
        }

        return all;
    }
}
