using System.Text.Json;
using Watchbill.Compliance;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Kernel;
using Watchbill.Packs.Container;

namespace Watchbill.Packs.Parts;

/// <summary>
/// The run as OSCAL assessment results, with a small catalog of the controls. A check is an observation; a control whose checks were all evaluated is a finding. OSCAL knows no "not evaluated": such a
/// control has its observations and no finding.
/// </summary>
internal sealed class OscalPart
{
    public const string Results = "data/oscal/assessment-results.json";
    public const string Catalog = "data/oscal/catalog.json";

    private const string Version = "1.1.3";
    private const string Space = "urn:watchbill:oscal";

    private readonly PackWriter _pack;
    private readonly PackScope _scope;
    private readonly Utf8JsonWriter _writer;
    private readonly Dictionary<string, CheckLine> _lines;

    private OscalPart(PackWriter pack, PackScope scope, Utf8JsonWriter writer)
    {
        (_pack, _scope, _writer) = (pack, scope, writer);
        _lines = scope.Run.Lines.Where(line => scope.Checks.Contains(line.CheckId)).ToDictionary(static line => line.CheckId, StringComparer.Ordinal);
    }

    public static async Task WriteAsync(PackWriter pack, PackScope scope)
    {
        await pack.AddAsync(Catalog, PackJson.Of(writer => new OscalPart(pack, scope, writer).WriteCatalog()));
        await pack.AddAsync(Results, PackJson.Of(writer => new OscalPart(pack, scope, writer).WriteResults()));
    }

    private string Component => OscalNames.Uuid("component", _scope.Connector.Address, _scope.Connector.OrganizationId ?? _scope.Connector.OrganizationSlug);

    private static string Tool => OscalNames.Uuid("tool");

    private string FileUuid(string file) => OscalNames.Uuid("file", file, _pack.Sha256Of(file));

    private string Observation(string check) => OscalNames.Uuid("observation", _scope.Run.Digest, Component, check);

    private void WriteCatalog()
    {
        _writer.WriteStartObject();
        _writer.WriteStartObject("catalog");
        _writer.WriteString("uuid", OscalNames.Uuid("catalog", _scope.Framework.Id));
        WriteMetadata($"{_scope.Framework.Name} {_scope.Framework.Edition}: controls that evidence from Sentry is about", _scope.Framework.Edition);
        _writer.WriteStartArray("controls");
        foreach (var control in _scope.Framework.Controls)
        {
            _writer.WriteStartObject();
            _writer.WriteString("id", OscalNames.ControlId(_scope.Framework.Id, control.Id));
            _writer.WriteString("title", control.Title);
            WriteProps(("label", control.Id));
            _writer.WriteStartArray("parts");
            _writer.WriteStartObject();
            _writer.WriteString("id", OscalNames.StatementId(_scope.Framework.Id, control.Id));
            _writer.WriteString("name", "statement");
            _writer.WriteString("prose", control.Title);
            _writer.WriteEndObject();
            _writer.WriteEndArray();
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }

    private void WriteResults()
    {
        _writer.WriteStartObject();
        _writer.WriteStartObject("assessment-results");
        _writer.WriteString("uuid", OscalNames.Uuid("results", _scope.Run.Digest, Component, _scope.Framework.Id, _pack.Sha256Of(ChecksPart.Run), string.Join(' ', _scope.Controls.Select(static control => control.Id))));
        WriteMetadata($"Checks of the Sentry organization {_scope.Connector.OrganizationSlug} for {_scope.Framework.Name} {_scope.Framework.Edition}", _scope.Run.Id.ToString());
        _writer.WriteStartObject("import-ap");
        _writer.WriteString("href", "#" + FileUuid(ChecksPart.Run));
        _writer.WriteString("remarks", "The plan is the list of checks as they ran, with their parameters.");
        _writer.WriteEndObject();
        _writer.WriteStartArray("results");
        WriteResult();
        _writer.WriteEndArray();
        WriteBackMatter();
        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }

    private void WriteMetadata(string title, string version)
    {
        _writer.WriteStartObject("metadata");
        _writer.WriteString("title", title);
        _writer.WriteString("last-modified", _scope.Run.EndedAt.UtcDateTime);
        _writer.WriteString("version", version);
        _writer.WriteString("oscal-version", Version);
        _writer.WriteEndObject();
    }

    private void WriteResult()
    {
        _writer.WriteStartObject();
        _writer.WriteString("uuid", OscalNames.Uuid("result", _scope.Run.Digest, Component, _scope.Framework.Id));
        _writer.WriteString("title", $"Run {_scope.Run.Id} of the checks");
        _writer.WriteString("description", "What the checks say of what was read from Sentry. A passing check is evidence for a part of a control, never proof of it.");
        _writer.WriteString("start", _scope.Run.At.UtcDateTime);
        _writer.WriteString("end", _scope.Run.EndedAt.UtcDateTime);
        WriteDefinitions();
        _writer.WriteStartObject("reviewed-controls");
        _writer.WriteStartArray("control-selections");
        _writer.WriteStartObject();
        _writer.WriteStartArray("include-controls");
        foreach (var control in _scope.Controls)
        {
            _writer.WriteStartObject();
            _writer.WriteString("control-id", OscalNames.ControlId(_scope.Framework.Id, control.Id));
            _writer.WriteEndObject();
        }

        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.WriteEndArray();
        _writer.WriteEndObject();
        WriteAll("observations", _lines.Values, WriteObservation);
        WriteAll("findings", _scope.Controls.Where(control => StateOf(control) is not null), WriteFinding);
        _writer.WriteEndObject();
    }

    private void WriteDefinitions()
    {
        _writer.WriteStartObject("local-definitions");
        _writer.WriteStartArray("components");
        WriteComponent(Component, "service", $"Sentry organization {_scope.Connector.OrganizationSlug}", $"The organization at {new Uri(_scope.Connector.Address).Host} that was read.");
        WriteComponent(Tool, "software", "Watchbill", "Reads Sentry and runs the checks.");
        _writer.WriteEndArray();
        _writer.WriteEndObject();
    }

    private void WriteComponent(string uuid, string type, string title, string description)
    {
        _writer.WriteStartObject();
        _writer.WriteString("uuid", uuid);
        _writer.WriteString("type", type);
        _writer.WriteString("title", title);
        _writer.WriteString("description", description);
        _writer.WriteStartObject("status");
        _writer.WriteString("state", "operational");
        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }

    private void WriteObservation(CheckLine line)
    {
        var definition = CheckCatalogue.Find(line.CheckId)?.Definition;
        _writer.WriteStartObject();
        _writer.WriteString("uuid", Observation(line.CheckId));
        _writer.WriteString("title", definition?.Title ?? line.CheckId);
        _writer.WriteString("description", definition?.Asserts ?? line.CheckId);
        WriteProps(("check", line.CheckId), ("outcome", Word.Of(line.Outcome)), ("passed", $"{line.Passed}"), ("failed", $"{line.Failed}"), ("not-evaluated", $"{line.NotEvaluated}"), ("not-applicable", $"{line.NotApplicable}"), ("excepted", $"{line.Excepted}"));
        WriteTexts("methods", "TEST");
        WriteTexts("types", "control-objective");
        _writer.WriteStartArray("origins");
        _writer.WriteStartObject();
        _writer.WriteStartArray("actors");
        _writer.WriteStartObject();
        _writer.WriteString("type", "tool");
        _writer.WriteString("actor-uuid", Tool);
        _writer.WriteEndObject();
        _writer.WriteEndArray();
        _writer.WriteEndObject();
        _writer.WriteEndArray();
        _writer.WriteStartArray("subjects");
        _writer.WriteStartObject();
        _writer.WriteString("subject-uuid", Component);
        _writer.WriteString("type", "component");
        _writer.WriteEndObject();
        _writer.WriteEndArray();
        WriteAll("relevant-evidence", Evidence(line), file =>
        {
            _writer.WriteStartObject();
            _writer.WriteString("href", "#" + FileUuid(file));
            _writer.WriteString("description", file == ChecksPart.Verdicts ? "What was said of each resource." : "The check as it ran.");
            _writer.WriteEndObject();
        });
        _writer.WriteString("collected", _scope.Run.At.UtcDateTime);
        if (line.Reason is { } reason)
        {
            _writer.WriteString("remarks", reason);
        }

        _writer.WriteEndObject();
    }

    private IEnumerable<string> Evidence(CheckLine line) => ((string[])[ChecksPart.Verdicts, ChecksPart.DefinitionOf(line.CheckId)]).Where(_pack.Holds);

    private void WriteFinding(FrameworkControl control)
    {
        var (state, reason) = StateOf(control)!.Value;
        _writer.WriteStartObject();
        _writer.WriteString("uuid", OscalNames.Uuid("finding", _scope.Run.Digest, Component, _scope.Framework.Id, control.Id));
        _writer.WriteString("title", $"{control.Id}: {control.Title}");
        _writer.WriteString("description", $"As far as evidence from Sentry shows it. What it cannot show: {FrameworkCatalogue.CannotShow(control.Theme)}");
        _writer.WriteStartObject("target");
        _writer.WriteString("type", "statement-id");
        _writer.WriteString("target-id", OscalNames.StatementId(_scope.Framework.Id, control.Id));
        _writer.WriteStartObject("status");
        _writer.WriteString("state", state);
        _writer.WriteString("reason", reason);
        _writer.WriteEndObject();
        _writer.WriteEndObject();
        WriteAll("related-observations", control.Checks.Where(_lines.ContainsKey), check =>
        {
            _writer.WriteStartObject();
            _writer.WriteString("observation-uuid", Observation(check));
            _writer.WriteEndObject();
        });
        _writer.WriteEndObject();
    }

    /// <summary>How a control stands in OSCAL's words; null where it does not know the word.</summary>
    private (string State, string Reason)? StateOf(FrameworkControl control) => Outcomes.Of(control.Checks.Where(_lines.ContainsKey).Select(check => _lines[check].Outcome)).Worst switch
    {
        CheckOutcome.Pass => ("satisfied", "pass"),
        CheckOutcome.Fail => ("not-satisfied", "fail"),
        CheckOutcome.Excepted => ("not-satisfied", "other"),
        _ => null,
    };

    private void WriteBackMatter()
    {
        _writer.WriteStartObject("back-matter");
        WriteAll("resources", _pack.Digests, file =>
        {
            _writer.WriteStartObject();
            _writer.WriteString("uuid", OscalNames.Uuid("file", file.Name, file.Sha256));
            _writer.WriteString("title", file.Name);
            _writer.WriteStartArray("rlinks");
            _writer.WriteStartObject();
            _writer.WriteString("href", "../" + file.Name["data/".Length..]);
            _writer.WriteStartArray("hashes");
            _writer.WriteStartObject();
            _writer.WriteString("algorithm", "SHA-256");
            _writer.WriteString("value", file.Sha256);
            _writer.WriteEndObject();
            _writer.WriteEndArray();
            _writer.WriteEndObject();
            _writer.WriteEndArray();
            _writer.WriteEndObject();
        });
        _writer.WriteEndObject();
    }

    private void WriteProps(params (string Name, string Value)[] props) => WriteAll("props", props, prop =>
    {
        _writer.WriteStartObject();
        _writer.WriteString("name", prop.Name);
        _writer.WriteString("ns", Space);
        _writer.WriteString("value", prop.Value);
        _writer.WriteEndObject();
    });

    private void WriteTexts(string name, params string[] texts) => WriteAll(name, texts, _writer.WriteStringValue);

    /// <summary>OSCAL has no empty lists: they are left out.</summary>
    private void WriteAll<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        var all = items.ToList();
        if (all.Count == 0)
        {
            return;
        }

        _writer.WriteStartArray(name);
        all.ForEach(write);
        _writer.WriteEndArray();
    }
}
