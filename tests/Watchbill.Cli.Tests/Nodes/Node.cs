using System.Collections.Concurrent;
using System.Diagnostics;

namespace Watchbill.Cli.Tests.Nodes;

/// <summary>One <c>watchbill serve</c>, as a process of its own.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    private Node(Process process) => _process = process;

    /// <summary>Where it answers.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The number of its process.</summary>
    public int Id => _process.Id;

    /// <summary>What it said so far.</summary>
    public string Said => string.Join('\n', _said);

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<Node> StartAsync(string database, string keys, params (string Name, string Value)[] settings)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Watchbill.Cli.dll"), "serve", "--listen", "http://127.0.0.1:0", "--no-evidence", "--database", database, "--key-folder", keys];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var node = new Node(Process.Start(start)!);
        node._process.ErrorDataReceived += (_, line) => node._said.Enqueue(line.Data ?? "");
        node._process.BeginErrorReadLine();
        var first = await node._process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(node.Said);
        _ = node._process.StandardOutput.ReadToEndAsync();
        node.Address = new Uri(first.Split(' ')[3]);
        return node;
    }

    /// <summary>Ends it without warning.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Tells it to end.</summary>
    /// <returns>What it ended with.</returns>
    public async Task<int> EndAsync()
    {
        Signal("TERM");
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Sends it a signal: <c>STOP</c> makes it stand still, <c>CONT</c> wakes it.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
