using Watchbill.Access.Effective;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Access.Queries;

/// <summary>One question while it is being answered: the stores it may ask, all on the same state of the database.</summary>
internal sealed class Question(ReadSession session, ConnectorId connector, AsOf asOf, CancellationToken cancellationToken)
{
    public AccessStore Store { get; } = new(session, connector, asOf, cancellationToken);

    public Lookup Lookup => new(new LookupStore(Store.Graph));

    public MemberListStore Members => new(Store, MemberListStore.ActivityOf(session, connector, asOf), cancellationToken);

    public Task<Dictionary<string, PrincipalActivity>> ActivityAsync() => MemberListStore.ActivityByPrincipalAsync(session, connector, asOf, cancellationToken);

    public static EffectiveAccess On(AccessGraphRows rows) => new(new AccessGraph(rows));

    public ListStore Lists(PageRequest page) => new(Store, page, cancellationToken);

    /// <summary>The scopes whose facts say who is on a team; of all teams when none is named.</summary>
    public async Task<IEnumerable<string>> TeamScopesAsync(string? teamId) =>
        (teamId is null ? await Store.TeamIdsAsync() : [teamId]).Select(Scope.TeamMembers);

    public async Task<Answer<T>> AnswerAsync<T>(T value, IReadOnlyCollection<string> scopes, AccessNote? note = null) =>
        new(value, asOf.At, await FreshnessStore.OfAsync(session, connector, asOf, scopes, cancellationToken)) { Notes = note is null ? [] : [note] };
}
