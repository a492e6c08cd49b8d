using System.Buffers;
using System.Text.Json;
using Watchbill.Kernel;

namespace Watchbill.Compliance.Runs;

/// <summary>
/// A run as text: a line of JSON for each check, by its id, and behind it a line for each verdict, by the resource. SHA-256 of this text is the run's digest, which the log seals; so whoever has the text
/// and the log can show that the verdicts are those that were given.
/// </summary>
internal sealed class VerdictText : IDisposable
{
    private readonly Stream _target;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _writer;

    /// <param name="target">Where it is written; not closed.</param>
    public VerdictText(Stream target)
    {
        _target = target;
        _writer = new Utf8JsonWriter(_line);
    }

    /// <summary>The order of verdicts of one check.</summary>
    public static IOrderedEnumerable<T> InOrder<T>(IEnumerable<T> rows, Func<T, CheckResource> resource) =>
        rows.OrderBy(row => Word.Of(resource(row).Kind), StringComparer.Ordinal).ThenBy(row => resource(row).Key, StringComparer.Ordinal);

    /// <summary>Writes the line of a check.</summary>
    public void Add(CheckLine line)
    {
        Begin(line.CheckId, line.Outcome, line.Reason);
        _writer.WriteString("settings", line.Settings);
        _writer.WriteString("definitionSha256", line.DefinitionDigest);
        End();
    }

    /// <summary>Writes a verdict.</summary>
    public void Add(string check, Verdict verdict, CheckExceptionId? exception)
    {
        Begin(check, verdict.Outcome, verdict.Reason);
        _writer.WriteString("resourceKind", Word.Of(verdict.Resource.Kind));
        _writer.WriteString("resourceKey", verdict.Resource.Key);
        _writer.WriteString("resourceName", verdict.Resource.Name);
        if (exception is { } covering)
        {
            _writer.WriteNumber("exception", covering.Value);
        }

        End();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void Begin(string check, CheckOutcome outcome, string? reason)
    {
        _writer.WriteStartObject();
        _writer.WriteString("check", check);
        _writer.WriteString("outcome", Word.Of(outcome));
        if (reason is not null)
        {
            _writer.WriteString("reason", reason);
        }
    }

    private void End()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        _target.Write(_line.WrittenSpan);
        _target.WriteByte((byte)'\n');
        _line.ResetWrittenCount();
        _writer.Reset();
    }
}
