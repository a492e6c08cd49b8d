namespace Watchbill.Cli.Input;

/// <summary>Files that people name on the command line.</summary>
internal static class InputFile
{
    /// <summary>The text of one.</summary>
    /// <param name="file">Which.</param>
    /// <param name="most">It has at most so many bytes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="BadInputException">It cannot be read, or is larger.</exception>
    public static async Task<string> ReadAsync(FileInfo file, long most, CancellationToken cancellationToken)
    {
        try
        {
            return file.Length > most ? throw new BadInputException($"{file.Name} is larger than {most:N0} bytes.") : await File.ReadAllTextAsync(file.FullName, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file.Name} could not be read: {exception.Message}");
        }
    }
}
