using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Watchbill.Kernel;

namespace Watchbill.People.Identities.Scim;

/// <summary>A request of an identity provider about people or about groups.</summary>
/// <typeparam name="T">What it is about.</typeparam>
internal abstract record ScimAskEndpoints<T>(HttpContext Http, PublicAddress Address)
{
    public CancellationToken Stop => Http.RequestAborted;

    /// <summary>Who pushes, as the filter of all addresses found out.</summary>
    public DirectoryPusher Pusher => Http.Features.GetRequiredFeature<DirectoryPusher>();

    /// <summary>The folder that they lie in.</summary>
    protected abstract string Folder { get; }

    public async Task<IResult> ListAsync()
    {
        var query = Http.Request.Query;
        if (Number(query["startIndex"], 1) is not { } start || Number(query["count"], ScimUsers.MostInPage) is not { } count)
        {
            return ScimEndpoints.Of(ScimRefusals.BadValue("startIndex or count", "is not a whole number"));
        }

        var page = await FindAsync(query["filter"], (start, count));
        return ScimEndpoints.Answer(page.Select(found => ScimEndpoints.List([.. found.Items.Select(one => Write(one, Location(one)))], found.Total, found.Start)));
    }

    public async Task<IResult> OneAsync(Task<Result<T>> ask) => Show(await ask, StatusCodes.Status200OK);

    public async Task<IResult> ChangeAsync(Func<JsonObject, Task<Result<T>>> change, int status) =>
        await SentAsync() is { } sent
            ? Show(await change(sent), status)
            : ScimEndpoints.Error(StatusCodes.Status400BadRequest, "The body is not a JSON object.", "invalidSyntax");

    /// <summary>Those that fit a filter.</summary>
    protected abstract Task<Result<ScimPage<T>>> FindAsync(string? filter, (int Start, int Count) part);

    /// <summary>What SCIM knows one by.</summary>
    protected abstract string KeyOf(T one);

    /// <summary>One as SCIM writes it.</summary>
    protected abstract JsonObject Write(T one, string location);

    private IResult Show(Result<T> one, int status)
    {
        if (!one.Succeeded)
        {
            return ScimEndpoints.Of(one.Refusal!);
        }

        if (status == StatusCodes.Status201Created)
        {
            Http.Response.Headers.Location = Location(one.Value);
        }

        return ScimEndpoints.Answer(status, Write(one.Value, Location(one.Value)));
    }

    private string Location(T one) => Address.Of($"{ScimEndpoints.Prefix}/{Folder}/{KeyOf(one)}").AbsoluteUri;

    /// <summary>A name that is there twice would mean one thing to one reader and another to the next.</summary>
    private async Task<JsonObject?> SentAsync()
    {
        try
        {
            return await JsonNode.ParseAsync(Http.Request.Body, documentOptions: new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }, cancellationToken: Stop) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int? Number(string? text, int otherwise) =>
        string.IsNullOrEmpty(text) ? otherwise : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
