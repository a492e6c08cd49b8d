using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Watchbill.Sentry.Simulator.Generation;
using Watchbill.Sentry.Simulator.Permissions;

namespace Watchbill.Sentry.Simulator.State;

/// <summary>
/// Everything the simulated Sentry knows: accounts, credentials and organizations. Safe for use from several threads; what belongs to an
/// organization is guarded by that organization's lock.
/// </summary>
public sealed class World
{
    private readonly int seed;
    private readonly ConcurrentDictionary<long, User> users = [];
    private readonly ConcurrentDictionary<string, Token> tokens = new(StringComparer.Ordinal);
    private readonly List<Organization> organizations = [];
    private long lastId = 700_000_000;
    private long lastUserId = 280_000_000;
    private long lastMemberId = 57_000_000;
    private long lastSecret;

    internal World(SimulatorOptions options)
    {
        seed = options.Seed;
        Clock = options.Clock;
    }

    public TimeProvider Clock { get; }

    public IReadOnlyList<Organization> Organizations => organizations;

    public IReadOnlyCollection<Token> Tokens => [.. tokens.Values];

    /// <summary>The clock's time, cut to microseconds as Sentry's database cuts it.</summary>
    internal DateTimeOffset Now
    {
        get
        {
            var now = Clock.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>Base URL of the control silo without a trailing slash; empty until the server listens.</summary>
    internal string ControlUrl { get; set; } = "";

    /// <summary>Base URLs of the regions by name; empty where one host serves everything.</summary>
    internal IReadOnlyDictionary<string, string> RegionUrls { get; set; } = new Dictionary<string, string>();

    /// <summary>Generates a world from the options' seed and sizes.</summary>
    public static World Generate(SimulatorOptions options)
    {
        var world = new World(options);
        new WorldGenerator(world, options).Run();
        return world;
    }

    /// <summary>Finds an organization by id or slug.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Organization Organization(string idOrSlug) =>
        Find(idOrSlug) ?? throw new KeyNotFoundException($"There is no organization {idOrSlug}.");

    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public User User(long id) => users[id];

    public User AddUser(string email, string name)
    {
        var user = new User { Id = NextUserId(), Email = email, Name = name, DateJoined = Now };
        users[user.Id] = user;
        return user;
    }

    /// <summary>
    /// Creates a credential for the first organization; see
    /// <see cref="CredentialChanges.IssueToken(Organization, TokenKind, long?, IEnumerable{string})"/>.
    /// </summary>
    public string IssueToken(TokenKind kind, long? userId = null, params IEnumerable<string> scopes) => organizations[0].IssueToken(kind, userId, scopes);

    /// <summary>Creates a personal token and returns it whole, so that expiry can be set.</summary>
    /// <param name="user">Whom it acts as.</param>
    /// <param name="scopes">Scopes asked for; higher ones bring the lower ones.</param>
    /// <param name="pinnedTo">The only organization it may be used for, or null.</param>
    public Token IssuePersonalToken(User user, ScopeSet scopes, Organization? pinnedTo = null)
    {
        var token = new Token
        {
            Id = NextId(),
            Value = "sntryu_" + Secret(64),
            Kind = TokenKind.Personal,
            Scopes = scopes.Expanded(),
            User = user,
            Organization = pinnedTo,
            DateCreated = Now,
        };
        Keep(token);
        return token;
    }

    /// <summary>Makes a token unknown. False when it was unknown before.</summary>
    public bool RevokeToken(string value) => tokens.TryRemove(value, out _);

    /// <summary>What Sentry would let a member do on a project; see <see cref="AccessRules"/>.</summary>
    public AccessDecision Decide(Organization organization, Member member, long projectId) =>
        Own(organization).Locked(() => AccessRules.Decide(organization, member, organization.ProjectRows.Find(projectId)));

    /// <summary>What Sentry would let the holder of a token do on a project.</summary>
    public AccessDecision Decide(Organization organization, string token, long projectId) =>
        Own(organization).Locked(() => AccessRules.Decide(organization, FindToken(token), organization.ProjectRows.Find(projectId)));

    /// <summary>A snapshot of everything, for comparisons.</summary>
    public Truth Truth() => State.Truth.Of(this);

    internal Organization? Find(string idOrSlug) =>
        organizations.Find(organization => organization.Slug == idOrSlug || (long.TryParse(idOrSlug, out var id) && organization.Id == id));

    internal User? FindUser(long? id) => id is { } value ? users.GetValueOrDefault(value) : null;

    internal Token? FindToken(string value) => tokens.GetValueOrDefault(value);

    internal User UserOf(string email) =>
        users.Values.FirstOrDefault(user => string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase)) ?? AddUser(email, NameOf(email));

    internal void Keep(Token token) => tokens[token.Value] = token;

    internal void Keep(User user) => users[user.Id] = user;

    internal void Keep(Organization organization) => organizations.Add(organization);

    internal string RegionUrl(string region) => RegionUrls.GetValueOrDefault(region, ControlUrl);

    internal long NextId() => Interlocked.Increment(ref lastId);

    internal long NextUserId() => Interlocked.Add(ref lastUserId, 7);

    internal long NextMemberId() => Interlocked.Add(ref lastMemberId, 3);

    internal Guid NextGuid() => new(Digest().AsSpan(0, 16));

    /// <summary>The next secret text of the seed's sequence: hexadecimal digits.</summary>
    internal string Secret(int length) => Convert.ToHexStringLower(Digest())[..length];

    private static string NameOf(string email) =>
        string.Join(' ', email.Split('@')[0].Split('.', '-').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    private Organization Own(Organization organization) =>
        organizations.Contains(organization) ? organization : throw new ArgumentException("The organization is of another world.", nameof(organization));

    private byte[] Digest() => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{Interlocked.Increment(ref lastSecret)}"));
}
