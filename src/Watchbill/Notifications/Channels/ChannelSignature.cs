using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Watchbill.Notifications.Channels;

/// <summary>
/// How messages of generic webhooks are signed, after the Standard Webhooks specification: HMAC-SHA256 over id, time and body, so that the receiver knows who sent it
/// and that it is not an old one sent again.
/// </summary>
internal static class ChannelSignature
{
    /// <summary>What secrets begin with.</summary>
    public const string Prefix = "whsec_";

    /// <summary>The headers of a message.</summary>
    /// <param name="secret">The channel's secret, with its prefix.</param>
    /// <param name="id">Identifies the message: the same at every try.</param>
    /// <param name="at">When this try is made.</param>
    /// <param name="body">The body as it is sent.</param>
    public static IEnumerable<KeyValuePair<string, string>> Headers(string secret, string id, DateTimeOffset at, string body)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), Encoding.UTF8.GetBytes($"{id}.{time}.{body}"));
        return
        [
            new("webhook-id", id),
            new("webhook-timestamp", time),
            new("webhook-signature", $"v1,{Convert.ToBase64String(signature)}"),
        ];
    }
}
