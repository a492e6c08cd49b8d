namespace Watchbill.People.Identities.Scim;

/// <summary>A part of what a directory holds.</summary>
/// <typeparam name="T">People or groups.</typeparam>
/// <param name="Items">Those of this part.</param>
/// <param name="Total">How many fit.</param>
/// <param name="Start">The number of the first, from 1.</param>
internal sealed record ScimPage<T>(IReadOnlyList<T> Items, int Total, int Start);
