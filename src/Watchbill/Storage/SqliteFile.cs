using Microsoft.Data.Sqlite;

namespace Watchbill.Storage;

/// <summary>The file of a SQLite database: it holds who may do what, so nobody but its owner may read it.</summary>
internal static class SqliteFile
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string PathOf(DatabaseAddress address) => Path.GetFullPath(new SqliteConnectionStringBuilder(address.ConnectionString).DataSource);

    /// <summary>
    /// Makes folder and file when they are missing. SQLite gives its journals the file's permissions. What exists already belongs to
    /// somebody who chose its permissions, and stays.
    /// </summary>
    public static void Create(DatabaseAddress address)
    {
        if (address.Engine is not DatabaseEngine.Sqlite)
        {
            return;
        }

        var path = PathOf(address);
        CreateFolder(Path.GetDirectoryName(path)!);
        CreateFile(path);
    }

    /// <summary>Makes a file that only its owner can read, where there is none.</summary>
    public static void CreateFile(string path)
    {
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = System.IO.FileMode.OpenOrCreate, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = FileMode;
            }

            new FileStream(path, options).Dispose();
        }
    }

    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, FolderMode);
        }
    }

    public static void MakePrivate(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, FileMode);
        }
    }
}
