namespace Watchbill.Access;

/// <summary>A scope that could not be read.</summary>
/// <param name="Scope">The scope, see <see cref="Access.Scope"/>.</param>
/// <param name="Reason">Why, in one sentence for people.</param>
public readonly record struct StaleScope(string Scope, string Reason);
