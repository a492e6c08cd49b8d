using Watchbill.Contracts.People;

namespace Watchbill.Contracts.Client;

/// <summary>Accounts, sessions, API tokens and the audit log.</summary>
public sealed class PeopleClient
{
    private readonly ApiTransport _transport;

    internal PeopleClient(ApiTransport transport) => _transport = transport;

    /// <summary>Who asks, and what they may do.</summary>
    public Task<Me> MeAsync(CancellationToken cancellationToken) => _transport.GetAsync<Me>("me", cancellationToken);

    /// <summary>One's own API tokens.</summary>
    public Task<IReadOnlyList<ApiToken>> MyTokensAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<ApiToken>>("me/tokens", cancellationToken);

    /// <summary>The API tokens of everybody.</summary>
    public Task<IReadOnlyList<ApiToken>> TokensAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<ApiToken>>("tokens", cancellationToken);

    /// <summary>The API tokens of an account.</summary>
    public Task<IReadOnlyList<ApiToken>> TokensOfAsync(long account, CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<ApiToken>>($"{Path(account)}/tokens", cancellationToken);

    /// <summary>Revokes an API token.</summary>
    public Task RevokeTokenAsync(long token, CancellationToken cancellationToken) => _transport.SendAsync(new Outgoing(HttpMethod.Delete, $"tokens/{token}"), cancellationToken);

    /// <summary>A part of the accounts.</summary>
    public Task<Page<Account>> ListAsync(AccountQuery query, CancellationToken cancellationToken) => _transport.GetAsync<Page<Account>>("people", query, cancellationToken);

    /// <summary>An account.</summary>
    public Task<Account> FindAsync(long account, CancellationToken cancellationToken) => _transport.GetAsync<Account>(Path(account), cancellationToken);

    /// <summary>Invites somebody.</summary>
    public Task<Invitation> InviteAsync(NewInvitation invitation, CancellationToken cancellationToken) => _transport.PostAsync<Invitation>("people", invitation, cancellationToken);

    /// <summary>Makes a new invitation link; the old one stops working.</summary>
    public Task<Invitation> ResendInvitationAsync(long account, CancellationToken cancellationToken) => _transport.PostAsync<Invitation>($"{Path(account)}/invitation", body: null, cancellationToken);

    /// <summary>Takes an invitation back.</summary>
    public Task WithdrawInvitationAsync(long account, CancellationToken cancellationToken) => _transport.SendAsync(new Outgoing(HttpMethod.Delete, $"{Path(account)}/invitation"), cancellationToken);

    /// <summary>Makes a link with which the person chooses a new password.</summary>
    public Task<OneTimeLink> IssuePasswordLinkAsync(long account, CancellationToken cancellationToken) => _transport.PostAsync<OneTimeLink>($"{Path(account)}/password-link", body: null, cancellationToken);

    /// <summary>Replaces an account's roles, in the version that was read.</summary>
    public Task<Account> ChangeRolesAsync(long account, long version, NewRoles roles, CancellationToken cancellationToken) => ChangeAsync(HttpMethod.Put, $"{Path(account)}/roles", version, roles, cancellationToken);

    /// <summary>Changes an account's name, in the version that was read.</summary>
    public Task<Account> RenameAsync(long account, long version, NewName name, CancellationToken cancellationToken) => ChangeAsync(HttpMethod.Put, $"{Path(account)}/name", version, name, cancellationToken);

    /// <summary>Closes an account, in the version that was read.</summary>
    public Task<Account> CloseAsync(long account, long version, CancellationToken cancellationToken) => ChangeAsync(HttpMethod.Post, $"{Path(account)}/close", version, body: null, cancellationToken);

    /// <summary>Opens a closed account again, in the version that was read.</summary>
    public Task<Account> ReopenAsync(long account, long version, CancellationToken cancellationToken) => ChangeAsync(HttpMethod.Post, $"{Path(account)}/reopen", version, body: null, cancellationToken);

    /// <summary>The signed-in browsers of an account.</summary>
    public Task<IReadOnlyList<Session>> SessionsAsync(long account, CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<Session>>($"{Path(account)}/sessions", cancellationToken);

    /// <summary>Signs an account out everywhere.</summary>
    public Task EndSessionsAsync(long account, CancellationToken cancellationToken) => _transport.SendAsync(new Outgoing(HttpMethod.Delete, $"{Path(account)}/sessions"), cancellationToken);

    /// <summary>Signs one browser out.</summary>
    public Task EndSessionAsync(long account, long session, CancellationToken cancellationToken) =>
        _transport.SendAsync(new Outgoing(HttpMethod.Delete, $"{Path(account)}/sessions/{session}"), cancellationToken);

    /// <summary>Removes the second factor of somebody who lost it.</summary>
    public Task RemoveSecondFactorAsync(long account, CancellationToken cancellationToken) =>
        _transport.SendAsync(new Outgoing(HttpMethod.Delete, $"{Path(account)}/second-factor"), cancellationToken);

    /// <summary>A part of what was done in Watchbill, newest first.</summary>
    public Task<Page<AuditEvent>> AuditAsync(AuditEventQuery query, CancellationToken cancellationToken) => _transport.GetAsync<Page<AuditEvent>>("audit", query, cancellationToken);

    /// <summary>The latest mails, newest first.</summary>
    public Task<IReadOnlyList<Mail>> MailAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<Mail>>("mail", cancellationToken);

    private static string Path(long account) => $"people/{account}";

    private Task<Account> ChangeAsync(HttpMethod method, string path, long version, object? body, CancellationToken cancellationToken) =>
        _transport.SendAsync<Account>(new Outgoing(method, path) { Body = body, Version = version }, cancellationToken);
}
