using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;
using Watchbill.Cli.Input;

namespace Watchbill.Cli.Declared;

/// <summary>Declarations as YAML.</summary>
internal static class DeclarationFile
{
    private const long Largest = 1024 * 1024;
    private const int LongestSecret = 4096;

    private static readonly ISerializer Writer = new SerializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithIndentedSequences().WithQuotingNecessaryStrings().DisableAliases()
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitEmptyCollections).Build();

    private static readonly IDeserializer Reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build();

    /// <summary>Reads one.</summary>
    /// <exception cref="BadInputException">It cannot be read; the message says where.</exception>
    public static Declaration Read(FileInfo file)
    {
        var text = InputFile.Read(file, Largest);
        try
        {
            var read = Reader.Deserialize<Declaration?>(text) ?? throw new BadInputException($"{file.Name} is empty.");
            if (read.Watchbill != Declaration.Known)
            {
                throw new BadInputException($"{file.Name} must say 'watchbill: {Declaration.Known}', the version of this format that is known here.");
            }

            Twins(file, "source", read.Sources.Select(static source => source.Name));
            Twins(file, "channel", read.Channels.Select(static channel => channel.Name));
            Twins(file, "review", read.Reviews.Select(static review => review.Name));
            Twins(file, "framework", read.Frameworks.Select(static framework => framework.Id));
            return read;
        }
        catch (YamlException wrong)
        {
            throw new BadInputException($"{file.Name}, line {wrong.Start.Line}: {wrong.InnerException?.Message ?? wrong.Message}");
        }
    }

    /// <summary>Writes one.</summary>
    public static string Write(object declaration) => Writer.Serialize(declaration);

    /// <summary>Anything, for a part that is passed on as it is.</summary>
    public static IReadOnlyList<object> ReadList(string yaml, string key) =>
        Reader.Deserialize<Dictionary<string, List<object>>?>(yaml)?.GetValueOrDefault(key) ?? [];

    /// <summary>The secret that is at a place.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static string Read(this SecretPlace place, string what, Terminal terminal, DirectoryInfo? folder)
    {
        var secret = place switch
        {
            { Env: { } name, File: null } => terminal.Variable(name) ?? throw new BadInputException($"{what} is in the variable {name}, which is not set."),
            { Env: null, File: { } path } => InputFile.Read(new FileInfo(Path.Combine(folder?.FullName ?? "", path)), LongestSecret),
            _ => throw new BadInputException($"{what} is written as 'env: NAME' or 'file: PATH', one of them."),
        };
        return secret.Trim() is { Length: > 0 } text ? text : throw new BadInputException($"{what} is empty.");
    }

    private static void Twins(FileInfo file, string kind, IEnumerable<string> names)
    {
        var all = names.ToList();
        if (all.Any(string.IsNullOrWhiteSpace))
        {
            throw new BadInputException($"{file.Name} has a {kind} without a name.");
        }

        if (all.GroupBy(static name => name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twins)
        {
            throw new BadInputException($"{file.Name} names the {kind} {twins.Key} twice.");
        }
    }
}
