using LinqToDB.Data;
using Watchbill.Access.Effective;
using Watchbill.Kernel;

namespace Watchbill.Access.Queries;

/// <summary>One question while it is being answered: the stores it may ask, all on the same state of the database.</summary>
internal sealed class Question(DataConnection connection, ConnectorId connector, AsOf asOf, CancellationToken cancellationToken)
{
    public AccessStore Store { get; } = new(connection, connector, asOf, cancellationToken);

    public Lookup Lookup => new(new LookupStore(Store, cancellationToken));

    public MemberListStore Members => new(Store, MemberListStore.ActivityOf(connection, connector, asOf), cancellationToken);

    public Task<Dictionary<string, PrincipalActivity>> ActivityAsync() => MemberListStore.ActivityByPrincipalAsync(connection, connector, asOf, cancellationToken);

    public static EffectiveAccess On(AccessGraphRows rows) => new(new AccessGraph(rows));

    public ListStore Lists(PageRequest page) => new(Store, page, cancellationToken);

    /// <summary>The scopes whose facts say who is on a team; of all teams when none is named.</summary>
    public async Task<IEnumerable<string>> TeamScopesAsync(string? teamId) =>
        (teamId is null ? await Store.TeamIdsAsync() : [teamId]).Select(Scope.TeamMembers);

    public async Task<Answer<T>> AnswerAsync<T>(T value, IReadOnlyCollection<string> scopes, AccessNote? note = null) =>
        new(value, asOf.At, await FreshnessStore.OfAsync(connection, connector, scopes, cancellationToken)) { Notes = note is null ? [] : [note] };
}
