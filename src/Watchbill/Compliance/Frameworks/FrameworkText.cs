using System.Text.RegularExpressions;
using Watchbill.Kernel;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Watchbill.Compliance.Frameworks;

/// <summary>
/// Frameworks as people write them: YAML (or JSON, which is YAML) with everything in it, or a table of comma-separated values with a control on each line. Controls without a check are counted, and not kept:
/// evidence from Sentry is not about them.
/// </summary>
public static partial class FrameworkText
{
    /// <summary>The longest file, in characters.</summary>
    public const int MostCharacters = 500_000;

    /// <summary>The most controls in a file.</summary>
    public const int MostControls = 5000;

    /// <summary>The longest name, edition and number of a control.</summary>
    public const int LongestName = 100;

    private const int LongestTitle = 300;
    private const int MostErrors = 20;
    private static readonly CsvShape Shape = new(["control", "title", "theme", "checks"], [], MostControls);

    /// <summary>Reads a table.</summary>
    /// <param name="head">What the table does not say; its controls are ignored.</param>
    /// <param name="csv">The table: control, title, theme, checks (apart by blanks).</param>
    public static Result<Framework> OfCsv(FrameworkHead head, string csv)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(csv);
        List<string> errors = [];
        List<FrameworkControl> controls = [];
        var count = 0;
        if (csv.Length > MostCharacters)
        {
            return ComplianceRefusals.BadFrameworkFile([TooLong()]);
        }

        foreach (var line in CsvLines.Read(csv, Shape, (number, sentence) => errors.Add($"Line {number}: {sentence}")))
        {
            count++;
            var written = new ControlFile
            {
                Id = line.Cell("control"),
                Title = line.Cell("title"),
                Theme = line.Cell("theme"),
                Checks = [.. line.Cell("checks").Split([' ', ';', ',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            };
            Add(written, $"Line {line.Number}", controls, errors);
        }

        return Checked(new FrameworkFile { Id = head.Id, Name = head.Name, Edition = head.Edition, Source = head.Source, ControlCount = count }, count, controls, errors);
    }

    /// <summary>Reads YAML or JSON.</summary>
    public static Result<Framework> OfYaml(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        if (yaml.Length > MostCharacters)
        {
            return ComplianceRefusals.BadFrameworkFile([TooLong()]);
        }

        List<string> errors = [];
        List<FrameworkControl> controls = [];
        FrameworkFile? file;
        try
        {
            file = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<FrameworkFile?>(yaml);
        }
        catch (YamlException broken)
        {
            return ComplianceRefusals.BadFrameworkFile([$"Line {broken.Start.Line}: {WithoutLineEnds((broken.InnerException ?? broken).Message)}"]);
        }

        if (file?.Controls is not { Count: > 0 } written)
        {
            return ComplianceRefusals.BadFrameworkFile(["A framework has an id, a name, an edition, a source, and controls."]);
        }

        foreach (var (control, index) in written.Take(MostControls + 1).Select(static (control, index) => (control, index)))
        {
            Add(control ?? new ControlFile(), $"Control {index + 1}", controls, errors);
        }

        return Checked(file, written.Count, controls, errors);
    }

    /// <summary>A framework as YAML, to be changed and read again.</summary>
    public static string ToYaml(Framework framework)
    {
        ArgumentNullException.ThrowIfNull(framework);
        var file = new FrameworkFile
        {
            Id = framework.Id,
            Name = framework.Name,
            Edition = framework.Edition,
            Source = framework.Source,
            ControlCount = framework.ControlCount,
            Controls = [.. framework.Controls.Select(static control => new ControlFile { Id = control.Id, Title = control.Title, Theme = Word.Of(control.Theme), Checks = [.. control.Checks] })],
        };
        return new SerializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithQuotingNecessaryStrings().WithIndentedSequences().WithNewLine("\n").Build().Serialize(file);
    }

    private static void Add(ControlFile written, string place, List<FrameworkControl> controls, List<string> errors)
    {
        var checks = (written.Checks ?? []).Select(static check => check ?? "").ToList();
        var theme = Word.Parse<ControlTheme>(written.Theme);
        if (Problem(written, theme, checks, controls) is { } problem)
        {
            errors.Add($"{place}: {problem}");
        }
        else if (checks.Count > 0)
        {
            controls.Add(new FrameworkControl { Id = written.Id!.Trim(), Title = written.Title!.Trim(), Theme = theme!.Value, Checks = checks });
        }
    }

    private static string? Problem(ControlFile written, ControlTheme? theme, IReadOnlyList<string> checks, IEnumerable<FrameworkControl> before) =>
        !OneLine.Fits(written.Id, LongestName) ? $"A control has a number or name of at most {LongestName} characters, on one line."
        : !OneLine.Fits(written.Title, LongestTitle) ? $"Control {written.Id} says in 1 to {LongestTitle} characters, on one line, what it asks for."
        : checks.Count > 0 && theme is null ? $"The theme of control {written.Id} is one of {string.Join(", ", Enum.GetValues<ControlTheme>().Select(static one => Word.Of(one)))}."
        : checks.FirstOrDefault(static check => CheckCatalogue.Find(check) is null) is { } unknown ? $"Control {written.Id} names the check {Shortened(unknown)}, which does not exist; list them with: watchbill check list."
        : checks.Distinct(StringComparer.Ordinal).Count() != checks.Count ? $"Control {written.Id} names a check twice."
        : before.Any(one => one.Id == written.Id!.Trim()) ? $"Control {written.Id} is there twice."
        : null;

    private static Result<Framework> Checked(FrameworkFile file, int count, List<FrameworkControl> controls, List<string> errors)
    {
        void Must(bool holds, string sentence)
        {
            if (!holds)
            {
                errors.Insert(0, sentence);
            }
        }

        Must(count <= MostControls, $"A file holds at most {MostControls:N0} controls.");
        Must(errors.Count > 0 || controls.Count > 0, "No control names a check: evidence from Sentry is about none of them.");
        Must((file.ControlCount ?? count) >= count && file.ControlCount is not > 100_000, "controlCount says how many controls the framework has in all: at least as many as the file, at most 100,000.");
        Must(file.Source is null || OneLine.Fits(file.Source, LongestTitle), $"The source says in 1 to {LongestTitle} characters, on one line, whose framework it is.");
        Must(OneLine.Fits(file.Edition, LongestName), $"The edition has 1 to {LongestName} characters, on one line.");
        Must(OneLine.Fits(file.Name, LongestName), $"The name has 1 to {LongestName} characters, on one line.");
        Must(Id().IsMatch(file.Id ?? ""), "The id has 2 to 63 small letters, digits, dots and hyphens, and begins with a letter or digit.");
        Must(FrameworkCatalogue.Find(file.Id ?? "") is null, $"{file.Id} is a framework that comes with Watchbill; give yours another id.");
        return errors.Count > 0
            ? ComplianceRefusals.BadFrameworkFile([.. errors.Take(MostErrors)])
            : new Framework
            {
                Id = file.Id!,
                Name = file.Name!.Trim(),
                Edition = file.Edition!.Trim(),
                Source = file.Source?.Trim() ?? "Written by your organization.",
                ControlCount = file.ControlCount ?? count,
                Controls = controls,
            };
    }

    private static string TooLong() => $"A file holds at most {MostCharacters:N0} characters.";

    private static string Shortened(string text) => WithoutLineEnds(text.Length > LongestName ? text[..LongestName] + "…" : text);

    private static string WithoutLineEnds(string text) => string.Create(text.Length, text, static (line, source) =>
    {
        for (var index = 0; index < line.Length; index++)
        {
            line[index] = char.IsControl(source[index]) ? ' ' : source[index];
        }
    });

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    /// <summary>A file as it is written. Members that nobody knows are a mistake in it.</summary>
    private sealed class FrameworkFile
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public string? Edition { get; set; }

        public string? Source { get; set; }

        public int? ControlCount { get; set; }

        public List<ControlFile?>? Controls { get; set; }
    }

    private sealed class ControlFile
    {
        public string? Id { get; set; }

        public string? Title { get; set; }

        public string? Theme { get; set; }

        public List<string?>? Checks { get; set; }
    }
}

/// <summary>What a table of controls does not say.</summary>
/// <param name="Id">The framework's id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Edition">Which edition.</param>
/// <param name="Source">Whose it is; null for one's own.</param>
public sealed record FrameworkHead(string Id, string Name, string Edition, string? Source);
