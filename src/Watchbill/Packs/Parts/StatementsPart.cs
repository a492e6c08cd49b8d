using System.Text.Json;
using Watchbill.Compliance;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Kernel;
using Watchbill.Packs.Container;
using Watchbill.Packs.Populations;

namespace Watchbill.Packs.Parts;

/// <summary>A population as it was written, and the read that it rests on.</summary>
internal sealed record WrittenPopulation(Population Population, long Rows, PopulationStore.SourceRead? Source);

/// <summary>in-toto statements in DSSE envelopes, one on each line: of each population what was asked of Sentry and how much came, and of the run what passed and what did not.</summary>
internal static class StatementsPart
{
    public const string Populations = "data/statements/populations.intoto.jsonl";
    public const string Checks = "data/statements/checks.intoto.jsonl";
    public const string Manifest = "manifest.dsse.json";

    private const string PopulationPredicate = "urn:watchbill:attestation:population:v1";
    private const string TestResult = "https://in-toto.io/attestation/test-result/v0.1";
    private const string SetPredicate = "urn:watchbill:attestation:evidence-pack-set:v1";
    private const string PackPredicate = "urn:watchbill:attestation:evidence-pack:v1";

    public static async Task WriteAsync(PackWriter pack, PackScope scope, IReadOnlyList<WrittenPopulation> populations, SigningKey key)
    {
        await pack.AddAsync(Populations, Lines(populations.Select(one => DsseEnvelope.Sign(key, OfPopulation(pack, scope, one)))));
        await pack.AddAsync(Checks, Lines([DsseEnvelope.Sign(key, OfRun(pack, scope))]));
    }

    /// <summary>What is said of a whole pack: its manifest and what describes it.</summary>
    public static byte[] OfPack(PackScope scope, IEnumerable<(string Name, string Sha256)> files) => PackJson.LineOf(writer => Write(writer, files, PackPredicate, () =>
    {
        WriteSource(writer, scope);
        writer.WriteString("framework", scope.Framework.Id);
        writer.WriteString("from", scope.Request.From.UtcDateTime);
        writer.WriteString("to", scope.Request.To.UtcDateTime);
    }));

    /// <summary>What is said of a set of packs: its manifest and what describes it, and whose packs it holds.</summary>
    public static byte[] OfSet(IReadOnlyList<PackedSource> packs, IEnumerable<(string Name, string Sha256)> files) => PackJson.LineOf(writer => Write(writer, files, SetPredicate, () =>
    {
        var about = packs[0].Scope;
        writer.WriteString("framework", about.Framework.Id);
        writer.WriteString("from", about.Request.From.UtcDateTime);
        writer.WriteString("to", about.Request.To.UtcDateTime);
        writer.WriteStartArray("packs");
        foreach (var pack in packs)
        {
            writer.WriteStartObject();
            WriteSource(writer, pack.Scope);
            writer.WriteString("file", PackSetPart.NameOf(pack));
            writer.WriteString("sha256", pack.Made.Sha256);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }));

    private static string Lines(IEnumerable<string> envelopes) => string.Concat(envelopes.Select(static envelope => envelope + "\n"));

    private static byte[] OfPopulation(PackWriter pack, PackScope scope, WrittenPopulation one) => PackJson.LineOf(writer => Write(
        writer,
        Subjects(pack, $"data/{one.Population.Name}.csv", $"data/{one.Population.Name}.jsonl"),
        PopulationPredicate,
        () =>
        {
            WriteSource(writer, scope);
            writer.WriteString("list", one.Population.Title);
            writer.WriteString("asOf", scope.AsOf.UtcDateTime);
            writer.WriteNumber("rows", one.Rows);
            writer.WriteStartArray("fields");
            foreach (var column in one.Population.Columns)
            {
                writer.WriteStringValue(column.Name);
            }

            writer.WriteEndArray();
            if (one.Population.Scope is null && one.Population.Kind is null)
            {
                return;
            }

            writer.WriteBoolean("wasReadCompletely", one.Source is not null);
            if (one.Source is { } source)
            {
                writer.WriteStartObject("read");
                writer.WriteString("asked", source.What);
                writer.WriteString("at", source.ReadAt.UtcDateTime);
                writer.WriteNumber("requests", source.Requests);
                writer.WriteNumber("rows", source.Rows);
                writer.WriteBoolean("endOfListSeen", true);
                writer.WriteEndObject();
            }
        }));

    private static byte[] OfRun(PackWriter pack, PackScope scope) => PackJson.LineOf(writer => Write(
        writer,
        Subjects(pack, ChecksPart.Verdicts, ChecksPart.Run),
        TestResult,
        () =>
        {
            var lines = scope.Run.Lines;
            writer.WriteString("result", lines.Any(static line => line.Outcome is CheckOutcome.Fail) ? "FAILED" : lines.Any(static line => line.Outcome is CheckOutcome.NotEvaluated or CheckOutcome.Excepted) ? "WARNED" : "PASSED");
            writer.WriteStartArray("configuration");
            foreach (var line in lines)
            {
                writer.WriteStartObject();
                writer.WriteString("name", line.CheckId);
                writer.WriteStartObject("digest");
                writer.WriteString("sha256", line.DefinitionDigest);
                writer.WriteEndObject();
                writer.WriteStartObject("annotations");
                writer.WriteString("settings", line.Settings);
                writer.WriteString("outcome", Word.Of(line.Outcome));
                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();

            // What was not evaluated neither passed nor failed: it is warned about, and its outcome stands above.
            Names("passedTests", CheckOutcome.Pass, CheckOutcome.NotApplicable);
            Names("warnedTests", CheckOutcome.NotEvaluated, CheckOutcome.Excepted);
            Names("failedTests", CheckOutcome.Fail);

            void Names(string name, params CheckOutcome[] outcomes)
            {
                writer.WriteStartArray(name);
                foreach (var line in lines.Where(line => outcomes.Contains(line.Outcome)))
                {
                    writer.WriteStringValue(line.CheckId);
                }

                writer.WriteEndArray();
            }
        }));

    private static IEnumerable<(string Name, string Sha256)> Subjects(PackWriter pack, params string[] files) => files.Select(file => (file, pack.Sha256Of(file)));

    private static void Write(Utf8JsonWriter writer, IEnumerable<(string Name, string Sha256)> subjects, string type, Action predicate)
    {
        writer.WriteStartObject();
        writer.WriteString("_type", "https://in-toto.io/Statement/v1");
        writer.WriteStartArray("subject");
        foreach (var (name, sha256) in subjects)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteStartObject("digest");
            writer.WriteString("sha256", sha256);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("predicateType", type);
        writer.WriteStartObject("predicate");
        predicate();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter writer, PackScope scope)
    {
        writer.WriteStartObject("source");
        writer.WriteString("sentry", new Uri(scope.Connector.Address).Host);
        writer.WriteString("organization", scope.Connector.OrganizationSlug);
        writer.WriteString("organizationId", scope.Connector.OrganizationId);
        writer.WriteString("tokenKind", scope.Connector.TokenKind);
        writer.WriteString("tokenLastFour", scope.Connector.TokenLastFour);
        writer.WriteString("blindSpots", scope.Connector.BlindSpots);
        writer.WriteEndObject();
    }
}
