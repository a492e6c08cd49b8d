using Watchbill.Access;
using Watchbill.Access.Facts;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry;

/// <summary>Reads the members: the whole list, or only those that the audit log names, where the others are taken as the ledger has them.</summary>
internal sealed class MembersReader(SentryClient client, ReadRequest request, RequestPlan plan, OpenFactsStore open, bool hasTeamRoles)
{
    private const int MostAtOnce = 16;
    private readonly Dictionary<string, string> _movedTeams = new(StringComparer.Ordinal);

    /// <summary>The teams in which a member that was read alone has another place than the ledger says, with their slugs.</summary>
    public IReadOnlyDictionary<string, string> MovedTeams => _movedTeams;

    /// <summary>Whether such a member is in a team that the ledger does not have.</summary>
    public bool NamesUnknownTeam { get; private set; }

    public async Task<Observation> ReadAsync(ReadChoice choice, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        if (choice.Members.Count > 0)
        {
            plan.Add(choice.Members.Count);
            if (await ReadNamedAsync(choice, readAt, cancellationToken) is { } patched)
            {
                return patched;
            }

            plan.Add(RequestPlan.OfMembers(request.KnownRows(Scope.Members)));
        }

        var members = await client.Members.ListAllAsync(request.OrganizationSlug, MemberMapping.Of, (int)request.KnownRows(Scope.Members), cancellationToken);
        return members.Count > 0
            ? MemberMapping.Observe(readAt, members)
            : throw new UnbelievableAnswerException("Sentry listed no member at all, which cannot be: every organization has an owner. The token may not see members.");
    }

    /// <summary>Null when one of them is not there although no line says that it was removed: only the list can tell what became of it.</summary>
    private async Task<Observation?> ReadNamedAsync(ReadChoice choice, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var read = new SentryMemberDetail?[choice.Members.Count];
        await Parallel.ForEachAsync(
            choice.Members.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken },
            async (member, token) => read[member.Index] = await FindAsync(member.Item, token));
        if (choice.Members.Index().Any(member => read[member.Index] is null && !choice.RemovedMembers.Contains(member.Item)))
        {
            return null;
        }

        var known = await open.MembersAsync(request.Connector, cancellationToken);
        var named = MemberMapping.Observe(readAt, [.. read.OfType<SentryMemberDetail>().Select(MemberMapping.Of)]);
        if (SaysLess(named, known))
        {
            return null;
        }

        await CompareTeamsAsync([.. read.OfType<SentryMemberDetail>()], cancellationToken);
        return named with { Facts = [.. known.Where(member => !choice.Members.Contains(member.Key)), .. named.Facts], IsPatched = true };
    }

    private async Task CompareTeamsAsync(IReadOnlyList<SentryMemberDetail> members, CancellationToken cancellationToken)
    {
        var teams = await open.TeamsAsync(request.Connector, cancellationToken);
        var (slugs, ids) = (teams.ToDictionary(static team => team.Key, static team => team.Slug), teams.ToLookup(static team => team.Slug, static team => team.Key));
        foreach (var member in members)
        {
            var known = (await open.PlacesOfAsync(request.Connector, member.Id, cancellationToken)).Select(static place => (place.TeamId, place.TeamRole)).ToHashSet();
            foreach (var (slug, role) in MemberTeamsReader.PlacesOf(member))
            {
                NamesUnknownTeam |= !ids[slug].Any();
                foreach (var id in ids[slug].Where(id => !known.Remove((id, hasTeamRoles ? role : null))))
                {
                    _movedTeams[id] = slug;
                }
            }

            foreach (var (id, _) in known.Where(place => slugs.ContainsKey(place.TeamId)))
            {
                _movedTeams[id] = slugs[id];
            }
        }
    }

    /// <summary>Whether this Sentry tells less of one member than in the list: taken as it is, it would look like a change.</summary>
    private static bool SaysLess(Observation named, IReadOnlyList<MemberFact> known)
    {
        var byId = known.ToDictionary(static member => member.Key, StringComparer.Ordinal);
        return named.Facts.OfType<MemberFact>().Any(member => byId.TryGetValue(member.Key, out var before)
            && ((before.HasTwoFactor is not null && member.HasTwoFactor is null) || (before.UserIsActive is not null && member.UserIsActive is null)));
    }

    private async Task<SentryMemberDetail?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Members.GetAsync(request.OrganizationSlug, id, cancellationToken);
        }
        catch (SentryException exception) when (exception.Kind is SentryFailureKind.NotFound)
        {
            return null;
        }
    }
}
