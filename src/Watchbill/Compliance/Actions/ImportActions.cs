using System.Globalization;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;
using Watchbill.People.Identities;

namespace Watchbill.Compliance.Actions;

/// <summary>
/// Opens actions from a file: comma, semicolon or tab between, headings in the first line. It must have a column <c>title</c>; it may have <c>severity</c>, <c>due</c>, <c>owner</c> (the
/// address of their account) and <c>description</c>. All lines or none.
/// </summary>
public sealed class ImportActions
{
    /// <summary>The longest file, in characters.</summary>
    public const int MostCharacters = 500_000;

    /// <summary>The most actions in one file.</summary>
    public const int MostRows = 1000;

    private const int MostErrors = 20;
    private static readonly CsvShape Shape = new(["title"], ["severity", "due", "owner", "description"], MostRows);

    private readonly ManageActions _actions;
    private readonly TimeProvider _clock;

    internal ImportActions(ManageActions actions, TimeProvider clock)
    {
        _actions = actions;
        _clock = clock;
    }

    /// <summary>Opens everything that the file names.</summary>
    /// <returns>The actions; a refusal that names the lines when any line is wrong, and then none was opened.</returns>
    public async Task<Result<IReadOnlyList<ComplianceAction>>> RunAsync(ConnectorId connector, string text, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ManageCompliance) is { } refusal)
        {
            return refusal;
        }

        if (text.Length > MostCharacters)
        {
            return ComplianceRefusals.BadActionFile([new LineNote(1, $"A file holds at most {MostCharacters:N0} characters; split it.")]);
        }

        var people = await _actions.OwnersAsync(cancellationToken);
        List<LineNote> errors = [];
        var drafts = Read(text, new Line(connector, people, _clock.GetUtcNow()), errors);
        return errors.Count > 0 ? ComplianceRefusals.BadActionFile([.. errors.Take(MostErrors)]) : await _actions.OpenAllAsync(drafts, caller, cancellationToken);
    }

    private static List<ActionDraft> Read(string text, Line context, List<LineNote> errors)
    {
        List<ActionDraft> drafts = [];
        foreach (var line in CsvLines.Read(text, Shape, (number, sentence) => errors.Add(new LineNote(number, sentence))))
        {
            var (draft, problem) = context.Read(line.Cell);
            if (problem is not null)
            {
                errors.Add(new LineNote(line.Number, problem));
            }

            drafts.AddRange(draft is null ? [] : [draft]);
        }

        if (errors.Count == 0 && drafts.Count is 0 or > MostRows)
        {
            errors.Add(new LineNote(1, $"A file holds 1 to {MostRows:N0} actions."));
        }

        return drafts;
    }

    /// <summary>What a line is read with.</summary>
    private sealed record Line(ConnectorId Connector, IReadOnlyList<OwnerAccount> People, DateTimeOffset Now)
    {
        public (ActionDraft? Draft, string? Problem) Read(Func<string, string> cell)
        {
            var severity = cell("severity") is { Length: > 0 } word ? Word.Parse<Severity>(word.ToLowerInvariant()) : Severity.Medium;
            if (severity is null)
            {
                return (null, "A severity is low, medium, high or critical.");
            }

            DateTimeOffset? due = null;
            if (cell("due") is { Length: > 0 } date)
            {
                if (!DateTimeOffset.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
                {
                    return (null, "A date is written as 2027-03-31.");
                }

                due = day;
            }

            var owner = cell("owner") is { Length: > 0 } address ? People.FirstOrDefault(person => string.Equals(person.Email, address, StringComparison.OrdinalIgnoreCase)) : null;
            if (owner is null && cell("owner").Length > 0)
            {
                return (null, $"Nobody with an account here who may own actions has the address {cell("owner")}.");
            }

            var draft = new ActionDraft(Connector, cell("title"), severity.Value) { Description = cell("description"), DueAt = due, Owner = owner?.Id };
            return draft.Problem(Now, People) is { } problem ? (null, problem.Message) : (draft, null);
        }
    }
}
