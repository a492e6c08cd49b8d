using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Watchbill.Api;
using Watchbill.Contracts;
using Watchbill.Contracts.Notifications;
using Watchbill.Kernel;
using Watchbill.Notifications.Notices;
using Watchbill.People;
using Contract = Watchbill.Contracts.Notifications;

namespace Watchbill.Notifications.Channels;

/// <summary>Channels, and how people want to be told, over HTTP.</summary>
internal static class ChannelEndpoints
{
    private const string Tag = "Notifications";

    public static void Map(RouteGroupBuilder api)
    {
        var channels = api.MapGroup("/channels").Needs(Right.ManageConnectors).WithTags(Tag);
        channels.MapGet("/", (ManageChannels manage, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(manage.ListAsync(caller, cancellationToken), static list => (IReadOnlyList<Contract.Channel>)[.. list.Select(Of)]))
            .WithName("listChannels").WithSummary("Where announcements go besides mail, and what became of the newest one");
        channels.MapPost("/", (Contract.NewChannel input, ManageChannels manage, Caller caller, CancellationToken cancellationToken) =>
                Answers.Created(manage.CreateAsync(Of(input), caller, cancellationToken), static _ => "/api/v1/channels", static made => new MadeChannel(Of(made.Channel), made.Secret)))
            .Idempotent().WithName("createChannel").WithSummary("Makes a channel: an incoming webhook of Slack, a workflow of Teams, or any address that takes signed JSON");
        channels.MapPut("/{channel:long}/switch", (long channel, ChannelSwitch input, ManageChannels manage, Caller caller, CancellationToken cancellationToken) =>
                Answers.Ok(manage.SwitchAsync(new ChannelId(channel), input.IsOn, caller, cancellationToken), Of))
            .WithName("switchChannel").WithSummary("Switches a channel on or off");
        channels.MapPost("/{channel:long}/test", (long channel, ManageChannels manage, Caller caller, CancellationToken cancellationToken) =>
                Answers.Nothing(manage.TestAsync(new ChannelId(channel), caller, cancellationToken)))
            .Idempotent().WithName("testChannel").WithSummary("Writes a test message to a channel");
        channels.MapDelete("/{channel:long}", (long channel, ManageChannels manage, Caller caller, CancellationToken cancellationToken) =>
                Answers.Nothing(manage.RemoveAsync(new ChannelId(channel), caller, cancellationToken)))
            .WithName("removeChannel").WithSummary("Removes a channel, and its address with it");

        var notices = api.MapGroup("/me/notices").WithTags(Tag);
        notices.MapGet("/", (NoticeBoard board, Caller caller, CancellationToken cancellationToken) => Answers.Ok(board.ListAsync(caller, cancellationToken), Of))
            .WithName("listNotices").WithSummary("What you can be told about, and how you are");
        notices.MapPut("/", ChooseAsync).WithName("chooseNotices").WithSummary("Chooses how you are told: at once, in one mail a day, or never");
    }

    private static async Task<Results<Ok<IReadOnlyList<Contract.Notice>>, ProblemHttpResult>> ChooseAsync(NoticeChoices input, NoticeBoard board, Caller caller, CancellationToken cancellationToken)
    {
        Dictionary<string, Delivery> choices = new(StringComparer.Ordinal);
        foreach (var (kind, word) in input.Choices)
        {
            if (Word.Parse<Delivery>(word) is not { } delivery)
            {
                return Problems.Of(StatusCodes.Status400BadRequest, ProblemCodes.BadFields, "Each choice is at-once, digest or never.");
            }

            choices[kind] = delivery;
        }

        return Answers.Ok(await board.ChooseAsync(choices, caller, cancellationToken), Of);
    }

    private static ChannelDraft Of(Contract.NewChannel input) => new()
    {
        Name = input.Name,
        Kind = Word.Parse<ChannelKind>(input.Kind)!.Value,
        Address = input.Address,
        About = input.About,
        Connector = input.Connector is { } connector ? new ConnectorId(connector) : null,
        AllowPrivateNetworks = input.AllowPrivateNetworks,
    };

    private static Contract.Channel Of(Channel channel) => new()
    {
        Id = channel.Id.Value,
        Name = channel.Name,
        Kind = Word.Of(channel.Kind),
        Host = channel.Host,
        About = channel.About,
        Connector = channel.Connector?.Value,
        AllowPrivateNetworks = channel.AllowPrivateNetworks,
        IsOn = channel.IsOn,
        CreatedAt = channel.CreatedAt,
        LatestState = channel.Latest is { } latest ? Word.Of(latest.State) : null,
        LatestAt = channel.Latest?.CreatedAt,
        LatestError = channel.Latest?.LastError,
    };

    private static IReadOnlyList<Contract.Notice> Of(IReadOnlyList<Notices.Notice> notices) =>
        [.. notices.Select(static notice => new Contract.Notice { Kind = notice.Kind, Tells = notice.Tells, MayBeLeftOut = notice.MayBeLeftOut, Delivery = Word.Of(notice.Delivery) })];
}
