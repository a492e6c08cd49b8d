using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Watchbill.Sentry.Transport;

/// <summary>Makes the errors that are not an error answer of Sentry itself.</summary>
internal static class Failures
{
    public static SentryException NotSentry(SentryRequest request, HttpStatusCode? status) =>
        Because(request, SentryFailureKind.NotSentry, ErrorAnswer.NotSentry, status);

    public static SentryException Looping(SentryRequest request, string what) => Listing(request, SentryFailureKind.LoopingCursor, what);

    public static SentryException BrokenPaging(SentryRequest request, string what) => Listing(request, SentryFailureKind.BrokenPaging, what);

    public static SentryException ListingMoved() => new(
        SentryFailureKind.ListingMoved, "The listing changed each time it was read, so no read of it can be taken as the whole; try again when less is changed.");

    public static SentryException InvalidJson(SentryRequest request, string what) => Because(
        request, SentryFailureKind.InvalidJson, $"Sentry answered JSON that this client cannot read ({what}); report it with the version of the server.");

    public static SentryException Truncated(SentryRequest request) => Because(
        request, SentryFailureKind.Truncated, "The answer ended in the middle; try again, and check a proxy in between if it happens often.");

    public static SentryException Timeout(SentryRequest request, TimeSpan limit) => Because(
        request, SentryFailureKind.Timeout, $"No complete answer within {limit.TotalSeconds:0.###} seconds; try again or allow more time.");

    public static SentryException TooLarge(SentryRequest request, long limit) => Because(
        request, SentryFailureKind.TooLarge,
        $"The answer is larger than the {limit} bytes this client reads; raise the limit if the organization is that big.");

    /// <summary>A failed connection, told apart by what an operator has to look at.</summary>
    public static SentryException Connection(SentryRequest request, string host, Exception failure)
    {
        var (kind, message) = Diagnose(host, failure);
        return new(kind, message, failure) { Method = request.Method.Method, Path = request.Shape };
    }

    private static SentryException Because(SentryRequest request, SentryFailureKind kind, string message, HttpStatusCode? status = null) =>
        new(kind, message) { Method = request.Method.Method, Path = request.Shape, Status = status };

    private static SentryException Listing(SentryRequest request, SentryFailureKind kind, string what) =>
        Because(request, kind, $"The listing {what}, so it cannot be read completely; nothing of it may be taken as the whole.");

    private static (SentryFailureKind Kind, string Message) Diagnose(string host, Exception failure)
    {
        var chain = Chain(failure).ToList();
        return chain switch
        {
            _ when chain.OfType<ForbiddenAddressException>().Any() => (
                SentryFailureKind.ForbiddenAddress,
                $"{host} leads to a private, link-local or metadata address; allow private networks if Sentry really is there."),
            _ when chain.OfType<SocketException>().Any(IsNameFailure) => (
                SentryFailureKind.NameNotResolved, $"The name {host} cannot be resolved; check the spelling and the DNS of this machine."),
            _ when chain.OfType<SocketException>().Any(socket => socket.SocketErrorCode == SocketError.ConnectionRefused) => (
                SentryFailureKind.ConnectionRefused, $"Nothing listens at {host}; check the address and the port."),
            _ when chain.OfType<AuthenticationException>().Any() => (
                SentryFailureKind.Tls, $"The TLS connection to {host} failed; check its certificate and that this machine trusts its issuer."),
            _ => (SentryFailureKind.Network, $"The connection to {host} failed or broke; try again, and check the network or proxy in between."),
        };
    }

    private static bool IsNameFailure(SocketException socket) =>
        socket.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery;

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (Exception? current = failure; current is not null; current = current.InnerException)
        {
            yield return current;
        }
    }
}
