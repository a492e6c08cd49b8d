using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Watchbill.Kernel;
using Watchbill.Storage;

namespace Watchbill.Notifications.Channels;

/// <summary>Makes the connections to channels, which must not lead where nobody meant to go.</summary>
/// <param name="allowPrivateNetworks">Whether they may lead into private networks. What is not allowed is answered by an <see cref="UnauthorizedAccessException"/>.</param>
public delegate HttpMessageHandler ChannelConnections(bool allowPrivateNetworks);

/// <summary>Posts to channels. What they answer is not kept: it may repeat what it was sent; its status says enough.</summary>
internal sealed class ChannelPoster(Database database, SecretVault vault, ChannelConnections connections, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Lazy<HttpClient> _outside = new(() => ClientOf(connections(allowPrivateNetworks: false)));
    private readonly Lazy<HttpClient> _anywhere = new(() => ClientOf(connections(allowPrivateNetworks: true)));

    /// <summary>Makes one try.</summary>
    /// <param name="id">The message's number in the outbox.</param>
    /// <param name="channel">Where to.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<MailDelivery> PostAsync(long id, ChannelId channel, string body, CancellationToken cancellationToken)
    {
        ChannelRow? row;
        await using (var session = database.OpenRead())
        {
            row = await ChannelStore.FindAsync(session, channel, cancellationToken);
        }

        if (row is null)
        {
            return MailDelivery.Never("The channel was removed.");
        }

        try
        {
            return await PostAsync(row, $"watchbill-{id}", body, cancellationToken);
        }
        catch (SecretUnreadableException)
        {
            return MailDelivery.Never("Its address cannot be decrypted: the key folder is not the one it was written with.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in (Lazy<HttpClient>[])[_outside, _anywhere])
        {
            if (client.IsValueCreated)
            {
                client.Value.Dispose();
            }
        }
    }

    private async Task<MailDelivery> PostAsync(ChannelRow row, string id, string body, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, vault.Unprotect(row.ProtectedAddress))
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        if (row.ProtectedSecret is { } secret)
        {
            foreach (var (name, value) in ChannelSignature.Headers(vault.Unprotect(secret), id, clock.GetUtcNow(), body))
            {
                message.Headers.Add(name, value);
            }
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            using var answer = await (row.AllowPrivateNetworks ? _anywhere : _outside).Value.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return Judge(answer.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return MailDelivery.Later($"The channel did not answer within {Patience.TotalSeconds:0} seconds.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return MailDelivery.Later("The channel cannot be reached, or its certificate is not trusted.");
        }
        catch (UnauthorizedAccessException)
        {
            return MailDelivery.Never(
                row.AllowPrivateNetworks ? "The channel leads to an address that is never allowed, because it gives out a machine's credentials."
                : "The channel leads into a private network. Make it anew and say that it is in one.");
        }
    }

    private static MailDelivery Judge(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => MailDelivery.Done,
        408 or 425 or 429 or >= 500 => MailDelivery.Later($"The channel could not take it now (status {(int)status})."),
        >= 300 and < 400 => MailDelivery.Never($"The channel leads elsewhere (status {(int)status}); give it the address it leads to."),
        _ => MailDelivery.Never($"The channel refused it for good (status {(int)status}). Make it anew with an address that works."),
    };

    private static HttpClient ClientOf(HttpMessageHandler handler)
    {
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 1 };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Watchbill");
        return client;
    }
}
