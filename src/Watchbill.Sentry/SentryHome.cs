namespace Watchbill.Sentry;

/// <summary>Where an organization's data is read from.</summary>
/// <param name="Organization">The organization as it was read to find out.</param>
/// <param name="DataAddress">The host that is asked for members, teams and projects from now on.</param>
/// <param name="Warning">Why the region Sentry named is not used; null when it is, or when none was named.</param>
public sealed record SentryHome(SentryOrganization Organization, Uri DataAddress, string? Warning);
