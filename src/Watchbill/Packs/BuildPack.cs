using System.Security.Cryptography;
using Watchbill.Audit;
using Watchbill.Compliance;
using Watchbill.Compliance.Frameworks;
using Watchbill.Connectors;
using Watchbill.Integrity;
using Watchbill.Integrity.Keys;
using Watchbill.Kernel;
using Watchbill.Packs.Container;
using Watchbill.Packs.Parts;
using Watchbill.Packs.Populations;
using Watchbill.Packs.Verifying;
using Watchbill.People;
using Watchbill.Storage;

namespace Watchbill.Packs;

/// <summary>
/// Makes evidence packs: everything about one framework and one period from one unchanging state of the database, in a file that a stranger can verify. Complete or nothing: it is verified before it is
/// handed over, and a run that was changed in the database is not packed. The same request to the same database gives the same bytes.
/// </summary>
public sealed class BuildPack
{
    private readonly Database _database;
    private readonly ConnectorStore _connectors;
    private readonly SealLog _seal;
    private readonly SigningKeys _keys;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal BuildPack(Database database, ConnectorStore connectors, SealLog seal, SigningKeys keys, AuditLog audit, TimeProvider clock)
    {
        _database = database;
        _connectors = connectors;
        _seal = seal;
        _keys = keys;
        _audit = audit;
        _clock = clock;
    }

    /// <summary>The fingerprint of the key that signs packs, to be handed over in another way than they are. Needs the right to read the audit log.</summary>
    public async Task<Result<string>> FingerprintAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ReadAudit) is { } refusal)
        {
            return refusal;
        }

        await using var session = _database.OpenRead();
        return (await _keys.OfAsync(session, KeyUse.Statements, cancellationToken)).Current.Fingerprint;
    }

    /// <summary>Makes one. Needs the rights to read access and to read the audit log.</summary>
    /// <param name="request">What it is about.</param>
    /// <param name="folder">Where it is written; it lies there under a name of its own until the caller moves or removes it.</param>
    /// <param name="caller">Who asks; it is noted in the audit log.</param>
    /// <param name="cancellationToken">Stops it; nothing stays behind.</param>
    public async Task<Result<MadePack>> RunAsync(PackRequest request, string folder, Caller caller, CancellationToken cancellationToken) =>
        (await MakeAsync(request, folder, caller, cancellationToken)).Select(static packed => packed.Made);

    /// <summary>The same for whoever wants to say what is in it.</summary>
    internal async Task<Result<PackedSource>> MakeAsync(PackRequest request, string folder, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        if ((caller.Lacks(Right.ReadAccess) ?? caller.Lacks(Right.ReadAudit)) is { } refusal)
        {
            return refusal;
        }

        var stored = request with { From = Conventions.ToStoredPrecision(request.From), To = Conventions.ToStoredPrecision(request.To) };
        var about = await AboutAsync(stored, cancellationToken);
        if (!about.Succeeded)
        {
            return about.Refusal!;
        }

        await _seal.RunAsync(cancellationToken);
        var path = Path.Combine(folder, $".evidence-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.part");
        var isKept = false;
        try
        {
            var made = await WriteAsync(stored, about.Value, path, cancellationToken);
            if (made.Succeeded)
            {
                await NoteAsync(stored, made.Value.Made, caller, cancellationToken);
                isKept = true;
            }

            return made;
        }
        catch (RunChangedException changed)
        {
            return PackRefusals.Changed(changed.Run);
        }
        catch (ArtifactChangedException changed)
        {
            return PackRefusals.ArtifactChanged(changed.Sha256);
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
            if (!isKept && File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }

    private async Task<Result<(Framework Framework, ConnectorRow Connector)>> AboutAsync(PackRequest request, CancellationToken cancellationToken)
    {
        var at = request.FrameworkAt ?? _clock.GetUtcNow();
        if (await _database.InSnapshotAsync(session => FrameworkStore.FindAsync(session, request.Framework, at, cancellationToken), cancellationToken) is not { } framework)
        {
            return ComplianceRefusals.NoSuchFramework(request.Framework);
        }

        return Problem(request, framework) is { } problem ? problem
            : await _connectors.FindAsync(request.Connector, cancellationToken) is { } connector ? (framework, connector)
            : SyncRefusals.NoSuchConnector(request.Connector.ToString());
    }

    private Refusal? Problem(PackRequest request, Framework framework) =>
        request.From >= request.To || request.To > _clock.GetUtcNow() || request.To - request.From > TimeSpan.FromDays(PackRequest.MostDays) ? PackRefusals.BadPeriod(PackRequest.MostDays)
        : request.Controls.FirstOrDefault(id => framework.Controls.All(control => control.Id != id)) is { } unknown ? ComplianceRefusals.NoSuchControl(framework.Id, unknown)
        : null;

    private async Task<Result<PackedSource>> WriteAsync(PackRequest request, (Framework Framework, ConnectorRow Connector) about, string path, CancellationToken cancellationToken)
    {
        var scope = await _database.InSnapshotAsync(
            async session =>
            {
                if (await PackStore.RunBeforeAsync(session, request.Connector, request.To, cancellationToken) is not { } run)
                {
                    return null;
                }

                var scope = new PackScope
                {
                    Session = session,
                    Request = request,
                    Connector = about.Connector,
                    Framework = about.Framework,
                    Controls = [.. about.Framework.Controls.Where(control => request.Controls.Count == 0 || request.Controls.Contains(control.Id))],
                    Run = run,
                    Keys = new PackKeys(await _keys.OfAsync(session, KeyUse.Statements, cancellationToken), await _keys.ChainAsync(session, KeyUse.Log, cancellationToken)),
                    CancellationToken = cancellationToken,
                };
                SqliteFile.CreateFile(path);
                await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 128 * 1024);
                var pack = new PackWriter(file, scope.Name);
                await WritePayloadAsync(pack, scope);
                await TagsPart.WriteAsync(pack, new BagLabel(scope.Name, scope.Connector.OrganizationSlug, scope.Request.To), scope.Keys.Signer, files => StatementsPart.OfPack(scope, files));
                pack.Finish();
                return scope;
            },
            cancellationToken);
        if (scope is null)
        {
            return PackRefusals.NoRun();
        }

        // What cannot be verified is not handed over.
        var fingerprint = scope.Keys.Signer.Fingerprint;
        if (VerifyPack.Run(path, fingerprint).Findings is [var finding, ..])
        {
            return PackRefusals.NotMade(finding);
        }

        await using var made = File.OpenRead(path);
        return new PackedSource(scope, new MadePack(scope.Name + ".zip", path, made.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(made, cancellationToken)), fingerprint));
    }

    private static async Task WritePayloadAsync(PackWriter pack, PackScope scope)
    {
        List<WrittenPopulation> populations = [];
        await pack.AddAsync("data/populations/columns.csv", PopulationWriter.Dictionary(PopulationCatalogue.Read.Concat(PopulationCatalogue.Governance)));
        foreach (var population in PopulationCatalogue.Read.Concat(PopulationCatalogue.Governance))
        {
            var source = await PopulationStore.SourceAsync(scope, population);
            populations.Add(new WrittenPopulation(population, await PopulationWriter.WriteAsync(pack, scope, population), source));
        }

        await ChecksPart.WriteAsync(pack, scope);
        await ReviewsPart.WriteAsync(pack, scope);
        await ArtifactsPart.WriteAsync(pack, scope);
        await LogPart.WriteAsync(pack, scope);
        await StatementsPart.WriteAsync(pack, scope, populations, scope.Keys.Signer);
        await KeysPart.WriteAsync(pack, scope.Keys);
        await OscalPart.WriteAsync(pack, scope);
        await TextsPart.WriteAsync(pack, scope, populations);
    }

    private Task NoteAsync(PackRequest request, MadePack made, Caller caller, CancellationToken cancellationToken)
    {
        var noted = PackEvents.Made(
            "evidence-pack-made", made, caller,
            ("connector", request.Connector.ToString()), ("framework", request.Framework), ("from", $"{request.From.UtcDateTime:O}"), ("to", $"{request.To.UtcDateTime:O}"));
        return _database.InTransactionAsync(transaction => _audit.AppendAsync(transaction, noted, cancellationToken), cancellationToken);
    }
}
