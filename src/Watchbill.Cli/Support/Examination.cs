using Microsoft.Extensions.DependencyInjection;
using Watchbill.Cli.Serving;
using Watchbill.Compliance.Artifacts;
using Watchbill.Connectors;
using Watchbill.Integrity.Timestamps;
using Watchbill.Kernel;
using Watchbill.Notifications;
using Watchbill.Operations;
using Watchbill.People.Identities.Scim;
using Watchbill.People.Passwords;
using Watchbill.People.SecondFactors;
using Watchbill.People.SingleSignOn;
using Watchbill.Server.SignIn;
using Watchbill.Storage;

namespace Watchbill.Cli.Support;

/// <summary>What can be looked at without opening the product: files, disk, settings, whether the database answers.</summary>
internal static class Examination
{
    private const long LowDisk = 1L << 30;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The files.</summary>
    public static IEnumerable<Finding> OfPlace(DatabaseChoice database)
    {
        yield return new Finding("version", FindingLevel.Good, $"Watchbill {NodeBook.ThisVersion}, schema {Migrator.Latest}, .NET {Environment.Version}, {Environment.OSVersion}.");
        if (database.File is { } file)
        {
            foreach (var finding in OfFile(file))
            {
                yield return finding;
            }
        }

        if (!Directory.Exists(database.KeyFolder))
        {
            yield return new Finding("keys", FindingLevel.Warning, $"There is no key folder at {database.KeyFolder}.", "It is made at the first use. If there were keys: name their folder with --key-folder, or restore it from the backup.");
            yield break;
        }

        var open = Directory.EnumerateFiles(database.KeyFolder, "*", SearchOption.AllDirectories).Count(IsOpenToOthers);
        yield return open == 0
            ? new Finding("keys", FindingLevel.Good, $"The key folder {database.KeyFolder} is readable by its owner only.")
            : new Finding("keys", FindingLevel.Bad, $"{open} files in the key folder {database.KeyFolder} can be read by others on this machine.", $"chmod -R go= {database.KeyFolder}");
    }

    /// <summary>The settings of a server in the environment.</summary>
    public static IEnumerable<Finding> OfSettings(Terminal terminal)
    {
        var settings = ConsoleServer.Settings(terminal);
        Action[] readings =
        [
            () => MailOptions.Read(settings), () => SingleSignOnSettings.Read(settings), () => LeaverOptions.Read(settings), () => BreachedPasswordOptions.Read(settings), () => SecondFactorOptions.Read(settings), () => TimestampOptions.Read(settings),
            () => RetentionOptions.Read(settings), () => VirusScanOptions.Read(settings), () => RequestLimitOptions.Read(settings),
            () => ServeSettings.Drain(terminal.Variable("WATCHBILL_DRAIN_SECONDS")), () => ServeSettings.ParallelSyncs(terminal.Variable("WATCHBILL_PARALLEL_SYNCS")),
        ];
        var problems = readings.Select(ProblemOf).OfType<string>().ToList();
        return problems.Count == 0
            ? [new Finding("settings", FindingLevel.Good, $"{settings.Count} in this environment; what they say can be used.")]
            : problems.Select(static problem => new Finding("settings", FindingLevel.Bad, problem, "In the environment their names begin with WATCHBILL_. The server may have other settings than this shell."));
    }

    /// <summary>Whether the database answers, with which schema.</summary>
    public static async Task<IReadOnlyList<Finding>> OfDatabaseAsync(DatabaseChoice database, CancellationToken cancellationToken)
    {
        if (database.File is { } file && !File.Exists(file))
        {
            return [new Finding("database", FindingLevel.Bad, $"There is no database at {file}.", "Name another with --database, connect a Sentry with watchbill connect, or restore a backup.")];
        }

        await using var product = database.Compose();
        return await product.GetRequiredService<DatabaseHealth>().ExplainAsync(cancellationToken) is { } problem
            ? [new Finding("database", FindingLevel.Bad, problem, "Any command of this version brings an older schema up to date; a newer one needs the newer version.")]
            : [new Finding("database", FindingLevel.Good, $"{database.Address} answers, with the schema of this version.")];
    }

    private static IEnumerable<Finding> OfFile(string file)
    {
        if (File.Exists(file))
        {
            yield return IsOpenToOthers(file)
                ? new Finding("database", FindingLevel.Warning, $"{file} can be read by others on this machine.", $"chmod go= {file}")
                : new Finding("database", FindingLevel.Good, $"{file}, {new FileInfo(file).Length / 1048576.0:0.0} MB, readable by its owner only.");
        }

        var free = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(file))!).AvailableFreeSpace;
        yield return free < LowDisk
            ? new Finding("disk", FindingLevel.Bad, $"{free / 1048576:N0} MB are free where the database is.", "Make room: a full disk stops every write.")
            : new Finding("disk", FindingLevel.Good, $"{free / 1073741824:N0} GB are free where the database is.");
    }

    private static bool IsOpenToOthers(string file) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0;

    private static string? ProblemOf(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception wrong) when (wrong is SettingsException or BadInputException)
        {
            return wrong.Message;
        }
    }
}
