using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts.Evidence;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Evidence;

namespace Watchbill.Integrity.Keys;

/// <summary>The keys that sign, over HTTP.</summary>
internal static class KeyEndpoints
{
    public static void Map(RouteGroupBuilder log)
    {
        log.MapGet("/keys", (EvidenceKeys keys, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                keys.ListAsync(caller, cancellationToken), static all => (IReadOnlyList<Contract.EvidenceKey>)[.. all.Select(Of)]))
            .WithName("listEvidenceKeys").WithSummary("The public keys that sign the log, statements and packs, with how each was endorsed by the one before it");
        log.MapPost("/keys/{use}/replacement", (string use, KeyReplacement input, EvidenceKeys keys, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                ReplaceAsync(use, input, keys, caller, cancellationToken), Of))
            .Needs(Right.ReplaceKeys).Idempotent().WithName("replaceEvidenceKey").WithSummary("Makes a new key, has the current one endorse it, and signs with it from now on");
    }

    private static Task<Result<EvidenceKey>> ReplaceAsync(string use, KeyReplacement input, EvidenceKeys keys, Caller caller, CancellationToken cancellationToken) =>
        KeyEndorsement.UseOf(use) is { } known ? keys.ReplaceAsync(known, input.Replaces, input.Reason, caller, cancellationToken) : Task.FromResult<Result<EvidenceKey>>(IntegrityRefusals.NoSuchUse());

    private static Contract.EvidenceKey Of(EvidenceKey key) => new()
    {
        Use = KeyEndorsement.WordOf(key.Use),
        Generation = key.Generation,
        Fingerprint = key.Fingerprint,
        PublicKeyPem = key.Pem,
        VerifierKey = key.VerifierKey,
        Since = key.Since,
        FromSize = key.FromSize,
        IsCurrent = key.IsCurrent,
        Endorsement = key.Endorsement,
    };
}
