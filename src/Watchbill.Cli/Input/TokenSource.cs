using System.CommandLine;

namespace Watchbill.Cli.Input;

/// <summary>
/// Where a Sentry token comes from: a file, standard input, the environment or a hidden prompt. Never from the command line itself,
/// which ends in the shell's history and in everybody's process list.
/// </summary>
internal sealed class TokenSource
{
    /// <summary>The environment variable that may hold the token.</summary>
    public const string Variable = "WATCHBILL_SENTRY_TOKEN";

    private const int LongestToken = 4096;
    private readonly Option<string?> _file;
    private readonly Option<string?> _refused;

    /// <summary>Adds the options to a command that needs a token.</summary>
    public TokenSource(Command command)
    {
        _file = new Option<string?>("--token-file")
        {
            Description = $"A file that holds nothing but the token; - reads standard input [default: ${Variable}, else a prompt]",
            HelpName = "path",
        }.WithText("token file", TextRules.LongText);
        _refused = new Option<string?>("--token") { Hidden = true, Arity = ArgumentArity.ZeroOrOne };
        _refused.Validators.Add(static result => result.AddError(
            $"A token written on the command line ends in the shell's history and in the process list. Use --token-file, the variable {Variable}, or wait for the prompt; and replace the token you just wrote."));
        command.Add(_file);
        command.Add(_refused);
    }

    /// <summary>Reads the token; what is wrong with it is for the use case to say.</summary>
    /// <exception cref="BadInputException">There is none, or the file cannot be read.</exception>
    public async Task<string> ReadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var terminal = context.Terminal;
        if (context.Value(_file) is { } path)
        {
            return Checked(path == "-" ? await terminal.Input.ReadToEndAsync(cancellationToken) : await ReadFileAsync(path, context, cancellationToken));
        }

        if (terminal.Variable(Variable) is { Length: > 0 } token)
        {
            return Checked(token);
        }

        return terminal.InputIsInteractive
            ? Checked(await terminal.AskSecretAsync("Sentry token (not shown while you type): ", cancellationToken))
            : throw new BadInputException($"No token was given. Use --token-file PATH (or - for standard input), or set {Variable}.");
    }

    private static async Task<string> ReadFileAsync(string path, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > LongestToken)
            {
                throw new BadInputException($"The token file {path} is {file.Length:N0} bytes long; a token is at most {LongestToken:N0}. Is it the right file?");
            }

            WarnWhenOthersCanRead(file, context);
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The token file {path} cannot be read: {exception.Message}");
        }
    }

    private static void WarnWhenOthersCanRead(FileInfo file, CommandContext context)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        if (!OperatingSystem.IsWindows() && file.Exists && (file.UnixFileMode & Others) != 0)
        {
            context.Say($"Warning: other accounts of this machine can read the token file; run: chmod 600 {file.Name}");
        }
    }

    private static string Checked(string text)
    {
        var token = text.Trim();
        return token.Length switch
        {
            0 => throw new BadInputException("The token is empty. Copy it whole from Sentry, where it is shown once."),
            > LongestToken => throw new BadInputException($"What was given as the token is {token.Length:N0} characters long; a token is at most {LongestToken:N0}."),
            _ when token.Any(char.IsControl) => throw new BadInputException("What was given as the token has several lines or control characters; give the token alone, on one line."),
            _ => token,
        };
    }
}
