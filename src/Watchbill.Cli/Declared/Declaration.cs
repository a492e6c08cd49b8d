using System.ComponentModel;

namespace Watchbill.Cli.Declared;

/// <summary>What a file says Watchbill shall be: sources with the parameters of their checks, channels, request policies, reviews, frameworks, exceptions. What it does not name is left as it is.</summary>
internal sealed record Declaration
{
    /// <summary>The version of this format that is known.</summary>
    public const int Known = 1;

    /// <summary>The version of this format.</summary>
    [Description("The version of this format: 1.")]
    public int Watchbill { get; init; }

    /// <summary>The sources.</summary>
    [Description("Sentry organizations that are read; told apart by name.")]
    public List<DeclaredSource> Sources { get; init; } = [];

    /// <summary>The channels.</summary>
    [Description("Places that announcements go to; told apart by name.")]
    public List<DeclaredChannel> Channels { get; init; } = [];

    /// <summary>The policies, as their own export writes them.</summary>
    [Description("Who may ask for what and who decides, as `watchbill request policies export` writes it.")]
    public List<object> Policies { get; init; } = [];

    /// <summary>The access reviews.</summary>
    [Description("Plans of access reviews, once or repeated; told apart by name.")]
    public List<DeclaredReview> Reviews { get; init; } = [];

    /// <summary>The frameworks of one's own.</summary>
    [Description("Frameworks of your own; told apart by id.")]
    public List<DeclaredFramework> Frameworks { get; init; } = [];

    /// <summary>The frameworks that are followed.</summary>
    [Description("The ids of the frameworks that your organization is held against; left as it is when left out.")]
    public List<string> FollowedFrameworks { get; init; } = [];

    /// <summary>The exceptions.</summary>
    [Description("Failures of checks that are to be accepted for a time. They are asked for; somebody else approves them.")]
    public List<DeclaredException> Exceptions { get; init; } = [];
}

/// <summary>A source.</summary>
internal sealed record DeclaredSource
{
    [Description("What people call it; unique.")]
    public string Name { get; init; } = "";

    [Description("The application it stands for.")]
    public string? Application { get; init; }

    [Description("Where Sentry is: sentry.io, us.sentry.io, de.sentry.io, or the address of a self-hosted one.")]
    public string Address { get; init; } = "";

    [Description("The organization's slug.")]
    public string Organization { get; init; } = "";

    [Description("The addresses of the accounts that look after it.")]
    public List<string> Owners { get; init; } = [];

    [Description("When it is read: manual, live, hourly, every-6-hours, daily-at-H or cron:EXPRESSION, in UTC; every-6-hours when left out.")]
    public string? Schedule { get; init; }

    [Description("The share of Sentry's rate limit that it may use, 0.05 to 1; 0.7 when left out.")]
    public double? BudgetShare { get; init; }

    [Description("Whether addresses in private networks are allowed.")]
    public bool AllowPrivateNetworks { get; init; }

    [Description("Where the token is. Left out: a new source waits for it, and that of one that is there stays.")]
    public SecretPlace? Token { get; init; }

    [Description("Parameters of checks that are not as they come: by check, then by parameter.")]
    public Dictionary<string, Dictionary<string, string>> Checks { get; init; } = [];
}

/// <summary>A channel.</summary>
internal sealed record DeclaredChannel
{
    [Description("Its name; unique.")]
    public string Name { get; init; } = "";

    [Description("slack, teams or webhook.")]
    public string Kind { get; init; } = "";

    [Description("Where its address is: whoever knows it can post there, so it is no part of this file.")]
    public SecretPlace? Address { get; init; }

    [Description("The kinds of announcements it gets; all when left out.")]
    public List<string> About { get; init; } = [];

    [Description("The name of the source that it is told about; all when left out.")]
    public string? Source { get; init; }

    [Description("Whether it may lead into a private network, and may go without TLS.")]
    public bool AllowPrivateNetworks { get; init; }

    [Description("Whether anything is sent; yes when left out.")]
    public bool On { get; init; } = true;
}

/// <summary>Where a secret is: never in the file itself.</summary>
internal sealed record SecretPlace
{
    [Description("The environment variable that holds it.")]
    public string? Env { get; init; }

    [Description("The file that holds nothing but it.")]
    public string? File { get; init; }
}
