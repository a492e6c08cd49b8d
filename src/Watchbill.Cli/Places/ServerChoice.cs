using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;

namespace Watchbill.Cli.Places;

/// <summary>Which server a command line means, and by which token it is asked.</summary>
/// <param name="Address">The server, ending in a slash.</param>
internal sealed record ServerChoice(Uri Address)
{
    /// <summary>The environment variable that names the server.</summary>
    public const string ServerVariable = "WATCHBILL_SERVER";

    /// <summary>The environment variable that holds an API token.</summary>
    public const string TokenVariable = "WATCHBILL_TOKEN";

    /// <summary>The server that was named; null when none was.</summary>
    /// <exception cref="BadInputException">It is no address, or a database was named beside it.</exception>
    public static ServerChoice? Of(Terminal terminal, GlobalOptions global, ParseResult parsed)
    {
        var namesDatabase = parsed.GetValue(global.Demo) || parsed.GetValue(global.Database) is not null;
        if (parsed.GetValue(global.Server) is { } written)
        {
            return namesDatabase ? throw new BadInputException("--server goes with neither --database nor --demo: say where to ask, once.") : Parse(written);
        }

        // A database on the command line is nearer than a server in the environment.
        return !namesDatabase && terminal.Variable(ServerVariable) is { Length: > 0 } variable ? Parse(variable) : null;
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="BadInputException">It is none.</exception>
    public static ServerChoice Parse(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") && address is { UserInfo: "", Query: "", Fragment: "" }
            ? new ServerChoice(address)
            : throw new BadInputException($"{text} is no address of a server. Write it like https://watchbill.example.com.");

    /// <summary>The token: from the environment, else what a login kept.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public string ReadToken(Terminal terminal)
    {
        if (terminal.Variable(TokenVariable) is { Length: > 0 } token)
        {
            return Checked(token.Trim());
        }

        return KeptLogins.Of(terminal).Find(Address) is { } login
            ? Checked(login.Token)
            : throw new BadInputException($"Nobody is signed in to {Address}. Sign in with: watchbill login --server {Address}, or set {TokenVariable} to an API token.");
    }

    /// <summary>A client for the server. Redirects are not followed: a token is for one place.</summary>
    /// <param name="token">The API token; null for what needs none.</param>
    /// <param name="warn">Told what a person should know.</param>
    public HttpClient Connect(string? token, Action<string> warn)
    {
        if (token is not null && Address.Scheme == Uri.UriSchemeHttp && !Address.IsLoopback)
        {
            warn($"Warning: {Address} is plain http; whoever is on the way can read the token.");
        }

        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All, ConnectTimeout = TimeSpan.FromSeconds(15) })
        {
            BaseAddress = Address,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("watchbill", typeof(ServerChoice).Assembly.GetName().Version?.ToString(3)));
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static string Checked(string token) => token.All(static letter => letter is > ' ' and < (char)127) && token.Length <= 200
        ? token
        : throw new BadInputException($"{TokenVariable} does not hold an API token: it is one word that begins with wbt_.");
}
