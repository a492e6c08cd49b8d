using Watchbill.Storage;

namespace Watchbill.Server;

/// <summary>What a server is started with.</summary>
public sealed record ServerOptions
{
    /// <summary>The database; the server brings its schema up to date.</summary>
    public required DatabaseAddress Database { get; init; }

    /// <summary>The folder of the keys that encrypt stored secrets.</summary>
    public required string KeyFolder { get; init; }

    /// <summary>Where to listen, for example <c>http://127.0.0.1:8484</c>; port 0 takes a free one.</summary>
    public required Uri Listen { get; init; }

    /// <summary>Under which address people reach it, for links in mails and on screen; null when it is where it listens.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>So many organizations are read side by side by this server. <value>Default 4.</value></summary>
    public int ParallelSyncs { get; init; } = 4;

    /// <summary>Whether this server reads organizations: follows schedules and does what was asked for. <value>Default yes.</value></summary>
    public bool Syncs { get; init; } = true;

    /// <summary>Whether a server that reads organizations also collects evidence from them. <value>Default yes.</value></summary>
    public bool Collects { get; init; } = true;

    /// <summary>Work in the background begins so long after the start. <value>Default 2 seconds.</value></summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// For so long a server that was told to end says that it is about to and goes on answering, so that a balancer sends nobody here any more. Setting
    /// <c>DRAIN_SECONDS</c>, 0 to 300. <value>Default none.</value>
    /// </summary>
    public TimeSpan Drain { get; init; }

    /// <summary>Settings by name, as in the environment or a file; see the reference of options.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether log lines go to the console.</summary>
    public bool LogToConsole { get; init; } = true;
}
