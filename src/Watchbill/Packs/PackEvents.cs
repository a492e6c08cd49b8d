using System.Text.Json;
using Watchbill.Audit;
using Watchbill.Compliance;
using Watchbill.People;

namespace Watchbill.Packs;

/// <summary>What the audit log keeps of a pack, or of a set of packs, that was made.</summary>
internal static class PackEvents
{
    /// <param name="action">What was made.</param>
    /// <param name="made">The file: its hash and its key are noted.</param>
    /// <param name="caller">For whom.</param>
    /// <param name="about">What it is about, by name.</param>
    public static AuditEvent Made(string action, MadePack made, Caller caller, params IEnumerable<(string Name, string Value)> about)
    {
        SortedDictionary<string, string> text = new(StringComparer.Ordinal) { ["sha256"] = made.Sha256, ["key"] = made.KeyFingerprint };
        foreach (var (name, value) in about)
        {
            text.Add(name, value);
        }

        return new AuditEvent
        {
            Actor = caller.Actor,
            Action = action,
            SubjectKind = "evidence-pack",
            SubjectId = made.FileName,
            After = JsonSerializer.Serialize(text, ComplianceJson.Default.SortedDictionaryStringString),
        };
    }
}
