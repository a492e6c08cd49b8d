using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Watchbill.People.Passwords;

/// <summary>
/// A stored password: <c>pbkdf2-sha256$iterations$salt$hash</c>, the last two in URL-safe base64. The parameters are stored with each, so that
/// they can grow and old ones still verify.
/// </summary>
internal sealed record PasswordHash(int Iterations, byte[] Salt, byte[] Hash)
{
    private const string Algorithm = "pbkdf2-sha256";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static PasswordHash Create(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(iterations, salt, Derive(password, salt, iterations));
    }

    /// <summary>Reads a stored hash; throws on one that this version did not write, because nobody could sign in with it.</summary>
    public static PasswordHash Parse(string text)
    {
        var parts = text.Split('$');
        return parts is [Algorithm, _, _, _]
            ? new PasswordHash(int.Parse(parts[1], CultureInfo.InvariantCulture), Base64Url.DecodeFromChars(parts[2]), Base64Url.DecodeFromChars(parts[3]))
            : throw new FormatException("A stored password hash is of an unknown kind.");
    }

    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, Salt, Iterations), Hash);

    /// <summary>As it is stored.</summary>
    public string ToStored() =>
        string.Create(CultureInfo.InvariantCulture, $"{Algorithm}${Iterations}${Base64Url.EncodeToString(Salt)}${Base64Url.EncodeToString(Hash)}");

    /// <inheritdoc/>
    public override string ToString() => Algorithm;

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
