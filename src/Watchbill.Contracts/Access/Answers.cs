namespace Watchbill.Contracts.Access;

/// <summary>An answer that was made out of what syncs read, and what it rests on.</summary>
/// <param name="Freshness">What it rests on.</param>
/// <param name="Value">The answer.</param>
public sealed record AccessAnswer<T>(Freshness Freshness, T Value);

/// <summary>Something a reader must know to take an answer for what it is.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Sentence">In words.</param>
public sealed record Note(string Code, string Sentence);

/// <summary>How an organization stands.</summary>
public sealed record Overview
{
    /// <summary>Its slug; null when its settings were never read.</summary>
    public string? Slug { get; init; }

    /// <summary>What people call it; null when its settings were never read.</summary>
    public string? Name { get; init; }

    /// <summary>Every member reaches every project; null when Sentry does not tell.</summary>
    public bool? OpenMembership { get; init; }

    /// <summary>A second factor is required; null when Sentry does not tell.</summary>
    public bool? RequireTwoFactor { get; init; }

    /// <summary>Single sign-on is required; null when Sentry does not tell.</summary>
    public bool? RequireSso { get; init; }

    /// <summary>Members and invitations.</summary>
    public int Members { get; init; }

    /// <summary>Members that reach a project now.</summary>
    public int ReachingMembers { get; init; }

    /// <summary>Teams.</summary>
    public int Teams { get; init; }

    /// <summary>Projects.</summary>
    public int Projects { get; init; }

    /// <summary>Principals that are no persons.</summary>
    public int NonHumans { get; init; }

    /// <summary>Pairs of a member and a project that are granted.</summary>
    public long HeldPairs { get; init; }

    /// <summary>Pairs of a member and a project that Sentry allows now.</summary>
    public long ReachablePairs { get; init; }

    /// <summary>What is most striking, the gravest first.</summary>
    public IReadOnlyList<StrikingFact> Facts { get; init; } = [];
}

/// <summary>One reason why a principal reaches, or could reach, a project.</summary>
public sealed record AccessPath
{
    /// <summary>org-role, team-membership, open-membership, perhaps-open-membership, joinable-team, app, organization-token or client-key.</summary>
    public required string Kind { get; init; }

    /// <summary>In words, for example <c>via team payments (contributor)</c>.</summary>
    public required string Sentence { get; init; }

    /// <summary>What sort of access it is: held, reachable, self-joinable or unknown.</summary>
    public required string Layer { get; init; }

    /// <summary>The organization role, where it is the reason.</summary>
    public string? OrgRole { get; init; }

    /// <summary>The team, where one is the reason.</summary>
    public TeamName? Team { get; init; }

    /// <summary>The team role in effect there, or the one that joining would give.</summary>
    public string? TeamRole { get; init; }

    /// <summary>What this way alone allows there; null when Sentry does not tell.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}

/// <summary>Why access that leads somewhere does not work now.</summary>
/// <param name="Kind">Stable, kebab-case.</param>
/// <param name="Sentence">In words.</param>
/// <param name="Stops">everything, or web-sessions: API tokens go on working.</param>
public sealed record Obstacle(string Kind, string Sentence, string Stops);

/// <summary>One member and one project.</summary>
public sealed record Pair
{
    /// <summary>The member.</summary>
    public required MemberName Member { get; init; }

    /// <summary>The project.</summary>
    public required ProjectName Project { get; init; }

    /// <summary>How far the member gets: now, tokens-only, stopped, unknown, could-join or no.</summary>
    public required string Reach { get; init; }

    /// <summary>Granted, whether or not it works now.</summary>
    public bool Held { get; init; }

    /// <summary>They could take it, or keep it after a removal, without anyone's leave.</summary>
    public bool SelfJoinable { get; init; }

    /// <summary>Every way that leads there, also those that an obstacle closes.</summary>
    public IReadOnlyList<AccessPath> Paths { get; init; } = [];

    /// <summary>What stands in the way.</summary>
    public IReadOnlyList<Obstacle> Obstacles { get; init; } = [];

    /// <summary>What the member may do there, or could while an obstacle stops them.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];
}

/// <summary>A place in a team.</summary>
/// <param name="Team">The team.</param>
/// <param name="Role">The team role in effect.</param>
/// <param name="StoredRole">The team role that is stored; null when none is.</param>
/// <param name="Counts">Whether the place gives anything.</param>
public sealed record Membership(TeamName Team, string Role, string? StoredRole, bool Counts);

/// <summary>A member with their role, teams and what stops them. Their projects are a list of its own.</summary>
public sealed record MemberDetail
{
    /// <summary>The member.</summary>
    public required MemberRow Member { get; init; }

    /// <summary>What the organization role allows.</summary>
    public IReadOnlyList<string> RoleScopes { get; init; } = [];

    /// <summary>Their places in teams, by slug.</summary>
    public IReadOnlyList<Membership> Teams { get; init; } = [];

    /// <summary>What stops them, whatever the project.</summary>
    public IReadOnlyList<Obstacle> Obstacles { get; init; } = [];

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];
}

/// <summary>What was ever known of a member, oldest first.</summary>
/// <param name="Periods">The member's own periods.</param>
/// <param name="Teams">Its places in teams.</param>
public sealed record MemberHistory(IReadOnlyList<MemberPeriod> Periods, IReadOnlyList<TeamPeriod> Teams);

/// <summary>A time in which nothing about a member changed.</summary>
/// <param name="From">When it began, as observed.</param>
/// <param name="To">When it ended; null while it lasts.</param>
/// <param name="Email">The address.</param>
/// <param name="Name">The name.</param>
/// <param name="OrgRole">The organization role.</param>
/// <param name="Pending">An invitation that was not accepted yet.</param>
/// <param name="HasTwoFactor">Whether they used a second factor; null when Sentry did not tell.</param>
public sealed record MemberPeriod(DateTimeOffset From, DateTimeOffset? To, string Email, string Name, string OrgRole, bool Pending, bool? HasTwoFactor);

/// <summary>A time in which a member was on a team in one role.</summary>
/// <param name="From">When it began, as observed.</param>
/// <param name="To">When it ended; null while it lasts.</param>
/// <param name="TeamId">The team.</param>
/// <param name="TeamRole">The team role that was stored; null when none was.</param>
public sealed record TeamPeriod(DateTimeOffset From, DateTimeOffset? To, string TeamId, string? TeamRole);

/// <summary>A team's member.</summary>
/// <param name="Member">The member.</param>
/// <param name="Role">The team role in effect.</param>
/// <param name="StoredRole">The team role that is stored; null when none is.</param>
/// <param name="Obstacles">What stops the member.</param>
public sealed record TeamMember(MemberName Member, string Role, string? StoredRole, IReadOnlyList<Obstacle> Obstacles);

/// <summary>A team. Its members and projects are lists of their own.</summary>
/// <param name="Team">The team.</param>
/// <param name="Notes">What a reader must know.</param>
public sealed record TeamDetail(TeamRow Team, IReadOnlyList<Note> Notes);

/// <summary>A principal that is no person and reaches a project.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Kind">internal-integration, public-app, integration, organization-token or client-key.</param>
/// <param name="Name">What people call it.</param>
/// <param name="ReachesNow">Whether it works now.</param>
/// <param name="SendsOnly">It may send events and read nothing.</param>
/// <param name="Path">Why.</param>
/// <param name="Obstacle">What stops it; null when nothing.</param>
public sealed record PrincipalReach(string Key, string Kind, string Name, bool ReachesNow, bool SendsOnly, AccessPath Path, Obstacle? Obstacle);

/// <summary>A project with counts and whoever else reaches it. Its members are a list of its own.</summary>
public sealed record ProjectDetail
{
    /// <summary>The project and the teams that own it.</summary>
    public required ProjectRow Project { get; init; }

    /// <summary>Members that Sentry lets in now.</summary>
    public int Reachable { get; init; }

    /// <summary>Members with a grant, whether or not it works now.</summary>
    public int Held { get; init; }

    /// <summary>Members that would get in, were they not stopped.</summary>
    public int Stopped { get; init; }

    /// <summary>Members of whom nobody can say.</summary>
    public int Unknown { get; init; }

    /// <summary>Principals that are no persons.</summary>
    public IReadOnlyList<PrincipalReach> NonHumans { get; init; } = [];

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];
}

/// <summary>Something that would give, or bring nearer, the access that is missing.</summary>
/// <param name="Kind">Stable, kebab-case.</param>
/// <param name="Sentence">In words.</param>
/// <param name="Team">The team, where one is meant.</param>
public sealed record AccessOption(string Kind, string Sentence, TeamName? Team);

/// <summary>Why a member reaches a project, or why not and what would change that.</summary>
/// <param name="Sentence">The answer in one sentence.</param>
/// <param name="Pair">The member and the project with every way.</param>
/// <param name="Options">When they do not reach it: what would give it.</param>
/// <param name="Notes">What a reader must know.</param>
public sealed record Explanation(string Sentence, Pair Pair, IReadOnlyList<AccessOption> Options, IReadOnlyList<Note> Notes);

/// <summary>What taking something away would take away, before anybody does it.</summary>
public sealed record BlastRadius
{
    /// <summary>It, in words.</summary>
    public required string Sentence { get; init; }

    /// <summary>Accesses that would end: the removal takes their last way.</summary>
    public long Ends { get; init; }

    /// <summary>Accesses that would be left with less.</summary>
    public long Narrows { get; init; }

    /// <summary>Accesses it touches that would be as they are.</summary>
    public long Stays { get; init; }

    /// <summary>People who would lose an access.</summary>
    public int People { get; init; }

    /// <summary>What a reader must know.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];
}

/// <summary>What a removal means for one member and one project, or for one member and several projects.</summary>
public sealed record Loss
{
    /// <summary>ends, narrows or stays.</summary>
    public required string Kind { get; init; }

    /// <summary>The member.</summary>
    public required MemberName Member { get; init; }

    /// <summary>The project; null when several are counted.</summary>
    public ProjectName? Project { get; init; }

    /// <summary>How many projects it is about.</summary>
    public int Projects { get; init; }

    /// <summary>What leads there still.</summary>
    public IReadOnlyList<AccessPath> LeftPaths { get; init; } = [];

    /// <summary>What they could do there no more, in Sentry's scopes.</summary>
    public IReadOnlyList<string> LostScopes { get; init; } = [];

    /// <summary>They could take it back without anyone's leave.</summary>
    public bool SelfJoinable { get; init; }
}

/// <summary>Something that began, changed or ended.</summary>
public sealed record HistoryLine
{
    /// <summary>When it happened: logged by Sentry where it was, else when a read saw it.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When a read first saw it.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>It, in words.</summary>
    public required string Sentence { get; init; }

    /// <summary>It still holds.</summary>
    public bool Current { get; init; }

    /// <summary>The line of Sentry's audit log that explains it; null when none does.</summary>
    public LoggedLine? Logged { get; init; }
}

/// <summary>A line of Sentry's audit log.</summary>
/// <param name="Id">Sentry's id of it.</param>
/// <param name="At">When Sentry wrote it.</param>
/// <param name="Event">Sentry's name of the event.</param>
/// <param name="Actor">Who did it; null when Sentry names nobody.</param>
/// <param name="Note">Sentry's own sentence; null when it has none.</param>
public sealed record LoggedLine(string Id, DateTimeOffset At, string Event, string? Actor, string? Note);
