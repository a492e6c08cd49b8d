namespace Watchbill.Cli.Input;

/// <summary>Files that people name on the command line.</summary>
internal static class InputFile
{
    /// <inheritdoc cref="ReadAsync"/>
    public static string Read(FileInfo file, long most)
    {
        try
        {
            return file.Length > most ? throw TooLarge(file, most) : File.ReadAllText(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, exception);
        }
    }

    /// <summary>The text of one.</summary>
    /// <param name="file">Which.</param>
    /// <param name="most">It has at most so many bytes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="BadInputException">It cannot be read, or is larger.</exception>
    public static async Task<string> ReadAsync(FileInfo file, long most, CancellationToken cancellationToken)
    {
        try
        {
            return file.Length > most ? throw TooLarge(file, most) : await File.ReadAllTextAsync(file.FullName, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, exception);
        }
    }

    private static BadInputException TooLarge(FileInfo file, long most) => new($"{file.Name} is larger than {most:N0} bytes.");

    private static BadInputException Unreadable(FileInfo file, Exception exception) => new($"{file.Name} could not be read: {exception.Message}");
}
