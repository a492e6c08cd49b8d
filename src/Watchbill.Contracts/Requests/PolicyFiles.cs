using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Watchbill.Contracts.Requests;

/// <summary>All policies as one text.</summary>
/// <param name="Text">YAML: sources, teams and people by name.</param>
public sealed record PolicyText(string Text);

/// <summary>Policies that shall be what a text says.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PolicyImport
{
    /// <summary>YAML, as the export writes it.</summary>
    [Required, StringLength(262144)]
    public required string Text { get; init; }

    /// <summary>Whether only to say what would change.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What an import makes of one policy.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Change">new, changed or same.</param>
public sealed record PolicyFileChange(string Name, string Change);
