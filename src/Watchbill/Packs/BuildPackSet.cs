using System.Globalization;
using System.Security.Cryptography;
using Watchbill.Audit;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.Packs.Container;
using Watchbill.Packs.Parts;
using Watchbill.Packs.Verifying;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Packs;

/// <summary>
/// Makes sets of evidence packs: one framework and one period of several sources in one file. It is a bag like a pack, signed like one, whose payload are the packs of the sources, each as it would be
/// alone, and a page that puts their controls side by side. Complete or nothing.
/// </summary>
public sealed class BuildPackSet
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly BuildPack _build;
    private readonly AuditLog _audit;

    internal BuildPackSet(Database database, ConnectorStore connectors, BuildPack build, AuditLog audit)
    {
        _database = database;
        _connectors = connectors;
        _build = build;
        _audit = audit;
    }

    /// <summary>Makes one. Needs the rights to read access and to read the audit log.</summary>
    /// <inheritdoc cref="BuildPack.RunAsync" path="/param"/>
    public async Task<Result<MadePack>> RunAsync(PackSetRequest request, string folder, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ReadAccess) ?? caller.Lacks(Right.ReadAudit)) is { } refusal)
        {
            return refusal;
        }

        var wanted = request.Connectors.Distinct().ToList();
        if (wanted.Count is 0 or > PackSetRequest.MostSources)
        {
            return PackRefusals.BadSources(PackSetRequest.MostSources);
        }

        List<ConnectorRow> sources = [];
        foreach (var id in wanted)
        {
            if (await _connectors.FindAsync(id, cancellationToken) is not { } source)
            {
                return SyncRefusals.NoSuchConnector(id.ToString());
            }

            sources.Add(source);
        }

        return await MakeAsync(request, [.. sources.OrderBy(static source => source.OrganizationSlug, StringComparer.Ordinal).ThenBy(static source => source.Id.Value)], folder, caller, cancellationToken);
    }

    private async Task<Result<MadePack>> MakeAsync(PackSetRequest request, IReadOnlyList<ConnectorRow> sources, string folder, Caller caller, CancellationToken cancellationToken)
    {
        List<PackedSource> packs = [];
        var path = Path.Combine(folder, $".evidence-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.part");
        var isKept = false;
        try
        {
            foreach (var source in sources)
            {
                var packed = await _build.MakeAsync(request.For(source.Id), folder, caller, cancellationToken);
                if (!packed.Succeeded)
                {
                    return PackRefusals.SourceNotPacked(source.Name, packed.Refusal!);
                }

                packs.Add(packed.Value);
            }

            var made = await WriteAsync(request, packs, path, cancellationToken);
            if (made.Succeeded)
            {
                await NoteAsync(request, made.Value, caller, cancellationToken);
                isKept = true;
            }

            return made;
        }
        catch (PackTooLargeException)
        {
            return PackRefusals.TooLarge();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return PackRefusals.NotMade(exception.Message);
        }
        finally
        {
            packs.ForEach(static pack => File.Delete(pack.Made.Path));
            if (!isKept)
            {
                File.Delete(path);
            }
        }
    }

    private static async Task<Result<MadePack>> WriteAsync(PackSetRequest request, IReadOnlyList<PackedSource> packs, string path, CancellationToken cancellationToken)
    {
        var scope = packs[^1].Scope;
        var keys = scope.Keys;
        if (packs.Any(pack => pack.Made.KeyFingerprint != keys.Signer.Fingerprint))
        {
            return PackRefusals.NotMade("A key was replaced while it was made.");
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"evidence-{packs.Count}-sources-{scope.Framework.Id}-{scope.Request.From.UtcDateTime:yyyyMMdd}-{scope.Request.To.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
        SqliteFile.CreateFile(path);
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 128 * 1024))
        {
            var set = new PackWriter(file, name);
            foreach (var pack in packs)
            {
                await using var one = File.OpenRead(pack.Made.Path);
                await set.AddAsync(PackSetPart.NameOf(pack), stream => one.CopyToAsync(stream, cancellationToken));
                if (set.Sha256Of(PackSetPart.NameOf(pack)) != pack.Made.Sha256)
                {
                    return PackRefusals.NotMade($"The pack of {pack.Scope.Connector.Name} was changed while the others were made.");
                }
            }

            await KeysPart.WriteAsync(set, keys);
            await PackSetPart.WriteAsync(set, packs);
            await TagsPart.WriteAsync(set, new BagLabel(name, $"{packs.Count} Sentry organizations", scope.Request.To), keys.Signer, files => StatementsPart.OfSet(packs, files));
            set.Finish();
        }

        // Each pack was verified when it was made, and is in the set as it was then: what is left is what is around them.
        using (var files = new ZipFiles(path))
        {
            List<string> findings = [];
            new PackBag(files, findings.Add).Verify(keys.Signer.Fingerprint);
            if (findings is [var finding, ..])
            {
                return PackRefusals.NotMade(finding);
            }
        }

        await using var made = File.OpenRead(path);
        return new MadePack(name + ".zip", path, made.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(made, cancellationToken)), keys.Signer.Fingerprint);
    }

    private Task NoteAsync(PackSetRequest request, MadePack made, Caller caller, CancellationToken cancellationToken)
    {
        var connectors = string.Join(' ', request.Connectors.Distinct().OrderBy(static id => id.Value));
        var noted = PackEvents.Made("evidence-pack-set-made", made, caller, ("connectors", connectors), ("framework", request.Framework));
        return _database.InTransactionAsync(transaction => _audit.AppendAsync(transaction, noted, cancellationToken), cancellationToken);
    }
}
