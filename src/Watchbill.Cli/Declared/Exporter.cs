using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;

namespace Watchbill.Cli.Declared;

/// <summary>Writes down what a server is, as a declaration. Secrets are not told by any server: their places are named, to be filled.</summary>
internal static class Exporter
{
    public static async Task<string> RunAsync(WatchbillClient client, CancellationToken cancellationToken)
    {
        var sources = await client.Connectors.ListAsync(cancellationToken);
        var people = sources.Any(static source => source.Owners.Count > 0) ? (await client.Connectors.OwnersAsync(cancellationToken)).ToDictionary(static one => one.Id, static one => one.Email) : [];
        var checks = (await client.Compliance.ChecksAsync(cancellationToken)).Where(static check => check.Parameters.Count > 0).Select(static check => check.Id).ToList();
        List<DeclaredSource> declared = [];
        foreach (var source in sources)
        {
            declared.Add(new DeclaredSource
            {
                Name = source.Name,
                Application = source.Application,
                Address = source.Address,
                Organization = source.Organization,
                Owners = [.. source.Owners.Select(id => people.GetValueOrDefault(id)).OfType<string>()],
                Schedule = source.Schedule,
                BudgetShare = source.BudgetShare,
                AllowPrivateNetworks = source.AllowPrivateNetworks,
                Token = source.TokenKind is null ? null : new SecretPlace { Env = $"SENTRY_TOKEN_{Variable(source.Name)}" },
                Checks = await ChecksAsync(client, source.Id, checks, cancellationToken),
            });
        }

        var names = sources.ToDictionary(static source => source.Id, static source => source.Name);
        var channels = await client.Notifications.ChannelsAsync(cancellationToken);
        var policies = await client.Requests.ExportPoliciesAsync(cancellationToken);
        return "# yaml-language-server: $schema=watchbill.schema.json\n" + DeclarationFile.Write(new Declaration
        {
            Watchbill = Declaration.Known,
            Sources = declared,
            Channels = [.. channels.Select(channel => new DeclaredChannel
            {
                Name = channel.Name,
                Kind = channel.Kind,
                Address = new SecretPlace { Env = $"CHANNEL_{Variable(channel.Name)}" },
                About = [.. channel.About],
                Source = channel.Connector is { } id ? names.GetValueOrDefault(id) : null,
                AllowPrivateNetworks = channel.AllowPrivateNetworks,
                On = channel.IsOn,
            })],
            Policies = [.. DeclarationFile.ReadList(policies.Text, "policies")],
            Reviews = await ReviewsAsync(client, names, cancellationToken),
            Frameworks = [.. (await client.Compliance.FrameworksAsync(cancellationToken)).Where(static framework => framework.IsOwn).Select(GovernancePlanner.Of)],
            FollowedFrameworks = [.. (await client.Compliance.FollowedAsync(cancellationToken)).Frameworks],
            Exceptions = await ExceptionsAsync(client, names, cancellationToken),
        });
    }

    /// <summary>The plans of what has not started: the rest is history.</summary>
    private static async Task<List<DeclaredReview>> ReviewsAsync(WatchbillClient client, Dictionary<long, string> sources, CancellationToken cancellationToken)
    {
        var governance = new GovernancePlanner(client);
        List<DeclaredReview> all = [];
        foreach (var review in (await client.Reviews.ListAsync(cancellationToken)).Where(GovernancePlanner.IsOpen))
        {
            all.Add(await governance.OfAsync(review.Plan, sources.GetValueOrDefault(review.Plan.Connector, ""), cancellationToken));
        }

        return all;
    }

    private static async Task<List<DeclaredException>> ExceptionsAsync(WatchbillClient client, Dictionary<long, string> sources, CancellationToken cancellationToken) =>
        [.. (await client.Compliance.ExceptionsAsync(new ExceptionQuery(), cancellationToken)).Select(exception => new DeclaredException
        {
            Source = sources.GetValueOrDefault(exception.Connector, ""),
            Check = exception.Check,
            ResourceKind = exception.ResourceKind,
            ResourceKey = exception.ResourceKey,
            Reason = exception.Reason,
            EndsAt = GovernancePlanner.Text(exception.EndsAt),
        })];

    /// <summary>What somebody set; what is as it comes needs no line.</summary>
    private static async Task<Dictionary<string, Dictionary<string, string>>> ChecksAsync(WatchbillClient client, long connector, IReadOnlyList<string> checks, CancellationToken cancellationToken)
    {
        Dictionary<string, Dictionary<string, string>> all = new(StringComparer.Ordinal);
        foreach (var check in checks)
        {
            var set = (await client.Compliance.FindAsync(connector, check, cancellationToken)).Settings.Where(static setting => !setting.IsDefault).ToDictionary(static setting => setting.Name, static setting => setting.Value);
            if (set.Count > 0)
            {
                all[check] = set;
            }
        }

        return all;
    }

    private static string Variable(string name) => string.Concat(name.Select(static letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'));
}
