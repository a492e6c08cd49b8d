namespace Watchbill.Console.SignedIn;

/// <summary>Where somebody is led on to after they signed in: only ever on this server.</summary>
public static class LocalAddress
{
    /// <summary>An address on this server; whatever could lead elsewhere becomes the other one.</summary>
    public static string Or(string? address, string otherwise) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && address.Length <= 2000 && !address.Any(char.IsControl) ? address : otherwise;
}
