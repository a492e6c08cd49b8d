namespace Watchbill.Storage.Backups;

/// <summary>A backup could not be made or restored; the message says why and what to do. Nothing half-done is left.</summary>
public sealed class BackupException : Exception
{
    public BackupException(string message)
        : base(message)
    {
    }

    public BackupException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
