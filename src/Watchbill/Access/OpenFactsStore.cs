using LinqToDB;
using LinqToDB.Async;
using Watchbill.Access.Facts;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access;

/// <summary>What holds now, for whoever reads only a part of an organization and needs the rest from the ledger.</summary>
internal sealed class OpenFactsStore(Database database)
{
    /// <summary>The organization; null before it was read.</summary>
    public async Task<OrganizationFact?> OrganizationAsync(ConnectorId connector, CancellationToken cancellationToken) =>
        (await AllAsync<OrganizationFact>(connector, cancellationToken)).SingleOrDefault();

    /// <summary>The single sign-on provider; null when there is none, or it was not read.</summary>
    public async Task<AuthProviderFact?> AuthProviderAsync(ConnectorId connector, CancellationToken cancellationToken) =>
        (await AllAsync<AuthProviderFact>(connector, cancellationToken)).SingleOrDefault();

    /// <summary>How many apps of others are installed; each is asked for alone.</summary>
    public async Task<int> PublicAppsAsync(ConnectorId connector, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        return await Open<NonHumanFact>(session, connector).CountAsync(static fact => fact.Kind == NonHumanKind.PublicApp, cancellationToken);
    }

    /// <summary>All members and open invitations.</summary>
    public Task<IReadOnlyList<MemberFact>> MembersAsync(ConnectorId connector, CancellationToken cancellationToken) => AllAsync<MemberFact>(connector, cancellationToken);

    /// <summary>All teams.</summary>
    public Task<IReadOnlyList<TeamFact>> TeamsAsync(ConnectorId connector, CancellationToken cancellationToken) => AllAsync<TeamFact>(connector, cancellationToken);

    /// <summary>All projects.</summary>
    public Task<IReadOnlyList<ProjectFact>> ProjectsAsync(ConnectorId connector, CancellationToken cancellationToken) => AllAsync<ProjectFact>(connector, cancellationToken);

    /// <summary>The places in teams of one member.</summary>
    public async Task<IReadOnlyList<TeamMembershipFact>> PlacesOfAsync(ConnectorId connector, string memberId, CancellationToken cancellationToken)
    {
        await using var session = database.OpenRead();
        return await Open<TeamMembershipFact>(session, connector).Where(place => place.MemberId == memberId).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<TFact>> AllAsync<TFact>(ConnectorId connector, CancellationToken cancellationToken)
        where TFact : Fact
    {
        await using var session = database.OpenRead();
        return await Open<TFact>(session, connector).ToListAsync(cancellationToken);
    }

    private static IQueryable<TFact> Open<TFact>(DatabaseSession session, ConnectorId connector)
        where TFact : Fact
    {
        // A local, because linq2db would not reuse a translated query that reads a static field.
        var openEnd = Conventions.OpenEnd;
        return session.Connection.GetTable<TFact>().Where(fact => fact.ConnectorId == connector && fact.ValidTo == openEnd);
    }
}
