using OtpNet;

namespace Watchbill.People.SecondFactors;

/// <summary>
/// Codes of six digits that change every 30 seconds (RFC 6238, SHA-1): what every authenticator app makes. The code of the step before and of the one after count too, because
/// clocks differ.
/// </summary>
internal static class OneTimeCodes
{
    /// <summary>As long as the digest, as RFC 4226 recommends.</summary>
    private const int SecretBytes = 20;

    private const int Digits = 6;

    private static readonly VerificationWindow OneStepAround = new(previous: 1, future: 1);

    /// <summary>A new secret, in base32.</summary>
    public static string CreateSecret() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretBytes));

    /// <summary>The address that an app reads from a picture.</summary>
    /// <param name="secret">In base32.</param>
    /// <param name="account">Whose codes they are, as the app shows them.</param>
    /// <param name="host">Which Watchbill: people may have accounts of several.</param>
    public static string AddressOf(string secret, string account, string host) => new OtpUri(OtpType.Totp, secret, account, $"Watchbill ({host})").ToString();

    /// <summary>Whether a text can be a code.</summary>
    public static bool IsWellFormed(string text) => text.Length == Digits && text.All(char.IsAsciiDigit);

    /// <summary>The step whose code it is; null when it is none of now. One that was used once must not be used again.</summary>
    public static long? StepOf(string secret, string code, DateTimeOffset now) =>
        IsWellFormed(code) && new Totp(Base32Encoding.ToBytes(secret)).VerifyTotp(now.UtcDateTime, code, out var step, OneStepAround) ? step : null;
}
