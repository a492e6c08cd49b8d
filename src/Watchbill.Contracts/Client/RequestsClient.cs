using Watchbill.Contracts.Requests;

namespace Watchbill.Contracts.Client;

/// <summary>Access that is asked for and ends by itself.</summary>
public sealed class RequestsClient
{
    private readonly ApiTransport _transport;

    internal RequestsClient(ApiTransport transport) => _transport = transport;

    /// <summary>The organizations in which the caller may ask for access.</summary>
    public Task<IReadOnlyList<RequestPlace>> PlacesAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<RequestPlace>>("requests/places", cancellationToken);

    /// <summary>What the caller may ask for.</summary>
    public Task<IReadOnlyList<CatalogueEntry>> CatalogueAsync(CatalogueQuery query, CancellationToken cancellationToken) =>
        _transport.GetAsync<IReadOnlyList<CatalogueEntry>>("requests/catalogue", query, cancellationToken);

    /// <summary>Requests: one's own, those that wait for one, or all; the newest first.</summary>
    public Task<Page<AccessRequest>> ListAsync(AccessRequestQuery query, CancellationToken cancellationToken) => _transport.GetAsync<Page<AccessRequest>>("requests", query, cancellationToken);

    /// <summary>One of them, with what was said and what came of it.</summary>
    public Task<AccessRequestDetails> FindAsync(long request, CancellationToken cancellationToken) => _transport.GetAsync<AccessRequestDetails>($"requests/{request}", cancellationToken);

    /// <summary>Asks.</summary>
    public Task<AccessRequest> AskAsync(NewAccessRequest request, CancellationToken cancellationToken) => _transport.PostAsync<AccessRequest>("requests", request, cancellationToken);

    /// <summary>Says yes.</summary>
    public Task<AccessRequest> ApproveAsync(long request, RequestApproval approval, CancellationToken cancellationToken) =>
        _transport.PostAsync<AccessRequest>($"requests/{request}/approve", approval, cancellationToken);

    /// <summary>Says no.</summary>
    public Task<AccessRequest> DenyAsync(long request, RequestReason reason, CancellationToken cancellationToken) => _transport.PostAsync<AccessRequest>($"requests/{request}/deny", reason, cancellationToken);

    /// <summary>Takes a request back.</summary>
    public Task<AccessRequest> WithdrawAsync(long request, CancellationToken cancellationToken) => _transport.PostAsync<AccessRequest>($"requests/{request}/withdraw", body: null, cancellationToken);

    /// <summary>Says of an emergency, afterwards, whether it was one.</summary>
    public Task<AccessRequest> ReviewAsync(long request, EmergencyReview review, CancellationToken cancellationToken) => _transport.PostAsync<AccessRequest>($"requests/{request}/review", review, cancellationToken);

    /// <summary>Grants; the next to end first.</summary>
    public Task<IReadOnlyList<TemporaryGrant>> GrantsAsync(GrantQuery query, CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<TemporaryGrant>>("grants", query, cancellationToken);

    /// <summary>Ends a grant before its time: gives back one's own, or revokes somebody's with a reason.</summary>
    public Task<TemporaryGrant> EndAsync(long grant, RequestReason reason, CancellationToken cancellationToken) => _transport.PostAsync<TemporaryGrant>($"grants/{grant}/end", reason, cancellationToken);

    /// <summary>Access in Sentry that differs from what was granted, open ones first.</summary>
    public Task<IReadOnlyList<AccessDrift>> DriftsAsync(DriftQuery query, CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<AccessDrift>>("drifts", query, cancellationToken);

    /// <summary>Lets it stay, with a reason and an end.</summary>
    public Task<AccessDrift> AcceptDriftAsync(long drift, DriftAcceptance acceptance, CancellationToken cancellationToken) =>
        _transport.PostAsync<AccessDrift>($"drifts/{drift}/accept", acceptance, cancellationToken);

    /// <summary>Puts back what was granted or, after the end, what was there before.</summary>
    public Task<AccessDrift> RemoveDriftAsync(long drift, RequestReason reason, CancellationToken cancellationToken) => _transport.PostAsync<AccessDrift>($"drifts/{drift}/remove", reason, cancellationToken);

    /// <summary>How fast access is there, policy by policy, and who took it in an emergency.</summary>
    public Task<RequestInsight> InsightAsync(InsightQuery query, CancellationToken cancellationToken) => _transport.GetAsync<RequestInsight>("request-insight", query, cancellationToken);

    /// <summary>Access that is there all the time and that nobody used.</summary>
    public Task<UnusedReport> UnusedAsync(UnusedQuery query, CancellationToken cancellationToken) => _transport.GetAsync<UnusedReport>("request-insight/unused", query, cancellationToken);

    /// <summary>The policies, in the order in which they are asked.</summary>
    public Task<IReadOnlyList<RequestPolicy>> PoliciesAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<RequestPolicy>>("request-policies", cancellationToken);

    /// <summary>All versions of a policy, the newest first.</summary>
    public Task<IReadOnlyList<RequestPolicy>> PolicyVersionsAsync(long policy, CancellationToken cancellationToken) =>
        _transport.GetAsync<IReadOnlyList<RequestPolicy>>($"request-policies/{policy}/versions", cancellationToken);

    /// <summary>All policies as one text, in YAML.</summary>
    public Task<PolicyText> ExportPoliciesAsync(CancellationToken cancellationToken) => _transport.GetAsync<PolicyText>("request-policies/export", cancellationToken);

    /// <summary>Makes the policies what a text says, all of it or nothing.</summary>
    public Task<IReadOnlyList<PolicyFileChange>> ImportPoliciesAsync(PolicyImport import, CancellationToken cancellationToken) =>
        _transport.PostAsync<IReadOnlyList<PolicyFileChange>>("request-policies/import", import, cancellationToken);

    /// <summary>Makes a policy, or changes the one whose number it has.</summary>
    public Task<RequestPolicy> SavePolicyAsync(RequestPolicy policy, CancellationToken cancellationToken) => _transport.PostAsync<RequestPolicy>("request-policies", policy, cancellationToken);
}
