using System.Text.Json;
using Watchbill.Audit;

namespace Watchbill.Integrity.Keys;

/// <summary>What the sealed audit log tells of replaced keys, to be compared with the keys that the database names: none is hidden, and none came from nowhere.</summary>
internal sealed class KeyReplacements
{
    private readonly Dictionary<string, string?> _told = new(StringComparer.Ordinal);

    /// <summary>Takes an event that is as it was sealed.</summary>
    public void See(AuditEvent auditEvent)
    {
        if (auditEvent is { Action: EvidenceKeys.Replaced, After: { } after })
        {
            using var document = JsonDocument.Parse(after);
            _told[auditEvent.SubjectId] = document.RootElement.GetProperty("fingerprint").GetString();
        }
    }

    /// <summary>What does not fit, in sentences.</summary>
    public List<string> Compare(params IReadOnlyList<(KeyUse Use, KeyChain Chain)> chains)
    {
        var named = chains.SelectMany(static one => one.Chain.Keys.Select((key, index) => (Name: EvidenceKeys.NameOf(one.Use, index + 1), key.Fingerprint, IsFirst: index == 0))).ToList();
        return
        [
            .. chains.Select(static one => one.Chain.Problem).OfType<string>(),
            .. _told.Where(told => !named.Any(key => key.Name == told.Key && key.Fingerprint == told.Value)).Select(static told => $"The key {told.Key}, of which the audit log tells, is not among the keys."),
            .. named.Where(key => !key.IsFirst && !_told.ContainsKey(key.Name)).Select(static key => $"The audit log tells nothing of the key {key.Name}."),
        ];
    }
}
