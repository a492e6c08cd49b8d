using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Watchbill.Contracts.Client;

/// <summary>The one way a request goes out and an answer comes in.</summary>
internal sealed class ApiTransport(HttpClient http)
{
    private const string Root = "api/v1/";

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => SendAsync<T>(new Outgoing(HttpMethod.Get, path), cancellationToken);

    public Task<T> GetAsync<T>(string path, object query, CancellationToken cancellationToken) =>
        SendAsync<T>(new Outgoing(HttpMethod.Get, path + QueryOf(query)), cancellationToken);

    /// <summary>A change. Its key makes it safe to send again when nobody knows whether it arrived.</summary>
    public Task<T> PostAsync<T>(string path, object? body, CancellationToken cancellationToken) =>
        SendAsync<T>(new Outgoing(HttpMethod.Post, path) { Body = body, Key = Guid.CreateVersion7().ToString() }, cancellationToken);

    public async Task<T> SendAsync<T>(Outgoing outgoing, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(outgoing, HttpCompletionOption.ResponseContentRead, cancellationToken);
        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return await ReadAsync(content, (JsonTypeInfo<T>)ContractsJson.Default.GetTypeInfo(typeof(T))!, cancellationToken);
    }

    public async Task SendAsync(Outgoing outgoing, CancellationToken cancellationToken) =>
        (await SendAsync(outgoing, HttpCompletionOption.ResponseContentRead, cancellationToken)).Dispose();

    /// <summary>A file that is not part of the API's JSON.</summary>
    /// <param name="path">Its address from the server's root, without a slash before it.</param>
    /// <param name="target">Where it is written; not closed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The headers of the answer.</returns>
    public async Task<HttpResponseHeaders> DownloadAsync(string path, Stream target, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentType?.MediaType is not "application/zip")
        {
            throw await ExplainAsync(answer, cancellationToken);
        }

        await answer.Content.CopyToAsync(target, cancellationToken);
        return answer.Headers;
    }

    /// <summary>The answer, once it is known not to be a refusal. Its caller disposes it.</summary>
    public async Task<HttpResponseMessage> SendAsync(Outgoing outgoing, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        var answer = await TwiceAsync(outgoing, completion, cancellationToken);
        if (answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType is "application/json" or "text/event-stream" || answer.StatusCode is HttpStatusCode.NoContent)
        {
            return answer;
        }

        using (answer)
        {
            throw await ExplainAsync(answer, cancellationToken);
        }
    }

    public static string QueryOf(object query)
    {
        var fields = JsonSerializer.SerializeToElement(query, query.GetType(), ContractsJson.Default).EnumerateObject()
            .Where(static field => field.Value.ValueKind is not JsonValueKind.Null)
            .Select(static field => $"{field.Name}={Uri.EscapeDataString(field.Value.ToString() is var text && field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? text.ToLowerInvariant() : text)}");
        return string.Join('&', fields) is { Length: > 0 } text ? "?" + text : "";
    }

    /// <summary>Reads go out again when the connection broke, and so do changes that carry a key.</summary>
    private async Task<HttpResponseMessage> TwiceAsync(Outgoing outgoing, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        try
        {
            using var first = MessageOf(outgoing);
            return await http.SendAsync(first, completion, cancellationToken);
        }
        catch (HttpRequestException exception) when (outgoing.MayBeSentAgain && exception.HttpRequestError is HttpRequestError.ResponseEnded)
        {
            using var second = MessageOf(outgoing);
            return await http.SendAsync(second, completion, cancellationToken);
        }
    }

    private static HttpRequestMessage MessageOf(Outgoing outgoing)
    {
        var message = new HttpRequestMessage(outgoing.Method, Root + outgoing.Path);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(outgoing.Accept));
        if (outgoing.Key is { } key)
        {
            message.Headers.Add("Idempotency-Key", key);
        }

        if (outgoing.Version is { } version)
        {
            message.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        }

        if (outgoing.Body is { } body)
        {
            message.Content = new StringContent(JsonSerializer.Serialize(body, body.GetType(), ContractsJson.Default), Encoding.UTF8, "application/json");
        }

        return message;
    }

    private static async Task<T> ReadAsync<T>(Stream content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(content, type, cancellationToken) ?? throw Strange(HttpStatusCode.OK);
        }
        catch (JsonException)
        {
            throw Strange(HttpStatusCode.OK);
        }
    }

    private static async Task<WatchbillApiException> ExplainAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not "application/problem+json")
        {
            return Strange(answer.StatusCode);
        }

        try
        {
            await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
            var problem = await JsonSerializer.DeserializeAsync(content, ContractsJson.Default.Problem, cancellationToken);
            return new WatchbillApiException(answer.StatusCode, problem?.Code ?? ProblemCodes.Unexpected, problem?.Title ?? "The server refused.", problem);
        }
        catch (JsonException)
        {
            return Strange(answer.StatusCode);
        }
    }

    private static WatchbillApiException Strange(HttpStatusCode status) => new(
        status, "not-watchbill", $"The answer (status {(int)status}) is not one of Watchbill's. Is this the server's address, and does a proxy or login page stand before it?");
}

/// <summary>A request to send.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the API's root, with its parameters.</param>
internal sealed record Outgoing(HttpMethod Method, string Path)
{
    public object? Body { get; init; }

    /// <summary>The idempotency key; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The version that is changed; null for none.</summary>
    public long? Version { get; init; }

    public string Accept { get; init; } = "application/json";

    public bool MayBeSentAgain => Key is not null || Method == HttpMethod.Get;
}
