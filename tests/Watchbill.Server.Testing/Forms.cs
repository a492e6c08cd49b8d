using AngleSharp;
using AngleSharp.Dom;

namespace Watchbill.Server.Testing;

/// <summary>Sends a page's form as a browser would, without one.</summary>
public static class Forms
{
    /// <summary>Loads the page, takes its antiforgery proof, and posts these fields. A repeated field is written as <c>name#2</c>.</summary>
    /// <param name="client">Keeps cookies.</param>
    /// <param name="address">The page.</param>
    /// <param name="handler">The form's name.</param>
    /// <param name="fields">What was typed.</param>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string address, string handler, IReadOnlyDictionary<string, string> fields)
    {
        using var shown = await client.GetAsync(address);
        var page = await ReadAsync(shown);
        var proof = page.QuerySelector("form[method=post] input[name=__RequestVerificationToken]")?.GetAttribute("value")
            ?? throw new InvalidOperationException($"{address} ({shown.StatusCode}) has no form.");
        var body = fields.Select(static field => KeyValuePair.Create(field.Key.Split('#')[0], field.Value))
            .Append(KeyValuePair.Create("__RequestVerificationToken", proof)).Append(KeyValuePair.Create("_handler", handler));
        using var content = new FormUrlEncodedContent(body);
        return await client.PostAsync(address, content);
    }

    /// <summary>Posts these fields to another address than the page's, with the page's antiforgery proof.</summary>
    public static async Task<HttpResponseMessage> PostToAsync(HttpClient client, string page, string address, IReadOnlyDictionary<string, string> fields)
    {
        using var shown = await client.GetAsync(page);
        var proof = (await ReadAsync(shown)).QuerySelector("form[method=post] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent(fields.Append(KeyValuePair.Create("__RequestVerificationToken", proof)));
        return await client.PostAsync(address, content);
    }

    /// <summary>The page that an answer is.</summary>
    public static async Task<IDocument> ReadAsync(HttpResponseMessage answer)
    {
        var context = BrowsingContext.New(Configuration.Default);
        return await context.OpenAsync(async request => request.Content(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>The page that a redirect leads to.</summary>
    public static async Task<IDocument> FollowAsync(HttpClient client, HttpResponseMessage answer)
    {
        using var next = await client.GetAsync(answer.Headers.Location ?? throw new InvalidOperationException($"{answer.StatusCode} leads nowhere: {await answer.Content.ReadAsStringAsync()}"));
        return await ReadAsync(next);
    }
}
