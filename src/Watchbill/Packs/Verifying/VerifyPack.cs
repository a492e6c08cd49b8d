using System.Globalization;
using System.Text.Json;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Packs.Container;
using Watchbill.Packs.Parts;

namespace Watchbill.Packs.Verifying;

/// <summary>
/// Verifies a pack without database or server: the container byte by byte, every file against the manifests, the manifest against its signatures, every statement against its files, the log against its
/// checkpoint, the events against the log, the run against its event, and what OSCAL says of files. What is read is not trusted: whatever cannot be understood is a finding.
/// </summary>
public sealed class VerifyPack
{
    private const int MostFindings = 100;

    private readonly PackFiles _files;
    private readonly List<string> _findings = [];
    private readonly PackBag _bag;

    private VerifyPack(PackFiles files)
    {
        _files = files;
        _bag = new PackBag(files, Find);
    }

    /// <summary>Looks at everything.</summary>
    /// <param name="path">The pack, or the folder that it was unpacked to; a set of packs is one too.</param>
    /// <param name="fingerprint">The fingerprint that the key must have, in hex; null when none is known.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PackVerification Run(string path, string? fingerprint)
    {
        using var files = PackFiles.Of(path);
        return Run(files, fingerprint);
    }

    /// <summary>The same for a pack that was taken up already.</summary>
    internal static PackVerification Run(PackFiles files, string? fingerprint) => VerifyPackSet.IsSet(files) ? new VerifyPackSet(files).Run(fingerprint) : new VerifyPack(files).Run(fingerprint);

    private PackVerification Run(string? fingerprint)
    {
        var keys = _bag.Verify(fingerprint);
        var logKeys = PackKeyChains.Read(_files, KeyUse.Log, Find);
        var statements = VerifyStatements(StatementsPart.Populations) + VerifyStatements(StatementsPart.Checks);
        var wanted = _files.Lines(LogPart.Events).Select(static line => EventOf(line)?.Index ?? -1).ToHashSet();
        var log = new PackLog(_files, logKeys, Find);
        var timestamps = new PackTimestamps(_files, logKeys, Find);
        var (size, entries) = log.Read(wanted.Contains, timestamps.Sizes);
        PackProofs.Verify(_files, logKeys, entries, Find);
        var stamps = timestamps.Verify(log.Roots);
        var events = VerifyEvents(entries);
        VerifyOscal();
        return new PackVerification
        {
            Findings = _findings,
            Files = _files.Digests.Count,
            Bytes = _files.Bytes,
            Statements = statements,
            Events = events,
            LogSize = size,
            Timestamps = stamps.Count,
            StampedAt = stamps.Count > 0 ? stamps[^1].At : null,
            StampedBy = stamps.Count > 0 ? stamps[^1].Authority : null,
            KeyFingerprint = keys?.Current.Fingerprint,
            EndorsedBy = keys?.EndorserOf(fingerprint),
            LogOrigin = logKeys?.Origin,
        };
    }

    /// <returns>How many statements are right.</returns>
    private int VerifyStatements(string file)
    {
        var lines = _files.ReadText(file)?.Split('\n') ?? [];
        if (lines is not [.., ""] || lines.Length < 2)
        {
            Find($"{file} is missing, or ends in the middle of a line.");
            return 0;
        }

        return lines[..^1].Select((line, index) => _bag.VerifyStatement(line, $"{file}, line {index + 1}", []) ? 1 : 0).Sum();
    }

    /// <returns>How many events are in the log as they stand in the pack.</returns>
    private int VerifyEvents(IReadOnlyDictionary<long, string> entries)
    {
        var good = 0;
        var isRunSealed = false;
        var run = RunOf();
        foreach (var line in _files.Lines(LogPart.Events))
        {
            if (EventOf(line) is not { } one || !entries.TryGetValue(one.Index, out var entry) || !IsOf(entry, one.Text))
            {
                Find($"An audit event is not the one that was sealed: {line[..Math.Min(line.Length, 60)]}…");
                continue;
            }

            good++;
            isRunSealed = isRunSealed || IsRunOf(one.Text, run, _files.Digests.GetValueOrDefault(ChecksPart.Verdicts));
        }

        if (!isRunSealed)
        {
            Find("The verdicts of the run are not those that were sealed in the log, or the run's event is missing.");
        }

        return good;
    }

    private static (long Index, string Text)? EventOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("event").GetString() is { } text ? (document.RootElement.GetProperty("index").GetInt64(), text) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private string? RunOf()
    {
        try
        {
            using var document = JsonDocument.Parse(_files.Read(ChecksPart.Run) ?? []);
            return document.RootElement.GetProperty("run").GetInt64().ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            Find($"{ChecksPart.Run} is missing or cannot be read.");
            return null;
        }
    }

    /// <summary>Whether an entry is that of an event. Whoever signs a log with a key of their own may seal anything in it.</summary>
    private static bool IsOf(string entry, string text)
    {
        try
        {
            return LogEntry.Parse(entry)?.Holds(text) is true;
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static bool IsRunOf(string text, string? run, string? digest)
    {
        try
        {
            return IsRunSaidBy(text, run, digest);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsRunSaidBy(string text, string? run, string? digest)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        if (digest is null || root.GetProperty("subjectKind").GetString() != "check-run" || root.GetProperty("subjectId").GetString() != run || root.GetProperty("after").GetString() is not { } after)
        {
            return false;
        }

        using var said = JsonDocument.Parse(after);
        return said.RootElement.GetProperty("digest").GetString() == digest;
    }

    /// <summary>Every file that OSCAL names is there with the hash that it names, and every reference leads somewhere.</summary>
    private void VerifyOscal()
    {
        try
        {
            using var document = JsonDocument.Parse(_files.Read(OscalPart.Results) ?? []);
            var root = document.RootElement.GetProperty("assessment-results");
            var known = root.GetProperty("back-matter").GetProperty("resources").EnumerateArray().ToList();
            foreach (var link in known.SelectMany(static resource => resource.GetProperty("rlinks").EnumerateArray()))
            {
                var file = "data/" + (link.GetProperty("href").GetString() ?? "")["../".Length..];
                if (_files.Digests.GetValueOrDefault(file) != link.GetProperty("hashes")[0].GetProperty("value").GetString())
                {
                    Find($"{OscalPart.Results} names another hash of {file}.");
                }
            }

            var uuids = known.Select(static resource => "#" + resource.GetProperty("uuid").GetString()).ToHashSet(StringComparer.Ordinal);
            var named = root.GetProperty("results").EnumerateArray().SelectMany(static result => result.GetProperty("observations").EnumerateArray())
                .Where(static observation => observation.TryGetProperty("relevant-evidence", out _)).SelectMany(static observation => observation.GetProperty("relevant-evidence").EnumerateArray())
                .Select(static evidence => evidence.GetProperty("href").GetString()!).Append(root.GetProperty("import-ap").GetProperty("href").GetString()!);
            foreach (var missing in named.Where(href => !uuids.Contains(href)).Distinct())
            {
                Find($"{OscalPart.Results} refers to {missing}, which it does not hold.");
            }
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            Find($"{OscalPart.Results} is missing or cannot be read.");
        }
    }

    private void Find(string sentence)
    {
        if (_findings.Count < MostFindings)
        {
            _findings.Add(sentence);
        }
    }
}
