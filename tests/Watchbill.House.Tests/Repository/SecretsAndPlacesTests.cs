using System.Text.RegularExpressions;

namespace Watchbill.House.Tests.Repository;

/// <summary>What must never be in the repository: real people, real secrets, somebody's machine, hosts that nobody needs.</summary>
public sealed partial class SecretsAndPlacesTests
{
    /// <summary>Hosts that text and code may name, besides the reserved ones. A host ends the name or stands alone.</summary>
    private static readonly string[] KnownHosts =
    [
        "sentry.io", "getsentry.com", "github.com", "githubusercontent.com", "microsoft.com", "microsoftonline.com", "accounts.google.com", "dot.net", "apache.org", "w3.org", "json-schema.org",
        "evilsentry.io", // what an attacker might register: ends like the real one, and tests must say so
        "rfc-editor.org", "ietf.org", "oasis-open.org", "schemas.openxmlformats.org", "schemas.openid.net", "sqlite.org", "postgresql.org", "semver.org", "no-color.org", "xunit.net", "in-toto.io",
    ];

    private static readonly string[] ReservedNames = ["example.com", "example.org", "example.net", "example", "test", "invalid", "localhost"];

    [Fact]
    public void No_file_names_a_host_that_is_not_known() =>
        Violations.None(Find(Host(), match => !IsKnownHost(match.Groups["host"].Value), path => !path.EndsWith("packages.lock.json", StringComparison.Ordinal)), "Use the reserved names of RFC 2606, or add the host to the known ones.");

    [Fact]
    public void Every_mail_address_is_in_a_reserved_domain() =>
        Violations.None(Find(MailAddress(), match => !EndsWithAny(match.Groups["domain"].Value, ReservedNames) && !IsUserOfHost(match)), "Use addresses in example.com, example.org or *.test.");

    [Fact]
    public void No_file_names_a_place_on_somebodys_machine() =>
        Violations.None(Find(MachinePath(), _ => true), "Say where a thing is relative to the repository or the data folder.");

    [Fact]
    public void No_file_holds_what_looks_like_a_real_secret() =>
        Violations.None(Find(Secret(), match => LooksRandom(match.Groups["body"].Value)), "Build a secret of a test from a prefix and a repeated character.");

    [Fact]
    public void No_binary_file_is_kept_but_the_small_pictures_of_the_README() =>
        Violations.None(
            RepositoryFiles.All.Where(path => File.ReadAllBytes(RepositoryFiles.FullPath(path)) is var content && content.Contains((byte)0) && !IsPicture(path, content)),
            "Keep no binaries; pictures of the README lie in docs/pictures, each smaller than 120 kB.");

    [Theory]
    [InlineData("8f3a61c9e7b2054d", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("synthetic_0123456789abcdef", false)]
    public void Synthetic_secrets_are_told_from_real_ones(string body, bool real) => Assert.Equal(real, LooksRandom(body));

    private static bool IsPicture(string path, byte[] content) =>
        path.StartsWith("docs/pictures/", StringComparison.Ordinal) && path.EndsWith(".png", StringComparison.Ordinal) && content.Length < 120_000;

    private static IEnumerable<string> Find(Regex pattern, Func<Match, bool> isWrong, Func<string, bool>? isJudged = null) =>
        from path in RepositoryFiles.All.Where(isJudged ?? (_ => true))
        let text = RepositoryFiles.Read(path)
        from match in pattern.Matches(text)
        where isWrong(match)
        select $"{path}:{text.AsSpan(0, match.Index).Count('\n') + 1} {match.Value}";

    private static bool IsKnownHost(string host) =>
        EndsWithAny(host, KnownHosts) || EndsWithAny(host, ReservedNames) || !host.Contains('.', StringComparison.Ordinal) || Numbers().IsMatch(host);

    private static bool EndsWithAny(string host, IEnumerable<string> names) =>
        names.Any(name => host.Equals(name, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));

    /// <summary><c>https://key@o1.ingest.sentry.io/2</c> is a client key's address, not a person's.</summary>
    private static bool IsUserOfHost(Match match) => match.Groups["domain"].Value.EndsWith("sentry.io", StringComparison.OrdinalIgnoreCase) && match.Groups["scheme"].Success;

    /// <summary>A real secret has no pattern: many different characters and no word that calls it synthetic.</summary>
    private static bool LooksRandom(string body) =>
        body.Distinct().Count() > 8 && !SyntheticWords().IsMatch(body);

    [GeneratedRegex(@"https?://(?:[^\s/@""'<>`]*@)?(?<host>[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9])")]
    private static partial Regex Host();

    [GeneratedRegex(@"(?<scheme>https?://)?[A-Za-z0-9._%+-]+@(?<domain>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})\b")]
    private static partial Regex MailAddress();

    [GeneratedRegex(@"(?<![\w.:/*~}-])/(?:home|root|Users|work|private|mnt)/\w+")]
    private static partial Regex MachinePath();

    /// <summary>Complete secrets only: Sentry's have 64 hex digits, or 43 characters after the readable part.</summary>
    [GeneratedRegex(@"(?:sntr(?:yu|ya|yi|yag)_(?<body>[0-9a-f]{64})|sntrys_[A-Za-z0-9+/=-]+_(?<body>[A-Za-z0-9+/]{43})|(?:gh[pousr]_|xox[abps]-|AKIA|AIza|-----BEGIN [A-Z ]*PRIVATE KEY-----\s+)(?<body>[A-Za-z0-9+/_-]{16,}))")]
    private static partial Regex Secret();

    [GeneratedRegex("synthetic|planted|example|fake|secret|0123456789|deadbeef|abcdef", RegexOptions.IgnoreCase)]
    private static partial Regex SyntheticWords();

    [GeneratedRegex(@"^(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254|192\.0\.2|198\.51\.100|203\.0\.113|0)(?:\.\d+)+$")]
    private static partial Regex Numbers();
}
