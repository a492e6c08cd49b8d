using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Watchbill.Requests.Files;

/// <summary>Policies as people write them down: sources, teams and people by name.</summary>
internal sealed partial record PolicyDocument
{
    /// <summary>A longer text is not read.</summary>
    public const int MostCharacters = 256 * 1024;

    /// <summary>In the order in which they are asked.</summary>
    public List<PolicyEntry> Policies { get; init; } = [];

    public string ToYaml() => new SerializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitEmptyCollections)
        .WithIndentedSequences()
        .WithQuotingNecessaryStrings()
        .DisableAliases()
        .Build().Serialize(this);

    /// <summary>What the library says, without the names of our types.</summary>
    private static string Plain(string why) =>
        UnknownWord().Match(why) is { Success: true } match ? $"there is no {match.Groups[1].Value} here" : why.ReplaceLineEndings(" ").TrimEnd('.');

    [GeneratedRegex("^Property '([^']*)' not found on type")]
    private static partial Regex UnknownWord();

    /// <summary>Reads what somebody wrote; a refusal names the line.</summary>
    /// <remarks>Not named Parse: the library calls a static method of that name for a document that is one word, which would call the library again, without end.</remarks>
    public static Kernel.Result<PolicyDocument> FromYaml(string text)
    {
        if (text.Length > MostCharacters)
        {
            return RequestRefusals.BadPolicyFile($"it has {text.Length:N0} characters, and at most {MostCharacters:N0} are read");
        }

        try
        {
            var deserializer = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build();
            return deserializer.Deserialize<PolicyDocument?>(text) is { Policies: { } policies } document && !policies.Contains(null!)
                ? document
                : RequestRefusals.BadPolicyFile("it holds no list of policies");
        }
        catch (YamlException exception)
        {
            var why = exception.InnerException is { } inner and not YamlException ? inner.Message : exception.Message;
            return RequestRefusals.BadPolicyFile($"line {exception.Start.Line}, column {exception.Start.Column}: {Plain(why)}");
        }
    }
}

/// <summary>One policy as it is written down. What is left out is as in a new policy.</summary>
internal sealed record PolicyEntry
{
    public string? Name { get; init; }

    public int Position { get; init; }

    public bool On { get; init; } = true;

    /// <summary>The source by its name; all when left out.</summary>
    public string? Source { get; init; }

    public List<string>? Kinds { get; init; }

    public List<string>? Roles { get; init; }

    /// <summary>Teams by slug, or by Sentry's id.</summary>
    public List<string>? Teams { get; init; }

    public List<string>? AskerTeams { get; init; }

    public int? LongestMinutes { get; init; }

    public bool AllowForever { get; init; }

    public int? ReasonLength { get; init; }

    public string? TicketPattern { get; init; }

    public int? AnswerWithinHours { get; init; }

    public List<StepEntry>? Steps { get; init; }

    public AutomaticEntry? Automatic { get; init; }

    public int? EmergencyMinutes { get; init; }

    public int? ReviewWithinHours { get; init; }
}

/// <summary>One step of a policy.</summary>
internal sealed record StepEntry
{
    public List<string>? Rules { get; init; }

    /// <summary>People by the addresses of their accounts.</summary>
    public List<string>? Named { get; init; }

    public int Needed { get; init; } = 1;
}

/// <summary>When nobody needs to be asked.</summary>
internal sealed record AutomaticEntry
{
    public List<string>? OnTeams { get; init; }

    public int? UpToMinutes { get; init; }

    public int? FromHour { get; init; }

    public int? UntilHour { get; init; }

    public string? TimeZone { get; init; }
}
