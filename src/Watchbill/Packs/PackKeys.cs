using Watchbill.Integrity;

namespace Watchbill.Packs;

/// <summary>The keys that a pack is signed with; read when the first pack is made.</summary>
internal sealed class PackKeys(Lazy<StatementKey> statements, Lazy<LogKey> log)
{
    public StatementKey Statements => statements.Value;

    public LogKey Log => log.Value;
}
