using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Watchbill.Sentry.Simulator.Tests;

/// <summary>A plain HTTP client with one token: no client library stands between a test and what the simulator sends.</summary>
internal sealed class Caller : IDisposable
{
    private readonly HttpClient http;

    public Caller(Uri baseAddress, string? token = null, string scheme = "Bearer")
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = baseAddress };
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue(scheme, token);
    }

    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Reply> Post(string path, string? json = null) => Send(HttpMethod.Post, path, json);

    public Task<Reply> Put(string path, string json) => Send(HttpMethod.Put, path, json);

    public Task<Reply> Patch(string path, string json) => Send(HttpMethod.Patch, path, json);

    public Task<Reply> Delete(string path) => Send(HttpMethod.Delete, path);

    public void Dispose() => http.Dispose();

    public async Task<Reply> Send(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/'));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.Of(response);
    }

    /// <summary>Reads all pages of an offset list.</summary>
    public async Task<List<JsonElement>> ReadAll(string path, int perPage = 100)
    {
        List<JsonElement> rows = [];
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (var page = 0; ; page++)
        {
            var reply = await Get($"{path}{separator}per_page={perPage}&cursor={perPage}:{page}:0");
            Assert.Equal(HttpStatusCode.OK, reply.Status);
            rows.AddRange(reply.Json.EnumerateArray());
            if (reply.Next is not { Results: true })
            {
                return rows;
            }
        }
    }
}

/// <summary>An answer, read completely.</summary>
internal sealed record Reply(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public string Link => Headers.GetValueOrDefault("Link", "");

    public (bool Results, string Cursor) Previous => Relation("previous");

    public (bool Results, string Cursor) Next => Relation("next");

    public static async Task<Reply> Of(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(pair => pair.Key, pair => string.Join(", ", pair.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), headers);
    }

    public JsonElement this[string name] => Json.GetProperty(name);

    public void Is(HttpStatusCode status, string body)
    {
        Assert.Equal(body, Body);
        Assert.Equal(status, Status);
    }

    private (bool Results, string Cursor) Relation(string name)
    {
        var part = Link.Split(", ").Single(part => part.Contains($"rel=\"{name}\"", StringComparison.Ordinal));
        return (part.Contains("results=\"true\"", StringComparison.Ordinal), part.Split("cursor=\"")[1].TrimEnd('"'));
    }
}
