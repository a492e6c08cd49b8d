using System.Text.Json;
using Watchbill.Compliance;
using Watchbill.Compliance.Runs;
using Watchbill.Kernel;
using Watchbill.Packs.Container;

namespace Watchbill.Packs.Parts;

/// <summary>The run: its verdicts as they were sealed, what it rested on, and the checks as they ran.</summary>
internal static class ChecksPart
{
    public const string Verdicts = "data/checks/verdicts.jsonl";
    public const string Run = "data/checks/run.json";

    /// <exception cref="RunChangedException">What is stored of the run is not what was sealed.</exception>
    public static async Task WriteAsync(PackWriter pack, PackScope scope)
    {
        await pack.AddAsync(Verdicts, stream => WriteVerdictsAsync(stream, scope));
        if (pack.Sha256Of(Verdicts) != scope.Run.Digest)
        {
            throw new RunChangedException(scope.Run.Id);
        }

        var inputs = await PackStore.InputsAsync(scope);
        await pack.AddAsync(Run, PackJson.Of(writer => WriteRun(writer, scope, inputs)));
        foreach (var line in scope.Run.Lines)
        {
            // A definition is part of the evidence only as it ran.
            if (CheckCatalogue.Find(line.CheckId) is { } check && CheckTexts.DigestOf(check.Definition) == line.DefinitionDigest)
            {
                await pack.AddAsync(DefinitionOf(line.CheckId), CheckTexts.JsonOf(check.Definition));
            }
        }
    }

    /// <summary>Where the definition of a check is.</summary>
    public static string DefinitionOf(string check) => $"data/checks/definitions/{check}.json";

    private static async Task WriteVerdictsAsync(Stream stream, PackScope scope)
    {
        using var text = new VerdictText(stream);
        foreach (var line in scope.Run.Lines.OrderBy(static line => line.CheckId, StringComparer.Ordinal))
        {
            text.Add(line);
            if (line.ResultsRun == scope.Run.Id)
            {
                foreach (var (verdict, exception) in VerdictText.InOrder(await PackStore.VerdictsAsync(scope, line.CheckId), static one => one.Verdict.Resource))
                {
                    text.Add(line.CheckId, verdict, exception);
                }
            }
        }
    }

    private static void WriteRun(Utf8JsonWriter writer, PackScope scope, string inputs)
    {
        var run = scope.Run;
        writer.WriteStartObject();
        writer.WriteNumber("run", run.Id.Value);
        writer.WriteString("at", run.At.UtcDateTime);
        writer.WriteString("endedAt", run.EndedAt.UtcDateTime);
        writer.WriteString("actorKind", Word.Of(run.Actor.Kind));
        writer.WriteString("digest", run.Digest);
        writer.WritePropertyName("inputs");
        writer.WriteRawValue(inputs);
        writer.WriteStartArray("checks");
        foreach (var line in run.Lines)
        {
            writer.WriteStartObject();
            writer.WriteString("check", line.CheckId);
            writer.WriteNumber("version", line.Version);
            writer.WriteString("outcome", Word.Of(line.Outcome));
            writer.WriteString("reason", line.Reason);
            writer.WriteString("settings", line.Settings);
            writer.WriteString("definitionSha256", line.DefinitionDigest);
            writer.WriteNumber("passed", line.Passed);
            writer.WriteNumber("failed", line.Failed);
            writer.WriteNumber("notEvaluated", line.NotEvaluated);
            writer.WriteNumber("notApplicable", line.NotApplicable);
            writer.WriteNumber("excepted", line.Excepted);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

/// <summary>What is stored of a run is not what was sealed in the log.</summary>
internal sealed class RunChangedException(CheckRunId run) : Exception($"Run {run} was changed.")
{
    public CheckRunId Run { get; } = run;
}
