using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts.Evidence;
using Watchbill.Integrity.Keys;
using Watchbill.Kernel;
using Watchbill.People;
using Contract = Watchbill.Contracts.Evidence;

namespace Watchbill.Integrity;

/// <summary>The evidence log over HTTP, as C2SP tlog-tiles lays it out.</summary>
internal static class LogEndpoints
{
    /// <summary>Where the log is for tools: their address of it.</summary>
    public const string Prefix = "/evidence-log";

    public static void Map(RouteGroupBuilder api)
    {
        var log = api.MapGroup("/evidence-log").WithTags("Evidence log").Needs(Right.ReadAudit);
        log.MapGet("", (ReadLog read, Caller caller, CancellationToken cancellationToken) => Answers.Ok(read.StandingAsync(caller, cancellationToken), static standing =>
                new Contract.EvidenceLog(standing.Origin, standing.Size, standing.SealedAt, standing.Checkpoint, standing.VerifierKey, standing.PublicKeyPem)))
            .WithName("getEvidenceLog").WithSummary("How the log stands, and the key that signs it now");
        log.MapPost("/verification", (NewLogVerification input, VerifyLog verify, Caller caller, CancellationToken cancellationToken) => Answers.Ok(verify.RunAsync(input.Checkpoint, caller, cancellationToken), static found =>
                new Contract.EvidenceLogVerification(found.Size, found.Root, found.Checkpoints, found.Unsealed, found.Findings, found.IsIntact)))
            .Idempotent().WithName("verifyEvidenceLog").WithSummary("Computes the whole log anew and compares it with what was signed, and with the audit events");
        log.MapGet("/proofs/{auditEvent:long}", (long auditEvent, ReadLog read, Caller caller, CancellationToken cancellationToken) => Answers.Ok(
                read.ProofAsync(auditEvent, caller, cancellationToken), static proof => new Contract.EvidenceLogProof(proof.Index, proof.Entry, proof.Proof, proof.Event)))
            .WithName("getLogProof").WithSummary("What shows that an audit event is in the log");
        log.MapGet("/consistency", ([AsParameters] ConsistencyQuery query, ReadLog read, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(read.ConsistencyAsync(query.From, query.To, caller, cancellationToken), static hashes => hashes))
            .WithName("getLogConsistency").WithSummary("What shows that the log of one size begins with the log of an earlier one");
        KeyEndpoints.Map(log);
    }

    /// <summary>Maps what tools for transparency logs read, at the addresses that they expect.</summary>
    public static void MapTiles(IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup(Prefix).RequireAuthorization().Needs(Right.ReadAudit).ExcludeFromDescription();
        log.MapGet("/checkpoint", async (ReadLog read, Caller caller, CancellationToken cancellationToken) =>
            Text((await read.StandingAsync(caller, cancellationToken)).Select(static standing => standing.Checkpoint ?? "")));
        log.MapGet("/tile/{level:int}/{**path}", TileAsync);
        log.MapGet("/tile/entries/{**path}", EntriesAsync);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> TileAsync(int level, string path, ReadLog read, Caller caller, CancellationToken cancellationToken) =>
        Place(path) is { } place ? Bytes(await read.TileAsync(level, place.Index, place.Width, caller, cancellationToken)) : Problems.Of(IntegrityRefusals.NoSuchTile());

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> EntriesAsync(string path, ReadLog read, Caller caller, CancellationToken cancellationToken) =>
        Place(path) is { } place ? Bytes(await read.EntriesAsync(place.Index, place.Width, caller, cancellationToken)) : Problems.Of(IntegrityRefusals.NoSuchTile());

    private static Results<FileContentHttpResult, ProblemHttpResult> Bytes(Result<byte[]> bytes) =>
        bytes.Succeeded ? TypedResults.File(bytes.Value, "application/octet-stream") : Problems.Of(bytes.Refusal!);

    private static Results<ContentHttpResult, ProblemHttpResult> Text(Result<string> text) => text.Succeeded ? TypedResults.Text(text.Value, "text/plain; charset=utf-8") : Problems.Of(text.Refusal!);

    /// <summary>The index is written in groups of three digits, all but the last behind an x; a part of a tile ends in .p and its width.</summary>
    private static (long Index, int Width)? Place(string path)
    {
        var parts = path.Split('/');
        var width = ReadLog.TileWidth;
        if (parts is [.., var last, var count] && last.EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out width))
            {
                return null;
            }

            parts = [.. parts[..^2], last[..^2]];
        }

        var index = 0L;
        for (var position = 0; position < parts.Length; position++)
        {
            var isLast = position == parts.Length - 1;
            var digits = isLast ? parts[position] : parts[position].StartsWith('x') ? parts[position][1..] : "";
            if (parts.Length > 6 || digits.Length != 3 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var group))
            {
                return null;
            }

            index = (index * 1000) + group;
        }

        return (index, width);
    }
}
