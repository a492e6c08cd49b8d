using System.Net;
using Watchbill.Kernel;

namespace Watchbill.Server.Operations;

/// <summary>Who hears what the server measures of itself. Without a setting nobody does, and nothing is measured.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>Where Prometheus fetches metrics, on an address of its own, so that no proxy leads there; null for nowhere. Setting <c>METRICS_LISTEN</c>, for example <c>http://0.0.0.0:9464</c>.</summary>
    public Uri? Metrics { get; private init; }

    /// <summary>The OpenTelemetry collector that traces, metrics and logs are sent to; null for none. Setting <c>OTLP_ENDPOINT</c>.</summary>
    public Uri? Collector { get; private init; }

    /// <summary>Whether the collector is spoken to over HTTP instead of gRPC. Setting <c>OTLP_PROTOCOL</c>, <c>grpc</c> or <c>http</c>; <value>grpc</value>.</summary>
    public bool OverHttp { get; private init; }

    /// <summary>Headers for the collector, <c>name=value</c> with commas between; they may hold a secret. Setting <c>OTLP_HEADERS</c>.</summary>
    public string? Headers { get; private init; }

    /// <summary>Whether the log is written as JSON, a line an event. Setting <c>LOG_FORMAT</c>, <c>text</c> or <c>json</c>; <value>text</value>.</summary>
    public bool LogsJson { get; private init; }

    /// <summary>Whether anybody hears metrics.</summary>
    public bool Measures => Metrics is not null || Collector is not null;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="ServerSettingsException">Some are wrong; the message names each, and no secret.</exception>
    public static TelemetryOptions Read(IReadOnlyDictionary<string, string?> settings)
    {
        List<string> problems = [];
        var options = new TelemetryOptions
        {
            Metrics = Address("METRICS_LISTEN", static address => address.Scheme == "http" && address.PathAndQuery == "/" && (address.Host == "localhost" || IPAddress.TryParse(address.Host.Trim('[', ']'), out _)), "is an http address of this machine with a port of its own, for example http://0.0.0.0:9464."),
            Collector = Address("OTLP_ENDPOINT", static address => address.Scheme is "http" or "https", "is the http or https address of an OpenTelemetry collector, for example http://collector.example.com:4317."),
            OverHttp = Choice("OTLP_PROTOCOL", "http", "grpc"),
            Headers = settings.Text("OTLP_HEADERS"),
            LogsJson = Choice("LOG_FORMAT", "json", "text"),
        };
        return problems.Count == 0 ? options : throw new ServerSettingsException($"The settings of observability are wrong. {string.Join(' ', problems)}");

        Uri? Address(string name, Func<Uri, bool> fits, string what)
        {
            if (settings.Text(name) is not { } text)
            {
                return null;
            }

            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo == "" && fits(address))
            {
                return address;
            }

            problems.Add($"{name} {what}");
            return null;
        }

        bool Choice(string name, string yes, string no)
        {
            var text = settings.Text(name)?.ToLowerInvariant();
            if (text is not null && text != yes && text != no)
            {
                problems.Add($"{name} is {no} or {yes}.");
            }

            return text == yes;
        }
    }

    /// <summary>Without headers, which may hold a secret.</summary>
    public override string ToString() => $"metrics at {Metrics}, collector {Collector}";
}
