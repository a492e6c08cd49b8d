using Watchbill.Access;
using Watchbill.Access.Facts;

namespace Watchbill.Connectors.Sentry;

/// <summary>What is kept of one member that Sentry listed.</summary>
/// <param name="Fact">The member or invitation.</param>
/// <param name="Activity">When they were last seen; null when Sentry does not say.</param>
internal readonly record struct ObservedMember(MemberFact Fact, PrincipalActivity? Activity);
