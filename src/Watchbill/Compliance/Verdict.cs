namespace Watchbill.Compliance;

/// <summary>What a verdict is about. Names are kept in the database: add, never rename.</summary>
public enum ResourceKind
{
    /// <summary>The organization itself.</summary>
    Organization,

    /// <summary>A member or an invitation.</summary>
    Member,

    /// <summary>A team.</summary>
    Team,

    /// <summary>A project.</summary>
    Project,

    /// <summary>A client key of a project.</summary>
    ClientKey,

    /// <summary>An organization token.</summary>
    OrganizationToken,

    /// <summary>An internal integration or a public app.</summary>
    App,

    /// <summary>A connection to another product.</summary>
    Integration,

    /// <summary>A way on which data leaves.</summary>
    Forwarder,

    /// <summary>A relay.</summary>
    Relay,

    /// <summary>A webhook of a project.</summary>
    ServiceHook,

    /// <summary>Something that looks for trouble.</summary>
    Detector,

    /// <summary>Who is told of it.</summary>
    Workflow,

    /// <summary>A monitor of a scheduled job.</summary>
    Monitor,

    /// <summary>An issue.</summary>
    Issue,

    /// <summary>A release.</summary>
    Release,

    /// <summary>A line of Sentry's audit log.</summary>
    LogEntry,

    /// <summary>Something that Watchbill reads.</summary>
    Reading,
}

/// <summary>One thing that a check looks at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Its key, unique within its kind: Sentry's id of it.</param>
/// <param name="Name">What people call it.</param>
public readonly record struct CheckResource(ResourceKind Kind, string Key, string Name);

/// <summary>What a check says of one resource.</summary>
/// <param name="Resource">Of what.</param>
/// <param name="Outcome">What.</param>
/// <param name="Reason">Why, in one sentence; null when a pass says it all.</param>
internal readonly record struct Verdict(CheckResource Resource, CheckOutcome Outcome, string? Reason)
{
    public static Verdict Pass(CheckResource resource, string? note = null) => new(resource, CheckOutcome.Pass, note);

    public static Verdict Fail(CheckResource resource, string reason) => new(resource, CheckOutcome.Fail, reason);

    public static Verdict NotEvaluated(CheckResource resource, string reason) => new(resource, CheckOutcome.NotEvaluated, reason);

    public static Verdict NotApplicable(CheckResource resource, string reason) => new(resource, CheckOutcome.NotApplicable, reason);

    /// <summary>Passes or fails by what Sentry told; where it told nothing, nothing is evaluated.</summary>
    /// <param name="resource">Of what.</param>
    /// <param name="good">Whether it is as it should be; null when Sentry did not tell.</param>
    /// <param name="field">The field that tells.</param>
    /// <param name="otherwise">Why it fails.</param>
    public static Verdict Expect(CheckResource resource, bool? good, string field, string otherwise) => good switch
    {
        true => Pass(resource),
        false => Fail(resource, otherwise),
        null => Untold(resource, field),
    };

    /// <summary>Sentry did not tell a field: an older server, a smaller plan, or a token that may not see it.</summary>
    public static Verdict Untold(CheckResource resource, string field) => NotEvaluated(resource, $"Sentry did not tell {field}.");

    /// <summary>A parameter without which there is nothing to compare with.</summary>
    public static Verdict Unset(CheckResource resource, CheckParameter parameter) => NotEvaluated(resource, $"The parameter {parameter.Name} is not set for this source.");
}
