using System.Globalization;
using Microsoft.AspNetCore.Http;
using Watchbill.Connectors;
using Watchbill.Kernel;

namespace Watchbill.Console.Pages.Sources;

/// <summary>
/// The fields of a source as somebody typed them. Everything is text until the use case has looked at it, so that wrong input comes back as it was
/// typed. The token is never sent back.
/// </summary>
public sealed class SourceForm
{
    /// <summary>The choice for a Sentry of one's own.</summary>
    public const string SelfHosted = "self-hosted";

    /// <summary>The choice for one's own cron expression.</summary>
    public const string ByCron = "cron";

    /// <summary>The choice for once a day.</summary>
    public const string Daily = "daily";

    /// <summary>Longer input is refused anyway; so much of it is shown again.</summary>
    private const int MostShown = 300;

    private static readonly string[] Hosts = ["sentry.io", "us.sentry.io", "de.sentry.io"];

    /// <summary>The name.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The application; empty for none.</summary>
    public string Application { get; private init; } = "";

    /// <summary>One of the known hosts, or <see cref="SelfHosted"/>.</summary>
    public string Place { get; private init; } = Hosts[0];

    /// <summary>The address of an installation of one's own.</summary>
    public string OwnAddress { get; private init; } = "";

    /// <summary>The organization's slug.</summary>
    public string Slug { get; private init; } = "";

    /// <summary>Which schedule was chosen.</summary>
    public string Schedule { get; private init; } = SyncSchedule.EverySixHours;

    /// <summary>The hour, for once a day.</summary>
    public string Hour { get; private init; } = "3";

    /// <summary>The expression, for cron.</summary>
    public string Cron { get; private init; } = "";

    /// <summary>The share of the rate limit in percent.</summary>
    public string Share { get; private init; } = "70";

    /// <summary>Whether private networks may be called.</summary>
    public bool AllowPrivateNetworks { get; private init; }

    /// <summary>The owners.</summary>
    public IReadOnlyList<AccountId> Owners { get; private init; } = [];

    /// <summary>Where Sentry is.</summary>
    public string Address => Place == SelfHosted ? OwnAddress : Place;

    /// <summary>A new source that its creator looks after.</summary>
    public static SourceForm Blank(AccountId? creator) => new() { Owners = creator is { } id ? [id] : [] };

    /// <summary>What was posted.</summary>
    public static SourceForm Of(IFormCollection posted) => new()
    {
        Name = Text(posted, "name"),
        Application = Text(posted, "application"),
        Place = Text(posted, "place"),
        OwnAddress = Text(posted, "own-address"),
        Slug = Text(posted, "slug"),
        Schedule = Text(posted, "schedule"),
        Hour = Text(posted, "hour"),
        Cron = Text(posted, "cron"),
        Share = Text(posted, "share"),
        AllowPrivateNetworks = posted["private-networks"] == "yes",
        Owners = [.. posted["owner"].Take(50).Select(static text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(static id => id > 0).Select(static id => new AccountId(id))],
    };

    /// <summary>What was entered or saved before.</summary>
    public static SourceForm Of(ConnectorDetails details)
    {
        var host = Uri.TryCreate(details.Address, UriKind.Absolute, out var address) && address is { AbsolutePath: "/", IsDefaultPort: true } ? address.Host : details.Address;
        var isCloud = Hosts.Contains(host);
        var isDaily = details.Schedule.StartsWith(SyncSchedule.DailyAt, StringComparison.Ordinal);
        var isCron = details.Schedule.StartsWith(SyncSchedule.Cron, StringComparison.Ordinal);
        return new SourceForm
        {
            Name = details.Name,
            Application = details.Application ?? "",
            Place = isCloud ? host : SelfHosted,
            OwnAddress = isCloud ? "" : details.Address,
            Slug = details.OrganizationSlug,
            Schedule = isDaily ? Daily : isCron ? ByCron : details.Schedule,
            Hour = isDaily ? details.Schedule[SyncSchedule.DailyAt.Length..] : "3",
            Cron = isCron ? details.Schedule[SyncSchedule.Cron.Length..] : "",
            Share = (details.BudgetShare * 100).ToString("0.##", CultureInfo.InvariantCulture),
            AllowPrivateNetworks = details.AllowPrivateNetworks,
            Owners = details.Owners,
        };
    }

    /// <summary>As a use case takes it; what is no number becomes one that is refused.</summary>
    public ConnectInput Input(string token) => new()
    {
        Name = Name,
        Application = Application.Length == 0 ? null : Application,
        Address = Address,
        OrganizationSlug = Slug,
        Token = token,
        BudgetShare = double.TryParse(Share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) ? percent / 100 : -1,
        AllowPrivateNetworks = AllowPrivateNetworks,
        Schedule = Schedule switch { Daily => SyncSchedule.DailyAt + Hour, ByCron => SyncSchedule.Cron + Cron, _ => Schedule },
        Owners = Owners,
    };

    private static string Text(IFormCollection posted, string name)
    {
        var text = posted[name].ToString().Trim();
        return text.Length <= MostShown ? text : text[..MostShown];
    }
}

/// <summary>Beside which field a refusal is shown.</summary>
internal static class SourceFields
{
    /// <summary>The field's id; null when it concerns none of them.</summary>
    public static string? Of(string code) => code switch
    {
        "connector-name-invalid" or "connector-name-taken" => "name",
        "application-name-invalid" => "application",
        "address-invalid" or "connector-place-fixed" => "own-address",
        "organization-slug-invalid" => "slug",
        "token-invalid" => "token",
        "schedule-invalid" or "schedule-too-dense" => "schedule",
        "budget-share-invalid" => "share",
        "owner-invalid" or "too-many-owners" => "owners",
        _ => null,
    };
}
