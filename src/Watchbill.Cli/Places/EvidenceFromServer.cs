using Watchbill.Cli.Input;
using Watchbill.Evidence;
using Watchbill.Kernel;
using Contract = Watchbill.Contracts.Evidence;

namespace Watchbill.Cli.Places;

/// <summary>Evidence as a server tells it, in the product's own terms.</summary>
internal static class EvidenceFromServer
{
    private static readonly Actor Unknown = new(ActorKind.System, "server");

    /// <summary>Kinds that this version does not know are left out: a newer server may have more.</summary>
    public static IReadOnlyList<EvidenceStanding> Of(IReadOnlyList<Contract.EvidenceKind> kinds, ConnectorId connector) =>
    [
        .. kinds.Select(kind => (Kind: kind, Definition: EvidenceKinds.Find(kind.Name))).Where(static pair => pair.Definition is not null)
            .Select(pair => new EvidenceStanding(pair.Definition!, Of(pair.Kind.Complete, pair.Definition!, connector), Of(pair.Kind.Latest, pair.Definition!, connector), pair.Kind.IsRequested)),
    ];

    public static Collection? Of(Contract.EvidenceCollection? collection, EvidenceDefinition info, ConnectorId connector) => collection is null ? null : new Collection
    {
        Id = new CollectionId(collection.Id),
        ConnectorId = connector,
        Kind = info.Kind,
        Part = collection.Issue,
        State = Choices.Parse<CollectionState>(collection.State),
        StartedAt = collection.StartedAt,
        EndedAt = collection.EndedAt,
        Query = collection.Query,
        Requests = collection.Requests,
        Rows = collection.Rows,
        Kept = collection.Kept,
        Remaining = collection.Remaining,
        Reported = collection.Reported,
        Opened = collection.Opened,
        Changed = collection.Changed,
        Closed = collection.Closed,
        Note = collection.Note,
        FailureCode = collection.FailureCode,
        Actor = Unknown,
    };

    public static EvidenceRecord Of(Contract.EvidenceRecord row, EvidenceKind kind) => new()
    {
        Kind = kind,
        Key = row.Key,
        Parent = row.Parent,
        Name = row.Name,
        State = row.State,
        At = row.At,
        LastAt = row.LastAt,
        Document = row.Document.GetRawText(),
        Counters = row.Counters?.GetRawText(),
        From = row.From,
        To = row.To,
    };
}
