namespace Watchbill.Access.Changes;

/// <summary>Something about access that differs between two instants.</summary>
/// <param name="Kind">What sort, kebab-case.</param>
/// <param name="SubjectId">Whom or what it concerns, by Sentry's id or the ledger's key.</param>
/// <param name="Sentence">It, in words.</param>
public sealed record AccessChange(string Kind, string SubjectId, string Sentence);
