using System.Globalization;
using Npgsql;

namespace Watchbill.Bench;

/// <summary>What a database was used for.</summary>
/// <param name="Cpu">The time of all processes of the server.</param>
/// <param name="Transactions">Committed and rolled back, in this database.</param>
/// <param name="LogBytes">Bytes of the write-ahead log, of the whole server.</param>
internal readonly record struct DatabaseUse(TimeSpan Cpu, long Transactions, long LogBytes)
{
    public static DatabaseUse operator -(DatabaseUse after, DatabaseUse before) =>
        new(after.Cpu - before.Cpu, after.Transactions - before.Transactions, after.LogBytes - before.LogBytes);
}

/// <summary>A database of the benchmark's own on the PostgreSQL server that <c>tests/postgres</c> started on this machine.</summary>
internal sealed class BenchPostgres : IAsyncDisposable
{
    private const string ServerVariable = "WATCHBILL_TEST_POSTGRES";
    private const string Name = "watchbill_bench";

    /// <summary>The kernel counts in hundredths of a second.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly string _server;
    private readonly NpgsqlDataSource _source;
    private readonly int _postmaster;

    private BenchPostgres(string server, NpgsqlDataSource source, string address, int postmaster)
    {
        _server = server;
        _source = source;
        _postmaster = postmaster;
        Address = address;
    }

    /// <summary>The address as the product reads it.</summary>
    public string Address { get; }

    public static async Task<BenchPostgres> CreateAsync(CancellationToken cancellationToken)
    {
        var server = Environment.GetEnvironmentVariable(ServerVariable) ?? throw new InvalidOperationException($"{ServerVariable} names no server; bench/run starts one.");
        await using (var admin = NpgsqlDataSource.Create(server))
        {
            await using var create = admin.CreateCommand($"CREATE DATABASE {Name}");
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        var connection = new NpgsqlConnectionStringBuilder(server) { Database = Name, MaxPoolSize = 40 }.ConnectionString;
        var source = NpgsqlDataSource.Create(connection);
        await using var backend = source.CreateCommand("SELECT pg_backend_pid()");
        var child = (int)(await backend.ExecuteScalarAsync(cancellationToken))!;
        return new BenchPostgres(server, source, $"postgres:{connection}", Fields(child).Parent);
    }

    /// <summary>What it was used for until now.</summary>
    public async Task<DatabaseUse> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            $"SELECT xact_commit + xact_rollback, (pg_current_wal_insert_lsn() - '0/0')::bigint FROM pg_stat_database WHERE datname = '{Name}'");
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new DatabaseUse(Cpu(), row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>How many reads are asked for and not done.</summary>
    public Task<int> WaitingAsync(CancellationToken cancellationToken) => NumberAsync("SELECT count(*)::int FROM sync_request", cancellationToken);

    /// <summary>How many reads did not end well.</summary>
    public Task<int> FailedAsync(CancellationToken cancellationToken) => NumberAsync("SELECT count(*)::int FROM sync_run WHERE state <> 'Succeeded'", cancellationToken);

    /// <summary>How many sources were checked at least once.</summary>
    public Task<int> CheckedAsync(CancellationToken cancellationToken) => NumberAsync("SELECT count(DISTINCT connector_id)::int FROM check_run", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await using var admin = NpgsqlDataSource.Create(_server);
        await using var drop = admin.CreateCommand($"DROP DATABASE {Name} WITH (FORCE)");
        await drop.ExecuteNonQueryAsync();
    }

    private async Task<int> NumberAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(sql);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Of the server's first process, of those that it started and are there, and of those that have ended.</summary>
    private TimeSpan Cpu()
    {
        var own = Fields(_postmaster);
        var ticks = own.Ticks + own.TicksOfEnded;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && TryFields(process) is { } fields && fields.Parent == _postmaster)
            {
                ticks += fields.Ticks;
            }
        }

        return ticks * Tick;
    }

    private static ProcessFields? TryFields(int process)
    {
        try
        {
            return Fields(process);
        }
        catch (IOException)
        {
            // It has just ended.
            return null;
        }
    }

    /// <summary>See proc_pid_stat(5): after the name in brackets, field 4 is the parent, 14 to 17 are times.</summary>
    private static ProcessFields Fields(int process)
    {
        var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessFields((int)Number(1), Number(11) + Number(12), Number(13) + Number(14));

        long Number(int at) => long.Parse(fields[at], CultureInfo.InvariantCulture);
    }

    private readonly record struct ProcessFields(int Parent, long Ticks, long TicksOfEnded);
}
