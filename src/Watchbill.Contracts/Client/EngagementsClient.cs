using Watchbill.Contracts.Compliance;
using Watchbill.Contracts.Engagements;

namespace Watchbill.Contracts.Client;

/// <summary>Audit engagements.</summary>
public sealed class EngagementsClient
{
    private readonly ApiTransport _transport;

    internal EngagementsClient(ApiTransport transport) => _transport = transport;

    /// <summary>Those that you may enter, newest first.</summary>
    public Task<IReadOnlyList<Engagement>> ListAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<Engagement>>("engagements", cancellationToken);

    /// <summary>One with how its controls stand and what was asked for.</summary>
    public Task<EngagementRoom> FindAsync(long engagement, CancellationToken cancellationToken) => _transport.GetAsync<EngagementRoom>($"engagements/{engagement}", cancellationToken);

    /// <summary>Opens one.</summary>
    public Task<Engagement> OpenAsync(NewEngagement engagement, CancellationToken cancellationToken) => _transport.PostAsync<Engagement>("engagements", engagement, cancellationToken);

    /// <summary>Says who the auditors are, and until when.</summary>
    public Task<Engagement> ChangeAsync(long engagement, EngagementAccess access, CancellationToken cancellationToken) => _transport.PostAsync<Engagement>($"engagements/{engagement}/access", access, cancellationToken);

    /// <summary>Closes one for good.</summary>
    public Task<Engagement> CloseAsync(long engagement, ExceptionDecision why, CancellationToken cancellationToken) => _transport.PostAsync<Engagement>($"engagements/{engagement}/close", why, cancellationToken);

    /// <summary>Asks for something.</summary>
    public Task<EvidenceRequest> AskAsync(long engagement, NewEvidenceRequest request, CancellationToken cancellationToken) =>
        _transport.PostAsync<EvidenceRequest>($"engagements/{engagement}/requests", request, cancellationToken);

    /// <summary>Asks for everything that a file names: all of its lines, or none.</summary>
    public Task<IReadOnlyList<EvidenceRequest>> ImportAsync(long engagement, NewEvidenceRequestFile file, CancellationToken cancellationToken) =>
        _transport.PostAsync<IReadOnlyList<EvidenceRequest>>($"engagements/{engagement}/requests/import", file, cancellationToken);

    /// <summary>A request with what was done and said.</summary>
    public Task<EvidenceRequestDetails> RequestAsync(long engagement, long number, CancellationToken cancellationToken) =>
        _transport.GetAsync<EvidenceRequestDetails>($"engagements/{engagement}/requests/{number}", cancellationToken);

    /// <summary>Answers, returns, accepts, withdraws or comments on a request.</summary>
    public Task<EvidenceRequest> StepAsync(long engagement, long number, NewEngagementNote note, CancellationToken cancellationToken) =>
        _transport.PostAsync<EvidenceRequest>($"engagements/{engagement}/requests/{number}/notes", note, cancellationToken);

    /// <summary>Says something about a control.</summary>
    public Task<EngagementNote> CommentAsync(long engagement, NewControlComment comment, CancellationToken cancellationToken) =>
        _transport.PostAsync<EngagementNote>($"engagements/{engagement}/comments", comment, cancellationToken);
}
