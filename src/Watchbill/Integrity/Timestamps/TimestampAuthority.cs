using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;

namespace Watchbill.Integrity.Timestamps;

/// <summary>Asks the time authority that is configured. It gets a hash, and learns nothing else.</summary>
internal sealed class TimestampAuthority(TimestampOptions options) : IDisposable
{
    private const int NonceBytes = 16;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = options.Timeout, MaxResponseContentBufferSize = Timestamp.MostBytes };

    /// <summary>A token about a text, whose every part was checked.</summary>
    /// <exception cref="TimestampException">There is none, and why.</exception>
    public async Task<byte[]> StampAsync(string text, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var asked = Rfc3161TimestampRequest.CreateFromData(bytes, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(NonceBytes), requestSignerCertificates: true);
        try
        {
            using var query = new ByteArrayContent(asked.Encode());
            query.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
            using var answer = await _http.PostAsync(options.Authority, query, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new TimestampException($"The time authority answered with status {(int)answer.StatusCode}.");
            }

            // Whether it is about this text and this question, and granted, is checked here.
            var token = asked.ProcessResponse(await answer.Content.ReadAsByteArrayAsync(cancellationToken), out _).AsSignedCms().Encode();
            var anchors = options.CertificatesPem is { } pem ? TimestampOptions.CertificatesOf(pem) : null;
            return Timestamp.Read(token, bytes, anchors) is not null ? token
                : throw new TimestampException("The time authority's token is not signed as it must be, or its certificate does not come from those in TIMESTAMP_CA.");
        }
        catch (CryptographicException wrong)
        {
            throw new TimestampException($"What the time authority answered is no token for what it was asked: {wrong.Message}", wrong);
        }
        catch (HttpRequestException unreachable)
        {
            throw new TimestampException($"The time authority cannot be reached: {unreachable.Message}", unreachable);
        }
        catch (TaskCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimestampException($"The time authority did not answer within {options.Timeout.TotalSeconds:N0} seconds.", late);
        }
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>A time authority gave no token that can be used; the message says why.</summary>
public sealed class TimestampException(string message, Exception? cause = null) : Exception(message, cause);
