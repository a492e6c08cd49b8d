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
    private byte[]? _key;

    private VerifyPack(PackFiles files) => _files = files;

    /// <summary>Looks at everything.</summary>
    /// <param name="path">The pack, or the folder that it was unpacked to.</param>
    /// <param name="fingerprint">The fingerprint that the key must have, in hex; null when none is known.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PackVerification Run(string path, string? fingerprint)
    {
        using var files = PackFiles.Of(path);
        return Run(files, fingerprint);
    }

    /// <summary>The same for a pack that was taken up already.</summary>
    internal static PackVerification Run(PackFiles files, string? fingerprint) => new VerifyPack(files).Run(fingerprint);

    private PackVerification Run(string? fingerprint)
    {
        _files.Problems.ForEach(Find);
        var keys = PackKeyChains.Read(_files, KeyUse.Statements, Find);
        var logKeys = PackKeyChains.Read(_files, KeyUse.Log, Find);
        _key = keys?.Current.PublicKey;
        if (keys is not null && fingerprint is not null && !keys.Has(fingerprint))
        {
            Find($"It is signed by another key: its fingerprint is {keys.Current.Fingerprint}.");
        }

        VerifyBag();
        VerifySignatures();
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
            EndorsedBy = keys?.Keys.SkipLast(1).FirstOrDefault(key => string.Equals(key.Fingerprint, fingerprint, StringComparison.OrdinalIgnoreCase))?.Fingerprint,
            LogOrigin = logKeys?.Origin,
        };
    }

    /// <summary>Everything that is there is named with its hash, and everything that is named is there.</summary>
    private void VerifyBag()
    {
        if (_files.ReadText(BagFiles.Bagit) != BagFiles.BagitText)
        {
            Find("It is not a bag: bagit.txt is missing or says something else.");
        }

        VerifyManifest(BagFiles.Manifest, static name => BagFiles.IsPayload(name));
        VerifyManifest(BagFiles.TagManifest, static name => !BagFiles.IsPayload(name) && name != BagFiles.TagManifest);
    }

    private void VerifyManifest(string manifest, Func<string, bool> isNamed)
    {
        if (_files.ReadText(manifest) is not { } text)
        {
            Find($"{manifest} is missing.");
            return;
        }

        var expected = string.Concat(_files.Digests.Where(file => isNamed(file.Key)).Select(static file => $"{file.Value}  {file.Key}\n"));
        if (text == expected)
        {
            return;
        }

        var named = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split("  ", 2)).Where(static parts => parts.Length == 2)
            .GroupBy(static parts => parts[1], StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.First()[0], StringComparer.Ordinal);
        var before = _findings.Count;
        foreach (var (name, sha256) in named.Where(file => _files.Digests.GetValueOrDefault(file.Key) != file.Value))
        {
            Find(_files.Digests.ContainsKey(name) ? $"{name} is not as it was written: {manifest} names another hash." : $"{name} is missing: {manifest} names it with the hash {sha256}.");
        }

        foreach (var (name, _) in _files.Digests.Where(file => isNamed(file.Key) && !named.ContainsKey(file.Key)))
        {
            Find($"{name} is there and not named by {manifest}.");
        }

        if (_findings.Count == before)
        {
            Find($"{manifest} is not written as manifests are.");
        }
    }

    private void VerifySignatures()
    {
        if (_key is null)
        {
            return;
        }

        if (_files.ReadText(KeysPart.AllowedSigners) != SshSignature.AllowedSigner(KeysPart.Signer, _key))
        {
            Find($"{KeysPart.AllowedSigners} names another key than {KeysPart.Statements}.");
        }

        if (_files.Read(BagFiles.Manifest) is not { } manifest || _files.ReadText(BagFiles.Signature) is not { } signature || !SshSignature.Verifies(signature, _key, KeysPart.Purpose, manifest))
        {
            Find($"{BagFiles.Signature} is not the key's signature over the manifest.");
        }

        if (_files.ReadText(StatementsPart.Manifest) is not { } envelope || !VerifyStatement(envelope, StatementsPart.Manifest, [BagFiles.Manifest, BagFiles.Bagit, BagFiles.BagInfo]))
        {
            Find($"{StatementsPart.Manifest} is not the key's statement about the manifest.");
        }
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

        return lines[..^1].Select((line, index) => _key is not null && VerifyStatement(line, $"{file}, line {index + 1}", []) ? 1 : 0).Sum();
    }

    /// <summary>Whether an envelope is signed, and its subjects are the files as they are there; with at least these among them.</summary>
    private bool VerifyStatement(string envelope, string where, string[] needed)
    {
        if (_key is null || DsseEnvelope.Open(envelope, _key) is not { } statement)
        {
            Find($"{where} is not signed by the key.");
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(statement);
            var subjects = document.RootElement.GetProperty("subject").EnumerateArray()
                .ToDictionary(static one => one.GetProperty("name").GetString()!, static one => one.GetProperty("digest").GetProperty("sha256").GetString(), StringComparer.Ordinal);
            var differing = subjects.Where(one => _files.Digests.GetValueOrDefault(one.Key) != one.Value).Select(static one => one.Key).ToList();
            differing.ForEach(name => Find($"{name} is not the file that the statement in {where} is about."));
            return differing.Count == 0 && subjects.Count > 0 && needed.All(subjects.ContainsKey);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            Find($"The statement in {where} cannot be read.");
            return false;
        }
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
