using Watchbill.Access.Effective;

namespace Watchbill.Access.Striking;

/// <summary>The members sorted into those whom the sentences speak of.</summary>
internal sealed class Standings
{
    public Standings(AccessGraph graph)
    {
        All = graph.Standings;
        Active = [.. All.Where(static standing => !standing.IsStopped)];
    }

    public IReadOnlyList<Standing> All { get; }

    /// <summary>Those whom nothing stops.</summary>
    public IReadOnlyList<Standing> Active { get; }

    /// <summary>Active holders of global roles.</summary>
    public IEnumerable<Standing> Privileged => Active.Where(static standing => standing.Role.IsGlobal);
}
