namespace Watchbill.Sentry.Simulator.State;

/// <summary>A project of an organization.</summary>
public sealed class Project : IHasSlug
{
    public required long Id { get; init; }

    public required string Slug { get; set; }

    public required string Name { get; set; }

    public required DateTimeOffset DateCreated { get; init; }

    public string? Platform { get; set; }

    /// <summary>False once deletion was asked for: the project is then neither listed nor found.</summary>
    public bool IsActive { get; set; } = true;

    public bool HasFirstEvent { get; set; } = true;

    public ProjectSettings Settings { get; set; } = new();

    /// <summary>The teams that own the project, oldest link first. May be empty: an orphan.</summary>
    public IReadOnlyList<Team> Teams => OwningTeams;

    public IReadOnlyList<ClientKey> Keys => ClientKeys;

    internal List<Team> OwningTeams { get; } = [];

    internal List<ClientKey> ClientKeys { get; } = [];

    public override string ToString() => Slug;
}
