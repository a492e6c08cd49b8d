using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Watchbill.People;

/// <summary>Where somebody comes from who has not proved who they are.</summary>
/// <param name="From">The IP address; null when not known.</param>
/// <param name="UserAgent">What their browser calls itself; cut to <see cref="LongestUserAgent"/> characters where it is stored.</param>
public sealed record Visitor(string? From, string? UserAgent)
{
    /// <summary>How much of a browser's name is kept.</summary>
    public const int LongestUserAgent = 200;

    /// <summary>The browser's name as it is stored: without control characters, not too long; null when it named none.</summary>
    internal string? StoredUserAgent
    {
        get
        {
            if (string.IsNullOrWhiteSpace(UserAgent))
            {
                return null;
            }

            var clean = new StringBuilder(LongestUserAgent);
            foreach (var rune in UserAgent.EnumerateRunes())
            {
                if (clean.Length + rune.Utf16SequenceLength > LongestUserAgent)
                {
                    break;
                }

                clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
            }

            return clean.ToString();
        }
    }

    /// <summary>Whose attempts are counted together: an IPv4 address, or the network of an IPv6 address, because one person has all of it.</summary>
    internal string Network
    {
        get
        {
            if (!IPAddress.TryParse(From, out var address))
            {
                return "unknown";
            }

            if (address.IsIPv4MappedToIPv6 || address.AddressFamily is AddressFamily.InterNetwork)
            {
                return address.MapToIPv4().ToString();
            }

            var network = address.GetAddressBytes();
            network.AsSpan(8).Clear();
            return $"{new IPAddress(network)}/64";
        }
    }
}
