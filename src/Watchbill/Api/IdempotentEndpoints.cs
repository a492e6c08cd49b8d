using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Watchbill.Contracts;

namespace Watchbill.Api;

/// <summary>
/// Lets clients send a change again when they do not know whether it arrived: with the header <c>Idempotency-Key</c> it is carried out once, and the
/// same answer is given each time.
/// </summary>
internal static class IdempotentEndpoints
{
    public const string Header = "Idempotency-Key";

    /// <summary>Said again, not done again.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const int LongestKey = 100;

    /// <summary>Honours the header at this endpoint.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter(static async (context, next) => await AnswerAsync(context, next)).WithMetadata(IdempotentMetadata.Instance);

    private static async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0)
        {
            return await next(context);
        }

        if (key.Length > LongestKey || !key.All(static letter => char.IsAsciiLetterOrDigit(letter) || "-_.:".Contains(letter)))
        {
            return Problems.Of(
                StatusCodes.Status422UnprocessableEntity, ProblemCodes.BadIdempotencyKey, $"An idempotency key has at most {LongestKey} letters, digits and -_.: (a UUID, for example).");
        }

        var keys = http.RequestServices.GetRequiredService<IdempotencyKeys>();
        var caller = http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        var claim = await keys.ClaimAsync(caller, key, DigestOf(context), http.RequestAborted);
        if (!claim.Succeeded)
        {
            return Problems.Of(claim.Refusal!);
        }

        if (claim.Value.Answer is { } before)
        {
            http.Response.Headers[ReplayedHeader] = "true";
            return new StoredResult(before);
        }

        var answer = await CaptureAsync(http, await next(context));

        // What was done is written down even when whoever asked has gone.
        await (MayBeTriedAgain(answer.Status) ? keys.ReleaseAsync(claim.Value, CancellationToken.None) : keys.AnswerAsync(claim.Value, answer, CancellationToken.None));
        return new StoredResult(answer);
    }

    /// <summary>Refusals that another try may change, and that did nothing.</summary>
    private static bool MayBeTriedAgain(int status) => status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;

    private static async Task<StoredAnswer> CaptureAsync(HttpContext http, object? result)
    {
        var (body, response) = (http.Response.Body, http.Response);
        using var captured = new MemoryStream();
        response.Body = captured;
        try
        {
            await ((IResult)result!).ExecuteAsync(http);
            await response.BodyWriter.FlushAsync(CancellationToken.None);
        }
        finally
        {
            response.Body = body;
        }

        return new StoredAnswer(response.StatusCode, response.ContentType, NullIfEmpty(response.Headers.Location), NullIfEmpty(response.Headers.ETag), captured.ToArray());
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Method, address, parameters and body: whoever uses a key again means the same by it.</summary>
    private static string DigestOf(EndpointFilterInvocationContext context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var request = context.HttpContext.Request;
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString} {request.Headers.IfMatch}\n"));
        foreach (var argument in ContractArguments.Of(context))
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(argument, argument.GetType(), ContractsJson.Default));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class StoredResult(StoredAnswer answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            (response.StatusCode, response.ContentType) = (answer.Status, answer.ContentType);
            Set(response, "Location", answer.Location);
            Set(response, "ETag", answer.EntityTag);
            if (answer.Body.Length > 0)
            {
                response.ContentLength = answer.Body.Length;
                await response.Body.WriteAsync(answer.Body, httpContext.RequestAborted);
            }
        }

        private static void Set(HttpResponse response, string header, string? value)
        {
            if (value is not null)
            {
                response.Headers[header] = value;
            }
        }
    }
}
