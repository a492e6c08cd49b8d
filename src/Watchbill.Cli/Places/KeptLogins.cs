using System.Text.Json;
using System.Text.Json.Serialization;

namespace Watchbill.Cli.Places;

/// <summary>The API tokens that logins brought, in a file that only its owner can read.</summary>
internal sealed class KeptLogins(string path)
{
    private const string FolderVariable = "WATCHBILL_CONFIG";

    /// <summary>Those of the person at this keyboard.</summary>
    public static KeptLogins Of(Terminal terminal)
    {
        var home = Named(terminal, "XDG_CONFIG_HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
        var folder = Named(terminal, FolderVariable) ?? Path.Combine(home, "watchbill");
        return new KeptLogins(Path.Combine(folder, "logins.json"));
    }

    public KeptLogin? Find(Uri server) => Read().GetValueOrDefault(server.AbsoluteUri);

    public void Keep(Uri server, KeptLogin login)
    {
        var logins = Read();
        logins[server.AbsoluteUri] = login;
        Write(logins);
    }

    /// <summary>Forgets a login; null when there was none.</summary>
    public KeptLogin? Forget(Uri server)
    {
        var logins = Read();
        if (!logins.Remove(server.AbsoluteUri, out var login))
        {
            return null;
        }

        Write(logins);
        return login;
    }

    private Dictionary<string, KeptLogin> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), LoginsJson.Default.DictionaryStringKeptLogin) ?? [];
        }
        catch (JsonException)
        {
            throw new BadInputException($"The file of logins {path} cannot be read. Remove it and sign in again.");
        }
    }

    /// <summary>The whole file or nothing: it is put in place only once it is written.</summary>
    private void Write(Dictionary<string, KeptLogin> logins)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var next = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(next, options))
        {
            JsonSerializer.Serialize(file, logins, LoginsJson.Default.DictionaryStringKeptLogin);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private static string? Named(Terminal terminal, string variable) => terminal.Variable(variable) is { Length: > 0 } text ? text : null;
}

/// <summary>What a login brought.</summary>
/// <param name="Token">The API token.</param>
/// <param name="Name">What it is called on the server.</param>
/// <param name="ExpiresAt">Until when it works.</param>
internal sealed record KeptLogin(string Token, string Name, DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"login {Name}";
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, KeptLogin>))]
internal sealed partial class LoginsJson : JsonSerializerContext;
