using System.CommandLine;

namespace Watchbill.Cli;

/// <summary>A command whose help shows examples.</summary>
internal sealed class DocumentedCommand(string name, string description) : Command(name, description)
{
    /// <summary>Whole lines that can be run as they are.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];
}
