using System.Security.Cryptography;
using System.Text.Json;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Postures;
using Watchbill.Kernel;

namespace Watchbill.Compliance.Runs;

/// <summary>What one check says now.</summary>
/// <param name="Check">Which check.</param>
/// <param name="Line">Its line of the run; without run ids.</param>
/// <param name="Verdicts">What it says of each resource; null when nothing could be evaluated, so that what was said before is neither confirmed nor denied.</param>
internal sealed record Evaluation(Check Check, CheckLine Line, IReadOnlyList<ExceptedVerdict>? Verdicts);

/// <summary>A verdict, and the exception that covers it; null for none.</summary>
internal readonly record struct ExceptedVerdict(Verdict Verdict, CheckExceptionId? Exception);

/// <summary>Asks checks about a posture. Pure.</summary>
internal static class Evaluator
{
    /// <summary>Asks one check.</summary>
    public static Evaluation Evaluate(Check check, Posture posture, CheckSettings settings, IReadOnlyList<CheckException> exceptions)
    {
        if (Blocked(check, posture) is { } problem)
        {
            return new Evaluation(check, LineOf(check, settings, []) with { Outcome = CheckOutcome.NotEvaluated, Reason = problem }, null);
        }

        var own = exceptions.Where(exception => exception.CheckId == check.Definition.Id && exception.Covers(posture.At)).ToList();
        List<ExceptedVerdict> verdicts = [.. check.Evaluate(posture, settings).Select(verdict => Except(verdict, own))];
        return new Evaluation(check, LineOf(check, settings, verdicts), verdicts);
    }

    /// <summary>SHA-256 over every verdict, see <see cref="VerdictText"/>.</summary>
    public static string DigestOf(IEnumerable<Evaluation> evaluations)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        using (var buffered = new BufferedStream(stream, 64 * 1024))
        using (var text = new VerdictText(buffered))
        {
            foreach (var evaluation in evaluations.OrderBy(static one => one.Line.CheckId, StringComparer.Ordinal))
            {
                text.Add(evaluation.Line);
                foreach (var (verdict, exception) in VerdictText.InOrder(evaluation.Verdicts ?? [], static one => one.Verdict.Resource))
                {
                    text.Add(evaluation.Line.CheckId, verdict, exception);
                }
            }
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    /// <summary>Why a check cannot be asked; null when it can.</summary>
    private static string? Blocked(Check check, Posture posture) => check.Definition.Reads
        .Select(input => posture.Inputs.TryGetValue(input, out var state) ? state.Problem : $"{CheckInputs.TitleOf(input)}: never read.")
        .FirstOrDefault(static problem => problem is not null);

    /// <summary>What is approved keeps its reason: an exception hides nothing.</summary>
    private static ExceptedVerdict Except(Verdict verdict, List<CheckException> exceptions) =>
        verdict.Outcome is CheckOutcome.Fail && exceptions.Find(exception => exception.Concerns(verdict.Resource)) is { } exception
            ? new ExceptedVerdict(verdict with { Outcome = CheckOutcome.Excepted }, exception.Id)
            : new ExceptedVerdict(verdict, null);

    private static CheckLine LineOf(Check check, CheckSettings settings, IReadOnlyList<ExceptedVerdict> verdicts)
    {
        var outcomes = Outcomes.Of(verdicts.Select(static one => one.Verdict.Outcome));
        var definition = check.Definition;
        return new CheckLine
        {
            CheckId = definition.Id,
            Version = definition.Version,
            Outcome = outcomes.Worst,
            Reason = verdicts.Count switch
            {
                0 => "There is nothing that it is about.",
                1 => verdicts[0].Verdict.Reason,
                _ => null,
            },
            Settings = TextOf(definition, settings),
            DefinitionDigest = CheckTexts.DigestOf(definition),
            Passed = outcomes.Pass,
            Failed = outcomes.Fail,
            NotEvaluated = outcomes.NotEvaluated,
            NotApplicable = outcomes.NotApplicable,
            Excepted = outcomes.Excepted,
        };
    }

    private static string TextOf(CheckDefinition definition, CheckSettings settings) => JsonSerializer.Serialize(
        new SortedDictionary<string, string>(definition.Parameters.ToDictionary(static parameter => parameter.Name, settings.Text), StringComparer.Ordinal),
        ComplianceJson.Default.SortedDictionaryStringString);
}
