using System.Net;

namespace Watchbill.Sentry.Transport;

/// <summary>A success.</summary>
/// <param name="Body">Null when there is none: 204, or a change that Sentry answers with nothing.</param>
/// <param name="Status">The status, 200 to 299.</param>
/// <param name="Next">How the listing goes on, if this is a page of one.</param>
/// <param name="Cursor">Where it goes on; null unless <paramref name="Next"/> is <see cref="NextPage.More"/>.</param>
internal sealed record SentryAnswer<T>(T? Body, HttpStatusCode Status, NextPage Next, string? Cursor) where T : class
{
    /// <summary>How long Sentry says the whole listing is; null when it does not.</summary>
    public SentryCount? Whole { get; init; }
}
