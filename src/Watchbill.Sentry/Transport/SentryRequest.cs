using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Watchbill.Sentry.Transport;

/// <summary>Which part of sentry.io serves a request. On a self-hosted installation all are the same host.</summary>
internal enum Silo
{
    /// <summary>The organization's region, once it is known.</summary>
    Cell,

    /// <summary>The base host.</summary>
    Control,

    /// <summary>Not documented: the base host first, then the region.</summary>
    ControlOrCell,
}

/// <summary>One request, not yet bound to a host. Method, path and query are all that callers choose; the rest belongs to the sender.</summary>
internal sealed record SentryRequest
{
    private const int PageSize = 100;

    /// <summary>Query values that may be shown in logs; others can name people.</summary>
    private static readonly HashSet<string> Shown = ["cursor", "per_page", "startIndex", "count", "detailed", "all_projects"];

    private SentryRequest(Silo silo, string? org, string path) => (Silo, Org, Path) = (silo, org, path);

    public Silo Silo { get; }

    /// <summary>The organization the request is about; null when it is about none.</summary>
    public string? Org { get; }

    /// <summary>Below <c>/api/0/</c>, already escaped.</summary>
    public string Path { get; }

    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>What is sent, as JSON; null for nothing.</summary>
    public ReadOnlyMemory<byte>? Body { get; private init; }

    public bool IsRead => Method == HttpMethod.Get;

    private IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    public static SentryRequest ToCell(string org, string path) => new(Silo.Cell, org, InOrganization(org, path));

    public static SentryRequest ToCellPath(string org, string path) => new(Silo.Cell, org, path);

    public static SentryRequest ToControl(string org, string path) => new(Silo.Control, org, InOrganization(org, path));

    public static SentryRequest ToControl(string path) => new(Silo.Control, null, path);

    public static SentryRequest ToControlOrCell(string org, string path) => new(Silo.ControlOrCell, org, InOrganization(org, path));

    /// <summary>A slug or id as one path segment.</summary>
    /// <exception cref="ArgumentException">It is blank, or dots that would climb out of the path.</exception>
    public static string Segment(string slugOrId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(slugOrId);
        return slugOrId is "." or ".."
            ? throw new ArgumentException("Dots are no slug.", nameof(slugOrId))
            : Uri.EscapeDataString(slugOrId);
    }

    /// <summary>Adds a query value; null adds nothing.</summary>
    public SentryRequest With(string name, string? value) => value is null ? this : this with { Query = [.. Query, new(name, value)] };

    /// <summary>Limits to a time; Sentry needs both ends or neither.</summary>
    /// <exception cref="ArgumentException">Only one of them is set.</exception>
    public SentryRequest Between(DateTimeOffset? start, DateTimeOffset? end) => start is null == end is null
        ? With("start", Iso(start)).With("end", Iso(end))
        : throw new ArgumentException("Sentry needs both the start and the end of the time.", nameof(end));

    /// <summary>The same address, to change something.</summary>
    public SentryRequest As(HttpMethod method) => this with { Method = method };

    /// <summary>The same address, to change something to what is sent.</summary>
    public SentryRequest As<T>(HttpMethod method, T body, JsonTypeInfo<T> type) => this with { Method = method, Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };

    public SentryRequest Paged() => With("per_page", PageSize.ToString());

    /// <summary>What is asked for, without the names of whom: requests of the same kind take about as long.</summary>
    public string Kind
    {
        get
        {
            var parts = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var what = parts.FirstOrDefault() == "organizations" ? 2 : 3;
            return $"{(IsRead ? "" : Method.Method)} {parts.FirstOrDefault()}/{parts.ElementAtOrDefault(what)}/{parts.Length}";
        }
    }

    public Uri On(Uri host) => new($"{host.AbsoluteUri}api/0/{Path}{Join(Query)}");

    /// <summary>Method and path for logs and errors.</summary>
    public string Shape => $"/api/0/{Path}{Join(Query.Where(pair => Shown.Contains(pair.Key)))}";

    private static string? Iso(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");

    private static string InOrganization(string org, string path) => $"organizations/{Segment(org)}/{path}";

    private static string Join(IEnumerable<KeyValuePair<string, string>> query)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in query)
        {
            text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
        return text.ToString();
    }
}
