using Watchbill.Connectors.Collecting;
using Watchbill.Evidence;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Evidence;

/// <summary>Reads evidence of connectors' organizations.</summary>
internal sealed class EvidenceSource(SentryClients clients, EvidencePlans plans, CollectOptions options)
{
    /// <summary>Reads one kind into the sink.</summary>
    /// <returns>Why it was not read to its end; null when it was.</returns>
    public async Task<ScopeFailure?> ReadAsync(ConnectorRow connector, EvidenceKind kind, EvidenceSink sink, RequestMeter meter, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.Open(connector, meter);
            var home = await client.ResolveRegionAsync(connector.OrganizationSlug, cancellationToken);
            if (home.Organization.Id != connector.OrganizationId)
            {
                throw UnbelievableAnswerException.OtherOrganization(connector.OrganizationSlug, home.Organization.Id, connector.OrganizationId!);
            }

            await new EvidenceReader(client, connector.OrganizationSlug, plans.Of(connector.Id), options).ReadAsync(kind, sink, cancellationToken);
            return null;
        }
        catch (SentryException failure)
        {
            return SentryFailures.From(failure);
        }
        catch (UnbelievableAnswerException failure)
        {
            return new ScopeFailure("unbelievable-answer", failure.Message);
        }
    }
}
