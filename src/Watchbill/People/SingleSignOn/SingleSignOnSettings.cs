using System.Security;
using Watchbill.Kernel;

namespace Watchbill.People.SingleSignOn;

/// <summary>Reads <see cref="SingleSignOnOptions"/> from settings, and says all that is wrong at once.</summary>
public static class SingleSignOnSettings
{
    private const int LongestSecret = 4096;

    private static readonly string[] Names =
        ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_CLIENT_SECRET_FILE", "OIDC_NAME", "OIDC_SCOPES", "OIDC_GROUPS_CLAIM", "OIDC_GROUP_ROLES", "OIDC_DEFAULT_ROLE", "OIDC_TRUST_ADDRESSES", "SCIM_GROUP_ROLES"];

    /// <summary>Reads the settings.</summary>
    /// <param name="settings">Settings by name, without the prefix of the environment.</param>
    /// <exception cref="SingleSignOnSettingsException">Some are wrong; the message names each, and no value that is secret.</exception>
    public static SingleSignOnOptions Read(IReadOnlyDictionary<string, string?> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        List<string> problems = [];
        var issuer = IssuerOf(settings.Text("OIDC_ISSUER"), problems);
        var passwordsOff = Choice(settings, "PASSWORDS", "off", "on", problems);
        var options = issuer is null ? new SingleSignOnOptions { PasswordsOff = passwordsOff } : OfProvider(issuer, passwordsOff, settings, problems);
        if (issuer is null && settings.Text("OIDC_ISSUER") is null)
        {
            problems.AddRange(Names.Where(name => settings.Text(name) is not null).Select(static name => $"OIDC_ISSUER is missing, although {name} is given."));
            if (passwordsOff)
            {
                problems.Add("PASSWORDS=off needs an identity provider: set OIDC_ISSUER, or nobody could sign in.");
            }
        }

        return problems.Count == 0 ? options : throw new SingleSignOnSettingsException(problems);
    }

    private static SingleSignOnOptions OfProvider(Uri issuer, bool passwordsOff, IReadOnlyDictionary<string, string?> settings, List<string> problems)
    {
        var defaults = new SingleSignOnOptions();
        var client = settings.Text("OIDC_CLIENT_ID");
        if (client is null)
        {
            problems.Add("OIDC_CLIENT_ID is missing: the name under which the identity provider knows Watchbill.");
        }

        if (settings.Text("OIDC_GROUP_ROLES") is not null && settings.Text("SCIM_GROUP_ROLES") is not null)
        {
            problems.Add("OIDC_GROUP_ROLES and SCIM_GROUP_ROLES both say who has which role; set one of them.");
        }

        var scopes = settings.Text("OIDC_SCOPES")?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (scopes is not null && !scopes.Contains("openid"))
        {
            problems.Add("OIDC_SCOPES must hold openid.");
        }

        return new SingleSignOnOptions
        {
            Issuer = issuer,
            ClientId = client ?? "",
            ClientSecret = SecretOf(settings, problems),
            Name = settings.Text("OIDC_NAME") is { Length: <= 60 } name ? name : defaults.Name,
            Scopes = scopes ?? defaults.Scopes,
            GroupsClaim = settings.Text("OIDC_GROUPS_CLAIM") ?? defaults.GroupsClaim,
            GroupRoles = GroupRolesOf("OIDC_GROUP_ROLES", settings, problems),
            DirectoryRoles = GroupRolesOf("SCIM_GROUP_ROLES", settings, problems),
            DefaultRole = DefaultRoleOf(settings.Text("OIDC_DEFAULT_ROLE"), problems),
            TrustsAddresses = Choice(settings, "OIDC_TRUST_ADDRESSES", "yes", "no", problems),
            PasswordsOff = passwordsOff,
        };
    }

    private static Uri? IssuerOf(string? text, List<string> problems)
    {
        if (text is null)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address is { Query: "", Fragment: "", UserInfo: "" })
        {
            return address;
        }

        problems.Add("OIDC_ISSUER is the https address of the identity provider's issuer, for example https://login.example.com/realms/staff (http on this machine only).");
        return null;
    }

    private static string? SecretOf(IReadOnlyDictionary<string, string?> settings, List<string> problems)
    {
        var (given, file) = (settings.Text("OIDC_CLIENT_SECRET"), settings.Text("OIDC_CLIENT_SECRET_FILE"));
        if (file is null)
        {
            return given;
        }

        if (given is not null)
        {
            problems.Add("OIDC_CLIENT_SECRET and OIDC_CLIENT_SECRET_FILE exclude each other.");
            return null;
        }

        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > 0 and <= LongestSecret } && File.ReadAllText(file).Trim() is { Length: > 0 } secret)
            {
                return secret;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            // Told below, like a file that is not there.
        }

        problems.Add("OIDC_CLIENT_SECRET_FILE must be a file that can be read and holds the secret, and nothing else.");
        return null;
    }

    private static Dictionary<string, IReadOnlyList<Role>> GroupRolesOf(string name, IReadOnlyDictionary<string, string?> settings, List<string> problems)
    {
        Dictionary<string, IReadOnlyList<Role>> groups = new(StringComparer.Ordinal);
        foreach (var entry in (settings.Text(name) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // The last one parts them: names of groups may hold an equals sign, as in LDAP.
            var at = entry.LastIndexOf('=');
            var roles = at > 0 ? entry[(at + 1)..].Split('+', StringSplitOptions.TrimEntries).Select(RoleOf).ToList() : [];
            if (roles.Count == 0 || roles.Contains(null))
            {
                problems.Add($"{name} names groups and their roles like sentry-admins=SuperAdministrator;audit=Auditor+ComplianceManager, with the roles {string.Join(", ", Enum.GetNames<Role>())}; this is none: {entry}");
            }
            else if (!groups.TryAdd(entry[..at].Trim(), [.. roles.OfType<Role>()]))
            {
                problems.Add($"{name} names this group twice: {entry[..at].Trim()}");
            }
        }

        return groups;
    }

    private static Role? DefaultRoleOf(string? text, List<string> problems)
    {
        switch (text)
        {
            case null:
                return Role.Member;
            case "none":
                return null;
        }

        if (RoleOf(text) is { } role)
        {
            return role;
        }

        problems.Add($"OIDC_DEFAULT_ROLE is none or one of {string.Join(", ", Enum.GetNames<Role>())}.");
        return null;
    }

    private static Role? RoleOf(string text) => Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(role => role.ToString()!.Equals(text, StringComparison.OrdinalIgnoreCase));

    private static bool Choice(IReadOnlyDictionary<string, string?> settings, string name, string yes, string no, List<string> problems)
    {
        var text = settings.Text(name)?.ToLowerInvariant();
        if (text is not null && text != yes && text != no)
        {
            problems.Add($"{name} is {yes} or {no}.");
        }

        return text == yes;
    }
}
