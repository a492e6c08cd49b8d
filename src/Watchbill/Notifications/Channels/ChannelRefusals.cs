using Watchbill.Kernel;

namespace Watchbill.Notifications.Channels;

/// <summary>Every "no" about channels and notices.</summary>
public static class ChannelRefusals
{
    public static Refusal NoSuchChannel(ChannelId id) => new(RefusalKind.NotFound, "channel-not-found", $"There is no channel {id}.");

    public static Refusal BadName() => new(RefusalKind.Invalid, "channel-name-invalid", "A channel's name is 1 to 100 characters, none of them invisible.");

    public static Refusal Exists(string name) => new(RefusalKind.Conflict, "channel-exists", $"There is a channel named {name} already; choose another name.");

    /// <summary>Does not repeat the address: whoever knows it can post there.</summary>
    public static Refusal BadAddress() => new(
        RefusalKind.Invalid, "channel-address-invalid",
        $"The address is a whole URL of at most {ManageChannels.LongestAddress:N0} characters that begins with https://, without a user name and without a part after #. Into a private network, and only there, http:// may be used.");

    public static Refusal UnknownKind(string kind) => new(
        RefusalKind.Invalid, "announcement-unknown",
        $"'{(kind.Length > 50 ? kind[..50] + "…" : kind)}' is nothing that is announced; choose of {string.Join(", ", Announcement.Kinds.Select(static one => one.Kind))}.");

    public static Refusal NothingAnnounced() => new(RefusalKind.Invalid, "channel-announces-nothing", "Choose at least one thing that the channel announces.");

    public static Refusal TooMany() => new(RefusalKind.Conflict, "channels-too-many", $"There are {ManageChannels.Most} channels; remove one that is not used.");

    public static Refusal IsOff(string name) => new(RefusalKind.Conflict, "channel-is-off", $"The channel {name} is switched off; switch it on first.");

    public static Refusal NoSuchNotice(string kind) => new(
        RefusalKind.Invalid, "notice-unknown", $"'{(kind.Length > 50 ? kind[..50] + "…" : kind)}' is nothing that people are told; the list of notices names all.");

    public static Refusal NeverSilent(string kind) => new(RefusalKind.Invalid, "notice-always", $"'{kind}' waits for you and nobody else, so it cannot be left out; choose at-once or digest.");

    public static Refusal NoticesNeedAccount() => new(RefusalKind.Forbidden, "notices-need-account", "Notices go to accounts; sign in, or use an API token of an account.");
}
