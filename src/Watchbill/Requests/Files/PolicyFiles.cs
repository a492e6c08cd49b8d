using Watchbill.Access.Explore;
using Watchbill.Connectors;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Requests.Files;

/// <summary>What an import makes of one policy.</summary>
public enum PolicyChangeKind
{
    /// <summary>There was none of this name.</summary>
    New,

    /// <summary>It says something else.</summary>
    Changed,

    /// <summary>It says what it said.</summary>
    Same,
}

/// <summary>What an import makes of one policy.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What becomes of it.</param>
public sealed record PolicyFileChange(string Name, PolicyChangeKind Kind);

/// <summary>
/// Writes policies down as one text, YAML, and makes them what such a text says: all of it or nothing. Policies that the text does not name are left as they are.
/// </summary>
public sealed class PolicyFiles
{
    private readonly ManagePolicies _policies;
    private readonly ConnectorStore _connectors;
    private readonly OrganizationPictures _pictures;
    private readonly RequestDesk _desk;

    internal PolicyFiles(ManagePolicies policies, ConnectorStore connectors, OrganizationPictures pictures, RequestDesk desk)
    {
        _policies = policies;
        _connectors = connectors;
        _pictures = pictures;
        _desk = desk;
    }

    /// <summary>All policies. Needs the right to read access.</summary>
    public async Task<Result<string>> ExportAsync(Caller caller, CancellationToken cancellationToken)
    {
        var policies = await _policies.ListAsync(caller, cancellationToken);
        if (!policies.Succeeded)
        {
            return policies.Refusal!;
        }

        var named = policies.Value.Select(static policy => policy.Rules.Connector).ToHashSet();
        var names = await NamesAsync(connector => named.Contains(connector.Id.Value), cancellationToken);
        return new PolicyDocument { Policies = [.. policies.Value.Select(names.Write)] }.ToYaml();
    }

    /// <summary>Makes the policies what the text says. Needs the right to change access.</summary>
    /// <param name="text">YAML, as <see cref="ExportAsync"/> writes it.</param>
    /// <param name="isDryRun">Whether only to say what would change.</param>
    /// <param name="caller">Who.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed then.</param>
    /// <returns>What becomes of each policy in the text, in its order.</returns>
    public async Task<Result<IReadOnlyList<PolicyFileChange>>> ImportAsync(string text, bool isDryRun, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Lacks(Right.ChangeAccess) is { } refusal)
        {
            return refusal;
        }

        var document = PolicyDocument.FromYaml(text);
        var current = await _policies.ListAsync(Caller.System, cancellationToken);
        if ((document.Refusal ?? current.Refusal) is { } unread)
        {
            return unread;
        }

        if (current.Value.GroupBy(static policy => policy.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twins)
        {
            return RequestRefusals.BadPolicyFile($"there are several policies named {twins.Key} already, and a text tells policies by name; give them different names first");
        }

        var named = document.Value.Policies.Select(static entry => entry.Source).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var names = await NamesAsync(connector => named.Contains(connector.Name) || named.Contains(connector.Id.ToString()), cancellationToken);
        var known = current.Value.ToDictionary(static policy => policy.Name, StringComparer.Ordinal);
        List<(RequestPolicy Policy, PolicyChangeKind Kind)> read = [];
        foreach (var entry in document.Value.Policies)
        {
            var policy = names.Read(entry);
            if (!policy.Succeeded)
            {
                return policy.Refusal!;
            }

            if (read.Exists(one => one.Policy.Name == policy.Value.Name))
            {
                return RequestRefusals.BadPolicyFile($"it names the policy {policy.Value.Name} twice");
            }

            read.Add(known.TryGetValue(policy.Value.Name, out var old)
                ? (policy.Value with { Id = old.Id, Version = old.Version, ChangedAt = old.ChangedAt }, IsSame(policy.Value, old) ? PolicyChangeKind.Same : PolicyChangeKind.Changed)
                : (policy.Value, PolicyChangeKind.New));
        }

        var saved = await _policies.SaveAllAsync([.. read.Where(static one => one.Kind is not PolicyChangeKind.Same).Select(static one => one.Policy)], isDryRun, caller, cancellationToken);
        return saved.Succeeded ? Result.Of<IReadOnlyList<PolicyFileChange>>([.. read.Select(static one => new PolicyFileChange(one.Policy.Name, one.Kind))]) : saved.Refusal!;
    }

    private static bool IsSame(RequestPolicy read, RequestPolicy old) => read.Position == old.Position && read.IsOn == old.IsOn && read.Rules.ToJson() == old.Rules.ToJson();

    /// <summary>The names of the sources that policies speak of, with their teams; a whole organization is read for no other.</summary>
    private async Task<PolicyNames> NamesAsync(Func<ConnectorRow, bool> isNamed, CancellationToken cancellationToken)
    {
        List<NamedSource> sources = [];
        foreach (var connector in (await _connectors.ListAsync(cancellationToken)).Where(isNamed))
        {
            var graph = (await _pictures.CurrentAsync(connector.Id, cancellationToken)).Graph;
            sources.Add(new NamedSource(connector.Id, connector.Name, graph.Teams.ToDictionary(static team => team.Id, static team => team.Slug, StringComparer.Ordinal)));
        }

        return new PolicyNames(sources, await _desk.BookAsync(cancellationToken));
    }
}
