using CsvHelper;

namespace Watchbill.People.Identities;

/// <summary>Something wrong or odd in a line of a file.</summary>
/// <param name="Line">Which line, from 1; the headings are line 1.</param>
/// <param name="Sentence">What, and what to do.</param>
public sealed record LineNote(int Line, string Sentence);

/// <summary>What a file of people says.</summary>
/// <param name="Headings">The headings of its columns.</param>
/// <param name="People">Everybody it names, as far as the lines are right.</param>
/// <param name="Errors">What is wrong; a file with any is not taken.</param>
/// <param name="Warnings">What is odd and does not stand against taking it.</param>
internal sealed record IdentityFileReading(IReadOnlyList<string> Headings, IReadOnlyList<Identity> People, IReadOnlyList<LineNote> Errors, IReadOnlyList<LineNote> Warnings);

/// <summary>Reads a file of people: comma, semicolon or tab between, headings in the first line.</summary>
internal sealed class IdentityFile
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>The most people in one file.</summary>
    public const int MostPeople = 100_000;

    private const int LongestText = 200;
    private const int MostAliases = 50;

    private static readonly CsvReaderOptions Options = new()
    {
        HasHeader = false,
        TrackLineNumbers = true,
        TrimWhitespace = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 1024 * 1024,
    };

    private static readonly char[] AliasSeparators = [' ', ',', ';', '|', '\n', '\r', '\t'];

    private static readonly HashSet<string> WordsForActive =
        new(["", "active", "true", "yes", "y", "1", "enabled", "employed", "current", "on leave", "leave"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> WordsForLeft =
        new(["inactive", "false", "no", "n", "0", "disabled", "terminated", "left", "leaver", "former"], StringComparer.OrdinalIgnoreCase);

    private readonly List<LineNote> _errors = [];
    private readonly List<LineNote> _warnings = [];
    private readonly List<(int Line, Identity Identity)> _people = [];
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _userNames = new(StringComparer.Ordinal);

    private IdentityFile()
    {
    }

    /// <summary>Reads it.</summary>
    /// <param name="text">The file.</param>
    /// <param name="columns">Which column holds what, given its headings.</param>
    public static IdentityFileReading Read(string text, Func<IReadOnlyList<string>, FileColumns> columns) => new IdentityFile().ReadAll(text, columns);

    /// <summary>Its headings alone; none when the first line cannot be read, which <see cref="Read"/> then tells.</summary>
    public static IReadOnlyList<string> HeadingsOf(string text)
    {
        using var reader = CsvReader.Create(new StringReader(text), Options);
        try
        {
            return reader.Read() ? CellsOf(reader) : [];
        }
        catch (CsvFormatException)
        {
            return [];
        }
    }

    private IdentityFileReading ReadAll(string text, Func<IReadOnlyList<string>, FileColumns> choose)
    {
        string[] headings = [];
        using var reader = CsvReader.Create(new StringReader(text), Options);
        try
        {
            if (!reader.Read())
            {
                return Fail(headings, 1, "The file is empty; its first line must name the columns.");
            }

            headings = CellsOf(reader);
            if (Misheaded(headings) is { } problem)
            {
                return Fail(headings, 1, problem);
            }

            ReadLines(reader, headings, choose(headings));
        }
        catch (CsvFormatException broken)
        {
            return Fail(headings, (int)broken.LineNumber, "The line cannot be read; look for a quotation mark that is not closed.");
        }

        LookUpManagers();
        return new(headings, [.. _people.Select(static one => one.Identity)], _errors, _warnings);
    }

    private void ReadLines(CsvReader reader, string[] headings, FileColumns columns)
    {
        foreach (var missing in new[] { FileField.Email, FileField.Name }.Where(field => columns[field] is null))
        {
            _errors.Add(new(1, $"No column is chosen for the {Of(missing)}; choose the one that holds it."));
        }

        foreach (var (field, heading) in columns.Headings.Where(pair => !headings.Contains(pair.Value, StringComparer.Ordinal)))
        {
            _errors.Add(new(1, $"The column '{heading}', chosen for the {Of(field)}, is not in the file."));
        }

        if (_errors.Count > 0)
        {
            return;
        }

        var places = columns.Headings.ToDictionary(static pair => pair.Key, pair => Array.IndexOf(headings, pair.Value));
        while (reader.Read())
        {
            var line = (int)reader.LineNumber;
            if (_people.Count == MostPeople)
            {
                _errors.Add(new(line, $"A file holds at most {MostPeople:N0} people; split it into several directories."));
                return;
            }

            var cells = CellsOf(reader);
            if (cells.Length != headings.Length)
            {
                _errors.Add(new(line, $"The line has {cells.Length} columns where the first has {headings.Length}; look for a separator or a quotation mark too many."));
                continue;
            }

            ReadPerson(line, field => places.TryGetValue(field, out var place) ? cells[place] : "");
        }
    }

    private void ReadPerson(int line, Func<FileField, string> cell)
    {
        var errors = _errors.Count;
        var email = PersonInput.Address(cell(FileField.Email));
        var name = PersonInput.Name(cell(FileField.Name));
        Refuse(email is null, line, $"'{Shortened(cell(FileField.Email))}' is not an e-mail address.");
        Refuse(name is null, line, "The name is missing, longer than 100 characters, or holds invisible ones.");
        var isActive = WordsForActive.Contains(cell(FileField.Status));
        Refuse(!isActive && !WordsForLeft.Contains(cell(FileField.Status)), line, $"The status '{Shortened(cell(FileField.Status))}' is not known; write active or inactive.");
        var key = cell(FileField.Key) is { Length: > 0 } given ? given : email ?? "";
        Refuse(email is not null && key != email && cell(FileField.Key).Length > LongestText, line, $"The key has more than {LongestText} characters.");
        var aliases = cell(FileField.Aliases).Split(AliasSeparators, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        Refuse(aliases.Count > MostAliases, line, $"A person has at most {MostAliases} other addresses.");
        foreach (var alias in aliases.Where(static alias => PersonInput.Address(alias) is null))
        {
            Refuse(true, line, $"'{Shortened(alias)}' is not an e-mail address.");
        }

        foreach (var field in new[] { FileField.Manager, FileField.Department, FileField.Title, FileField.UserName })
        {
            Refuse(cell(field).Length > LongestText, line, $"The {Of(field)} has more than {LongestText} characters.");
        }

        if (_errors.Count > errors)
        {
            return;
        }

        var userName = (cell(FileField.UserName) is { Length: > 0 } login ? login : email!).ToLowerInvariant();
        Once(_keys, key, line, "key");
        Once(_addresses, email!, line, "address");
        Once(_userNames, userName, line, "user name");
        _people.Add((line, new Identity
        {
            Key = key,
            Email = email!,
            Name = name!,
            UserName = userName,
            Aliases = [.. aliases.Select(static alias => alias.ToLowerInvariant()).Where(alias => alias != email).Order(StringComparer.Ordinal)],
            Manager = Optional(cell(FileField.Manager)),
            Department = Optional(cell(FileField.Department)),
            Title = Optional(cell(FileField.Title)),
            IsActive = isActive,
        }));
    }

    /// <summary>A manager who is not in the file is no error: files are often of one company among several.</summary>
    private void LookUpManagers()
    {
        foreach (var (line, identity) in _people.Where(one => one.Identity.Manager is { } manager && !_keys.ContainsKey(manager) && !_addresses.ContainsKey(manager.ToLowerInvariant())))
        {
            _warnings.Add(new(line, $"The manager '{Shortened(identity.Manager!)}' of {identity.Email} is not in the file; they will have none."));
        }
    }

    private void Once(Dictionary<string, int> seen, string value, int line, string what)
    {
        if (!seen.TryAdd(value, line))
        {
            _errors.Add(new(line, $"The {what} '{Shortened(value)}' is in line {seen[value]} already."));
        }
    }

    private void Refuse(bool isWrong, int line, string sentence)
    {
        if (isWrong)
        {
            _errors.Add(new(line, sentence));
        }
    }

    private IdentityFileReading Fail(IReadOnlyList<string> headings, int line, string sentence) => new(headings, [], [.. _errors, new LineNote(Math.Max(line, 1), sentence)], _warnings);

    private static string? Misheaded(IReadOnlyList<string> headings)
    {
        if (headings.FirstOrDefault(static heading => heading.Length is 0 or > LongestText) is not null)
        {
            return $"A column has no heading, or one of more than {LongestText} characters.";
        }

        return headings.GroupBy(static heading => heading, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice
            ? $"Two columns are headed '{Shortened(twice.Key)}'; give one another name."
            : null;
    }

    private static string[] CellsOf(CsvReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];

    private static string Of(FileField field) => field switch
    {
        FileField.Email => "e-mail address",
        FileField.Name => "name",
        FileField.Key => "key",
        FileField.Status => "status",
        FileField.Aliases => "other addresses",
        FileField.Manager => "manager",
        FileField.Department => "department",
        FileField.Title => "title",
        FileField.UserName => "user name",
    };

    private static string? Optional(string text) => text.Length == 0 ? null : text;

    private static string Shortened(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
