using System.Diagnostics;

namespace Watchbill.Kernel;

/// <summary>Names a process so that another one on the same machine can tell whether it still lives.</summary>
internal static class ProcessName
{
    /// <summary>Where numbers of processes mean something: containers may share the name of their machine, and not its processes.</summary>
    private static readonly string Machine = OperatingSystem.IsLinux() && File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false) is { Name: var space }
        ? $"{Environment.MachineName}+{space}"
        : Environment.MachineName;

    public static string Current()
    {
        using var process = Process.GetCurrentProcess();
        return $"{Machine}/{process.Id}/{process.StartTime.ToUniversalTime().Ticks}";
    }

    /// <summary>Whether what a process held may be taken over: it gave no sign of life for the time of its lease, or it certainly ended.</summary>
    public static bool HasLeft(string owner, DateTimeOffset leaseUntil, DateTimeOffset now) => leaseUntil < now || IsGone(owner);

    /// <summary>Whether the process certainly ended. Of another machine's process nobody can say; its lease decides.</summary>
    public static bool IsGone(string owner)
    {
        var parts = owner.Split('/');
        if (parts.Length != 3 || parts[0] != Machine || !int.TryParse(parts[1], out var id))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited || Math.Abs(process.StartTime.ToUniversalTime().Ticks - long.Parse(parts[2])) > TimeSpan.TicksPerSecond;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
