using System.Globalization;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;
using Watchbill.Contracts.Connectors;
using Watchbill.Contracts.Notifications;
using Watchbill.Contracts.Requests;

namespace Watchbill.Cli.Declared;

/// <summary>Compares a declaration with a server, and says what to do so that the server is what it says.</summary>
/// <param name="client">The server.</param>
/// <param name="terminal">Where secrets in the environment are.</param>
/// <param name="folder">Where files lie that the declaration names.</param>
internal sealed class Planner(WatchbillClient client, Terminal terminal, DirectoryInfo? folder)
{
    private const string DefaultSchedule = "every-6-hours";
    private const double DefaultShare = 0.7;

    /// <summary>The plan: sources first, because others name them.</summary>
    public async Task<IReadOnlyList<PlannedChange>> PlanAsync(Declaration declaration, CancellationToken cancellationToken)
    {
        var there = await client.Connectors.ListAsync(cancellationToken);
        var governance = new GovernancePlanner(client);
        return
        [
            .. await SourcesAsync(declaration.Sources, there, cancellationToken),
            .. await ChecksAsync(declaration.Sources, there, cancellationToken),
            .. await ChannelsAsync(declaration.Channels, there, cancellationToken),
            .. await PoliciesAsync(declaration.Policies, cancellationToken),
            .. await governance.ReviewsAsync(declaration.Reviews, there, cancellationToken),
            .. await governance.FrameworksAsync(declaration.Frameworks, cancellationToken),
            .. await governance.FollowedAsync(declaration.FollowedFrameworks, cancellationToken),
            .. await governance.ExceptionsAsync(declaration.Exceptions, there, cancellationToken),
        ];
    }

    private async Task<IReadOnlyList<PlannedChange>> SourcesAsync(IReadOnlyList<DeclaredSource> wanted, IReadOnlyList<Connector> there, CancellationToken cancellationToken)
    {
        var people = wanted.Any(static source => source.Owners.Count > 0) || there.Any(static source => source.Owners.Count > 0) ? await client.Connectors.OwnersAsync(cancellationToken) : [];
        List<PlannedChange> plan = [.. wanted.Select(source => Plan(source, there.FirstOrDefault(one => one.Name == source.Name), people))];
        plan.AddRange(there.Where(one => wanted.All(source => source.Name != one.Name)).Select(static one => PlannedChange.Still("source", one.Name, PlannedKind.NotNamed)));
        return plan;
    }

    private PlannedChange Plan(DeclaredSource source, Connector? there, IReadOnlyList<PossibleOwner> people)
    {
        var token = source.Token?.Read($"The token of source {source.Name}", terminal, folder);
        var settings = new ConnectorSettings
        {
            Name = source.Name,
            Application = source.Application,
            Address = source.Address,
            Organization = source.Organization,
            Owners = [.. source.Owners.Select(address => people.FirstOrDefault(one => one.Email.Equals(address, StringComparison.OrdinalIgnoreCase))?.Id
                ?? throw new BadInputException($"Source {source.Name} is looked after by {address}, who has no account."))],
            Schedule = source.Schedule ?? DefaultSchedule,
            BudgetShare = source.BudgetShare ?? DefaultShare,
            AllowPrivateNetworks = source.AllowPrivateNetworks,
        };
        if (there is null)
        {
            var made = NewConnector.Of(settings, token);
            return new PlannedChange("source", source.Name, PlannedKind.New, [$"{source.Organization} at {source.Address}"], stop => client.Connectors.CreateAsync(made, stop));
        }

        var differences = Differences(settings, there, people);
        var rotates = token is not null && !token.EndsWith(there.TokenLastFour ?? "-", StringComparison.Ordinal);
        IReadOnlyList<string> told = rotates ? [.. differences, "token: another one"] : differences;
        return told.Count == 0 ? PlannedChange.Still("source", source.Name, PlannedKind.Same) : new PlannedChange("source", source.Name, PlannedKind.Changed, told, async stop =>
        {
            if (differences.Count > 0)
            {
                await client.Connectors.EditAsync(there.Id, there.Version, settings, stop);
            }

            if (rotates)
            {
                await client.Connectors.RotateTokenAsync(there.Id, new NewToken { Token = token! }, stop);
            }
        });
    }

    private static IReadOnlyList<string> Differences(ConnectorSettings wanted, Connector there, IReadOnlyList<PossibleOwner> people)
    {
        var found = new DifferenceList();
        found.Compare("application", there.Application, wanted.Application);
        found.Compare("address", Host(there.Address), Host(wanted.Address));
        found.Compare("organization", there.Organization, wanted.Organization);
        found.Compare("schedule", there.Schedule, wanted.Schedule);
        found.Compare("budgetShare", there.BudgetShare.ToString(CultureInfo.InvariantCulture), wanted.BudgetShare!.Value.ToString(CultureInfo.InvariantCulture));
        found.Compare("allowPrivateNetworks", $"{there.AllowPrivateNetworks}", $"{wanted.AllowPrivateNetworks}");
        found.Compare("owners", Names(there.Owners), Names(wanted.Owners!));
        return found;

        string Names(IEnumerable<long> owners) => string.Join(", ", owners.Order().Select(id => people.FirstOrDefault(one => one.Id == id)?.Email ?? $"{id}"));
    }

    /// <summary>People write <c>sentry.io</c>; the server keeps the whole address.</summary>
    private static string Host(string address) =>
        (address.Contains("://", StringComparison.Ordinal) ? address : $"https://{address}").TrimEnd('/').ToLowerInvariant();

    private async Task<IReadOnlyList<PlannedChange>> ChecksAsync(IReadOnlyList<DeclaredSource> sources, IReadOnlyList<Connector> there, CancellationToken cancellationToken)
    {
        List<PlannedChange> plan = [];
        foreach (var source in sources.Where(static source => source.Checks.Count > 0))
        {
            var id = there.FirstOrDefault(one => one.Name == source.Name)?.Id;
            foreach (var (check, parameters) in source.Checks)
            {
                var settings = id is { } known ? (await client.Compliance.FindAsync(known, check, cancellationToken)).Settings : [];
                plan.AddRange(parameters.Select(parameter => Plan(source.Name, check, parameter, settings.FirstOrDefault(one => one.Name == parameter.Key)?.Value)));
            }
        }

        return plan;
    }

    private PlannedChange Plan(string source, string check, KeyValuePair<string, string> parameter, string? there)
    {
        var name = $"{source}: {check} {parameter.Key}";
        return there == parameter.Value ? PlannedChange.Still("check parameter", name, PlannedKind.Same) : new PlannedChange(
            "check parameter", name, PlannedKind.Changed, [$"{there ?? "as it comes"} -> {parameter.Value}"],
            async stop => await client.Compliance.SetAsync(await client.SourceAsync(source, stop), check, parameter.Key, new NewSetting { Value = parameter.Value, Reason = PlannedChange.Reason }, stop));
    }

    private async Task<IReadOnlyList<PlannedChange>> ChannelsAsync(IReadOnlyList<DeclaredChannel> wanted, IReadOnlyList<Connector> connectors, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var there = await client.Notifications.ChannelsAsync(cancellationToken);
        var sources = connectors.ToDictionary(static source => source.Id, static source => source.Name);
        List<PlannedChange> plan = [.. wanted.Select(channel => Plan(channel, there.FirstOrDefault(one => one.Name == channel.Name), sources))];
        plan.AddRange(there.Where(one => wanted.All(channel => channel.Name != one.Name)).Select(static one => PlannedChange.Still("channel", one.Name, PlannedKind.NotNamed)));
        return plan;
    }

    private PlannedChange Plan(DeclaredChannel channel, Channel? there, Dictionary<long, string> sources)
    {
        var address = (channel.Address ?? throw new BadInputException($"Channel {channel.Name} has no address: write 'address: {{ env: NAME }}' or '{{ file: PATH }}'.")).Read($"The address of channel {channel.Name}", terminal, folder);
        if (there is null)
        {
            return new PlannedChange("channel", channel.Name, PlannedKind.New, [channel.Kind], stop => MakeAsync(channel, address, stop));
        }

        var found = new DifferenceList();
        found.Compare("kind", there.Kind, channel.Kind);
        found.Compare("host", there.Host, Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : "?");
        found.Compare("about", string.Join(", ", there.About.Order(StringComparer.Ordinal)), string.Join(", ", channel.About.Order(StringComparer.Ordinal)));
        found.Compare("source", there.Connector is { } id ? sources.GetValueOrDefault(id) : null, channel.Source);
        found.Compare("allowPrivateNetworks", $"{there.AllowPrivateNetworks}", $"{channel.AllowPrivateNetworks}");
        var isNew = found.Count > 0;
        found.Compare("on", $"{there.IsOn}", $"{channel.On}");
        return found.Count == 0 ? PlannedChange.Still("channel", channel.Name, PlannedKind.Same) : new PlannedChange("channel", channel.Name, PlannedKind.Changed, found, async stop =>
        {
            if (isNew)
            {
                // Channels are not edited, and two of one name are not there together. When the new one is refused, the same file makes it once it is mended.
                await client.Notifications.RemoveChannelAsync(there.Id, stop);
                await MakeAsync(channel, address, stop);
            }
            else
            {
                await client.Notifications.SwitchChannelAsync(there.Id, channel.On, stop);
            }
        });
    }

    private async Task MakeAsync(DeclaredChannel channel, string address, CancellationToken cancellationToken)
    {
        var made = await client.Notifications.CreateChannelAsync(
            new NewChannel
            {
                Name = channel.Name,
                Kind = channel.Kind,
                Address = address,
                About = channel.About,
                Connector = channel.Source is { } source ? await client.SourceAsync(source, cancellationToken) : null,
                AllowPrivateNetworks = channel.AllowPrivateNetworks,
            },
            cancellationToken);
        if (!channel.On)
        {
            await client.Notifications.SwitchChannelAsync(made.Channel.Id, isOn: false, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<PlannedChange>> PoliciesAsync(IReadOnlyList<object> policies, CancellationToken cancellationToken)
    {
        if (policies.Count == 0)
        {
            return [];
        }

        var text = DeclarationFile.Write(new Dictionary<string, object> { ["policies"] = policies });
        var changes = await client.Requests.ImportPoliciesAsync(new PolicyImport { Text = text, DryRun = true }, cancellationToken);
        var first = true;
        return [.. changes.Select(change =>
        {
            var kind = change.Change switch { "new" => PlannedKind.New, "changed" => PlannedKind.Changed, _ => PlannedKind.Same };
            if (kind is PlannedKind.Same || !first)
            {
                return PlannedChange.Still("policy", change.Name, kind);
            }

            // All of them are saved together, with the first that changes.
            first = false;
            return new PlannedChange("policy", change.Name, kind, [], stop => client.Requests.ImportPoliciesAsync(new PolicyImport { Text = text }, stop));
        })];
    }
}
