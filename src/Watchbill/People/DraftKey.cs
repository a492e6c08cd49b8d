using System.Buffers.Text;
using System.Security.Cryptography;

namespace Watchbill.People;

/// <summary>Names of what somebody is trying out and only they may go on with: connections, files. They cannot be guessed.</summary>
internal static class DraftKey
{
    private const int Bytes = 18;

    /// <summary>A new one.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text can be one: whatever somebody writes into an address is looked at before a database is asked for it.</summary>
    public static bool IsWellFormed(string text) => text.Length == Base64Url.GetEncodedLength(Bytes) && Base64Url.IsValid(text);
}
