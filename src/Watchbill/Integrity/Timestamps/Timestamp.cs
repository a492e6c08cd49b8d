using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Watchbill.Integrity.Timestamps;

/// <summary>What a time authority said: that a text was there at an instant (RFC 3161).</summary>
/// <param name="At">The instant.</param>
/// <param name="Authority">Whose certificate it is signed with.</param>
internal sealed record Timestamp(DateTimeOffset At, string Authority)
{
    /// <summary>Longer tokens are not read.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Reads a token about a text: the text is the one that it is about, and it is signed by a certificate for time stamps that lies in it.</summary>
    /// <param name="token">The token, as DER.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchors">The certificates that the authority's must come from; null for any.</param>
    /// <returns>Null for anything else.</returns>
    public static Timestamp? Read(byte[] token, ReadOnlySpan<byte> text, X509Certificate2Collection? anchors)
    {
        try
        {
            if (token.Length > MostBytes || !Rfc3161TimestampToken.TryDecode(token, out var read, out var consumed) || consumed != token.Length)
            {
                return null;
            }

            if (!read.VerifySignatureForData(text, out var signer))
            {
                return null;
            }

            using (signer)
            {
                return anchors is null || ComesFrom(signer, read, anchors) ? new Timestamp(read.TokenInfo.Timestamp, signer.Subject) : null;
            }
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether a certificate was good for it at the instant that it names; whether it was revoked later nobody is asked, because packs are verified offline.</summary>
    private static bool ComesFrom(X509Certificate2 signer, Rfc3161TimestampToken token, X509Certificate2Collection anchors)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                VerificationTime = token.TokenInfo.Timestamp.UtcDateTime,
                DisableCertificateDownloads = true,
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(anchors);
        chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        return chain.Build(signer);
    }
}
