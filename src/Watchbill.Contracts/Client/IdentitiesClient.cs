using Watchbill.Contracts.Access;
using Watchbill.Contracts.People;

namespace Watchbill.Contracts.Client;

/// <summary>Directories, the people in them, and the rules by which accounts find them.</summary>
public sealed class IdentitiesClient
{
    private readonly ApiTransport _transport;

    internal IdentitiesClient(ApiTransport transport) => _transport = transport;

    /// <summary>The directories.</summary>
    public Task<IReadOnlyList<IdentityDirectory>> DirectoriesAsync(CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<IdentityDirectory>>("directories", cancellationToken);

    /// <summary>One directory.</summary>
    public Task<IdentityDirectory> DirectoryAsync(long directory, CancellationToken cancellationToken) => _transport.GetAsync<IdentityDirectory>(Path(directory), cancellationToken);

    /// <summary>Makes a directory, empty.</summary>
    public Task<IdentityDirectory> CreateAsync(NewDirectory directory, CancellationToken cancellationToken) => _transport.PostAsync<IdentityDirectory>("directories", directory, cancellationToken);

    /// <summary>Removes a directory: its people match no account any more.</summary>
    public Task RemoveAsync(long directory, CancellationToken cancellationToken) => _transport.SendAsync(new Outgoing(HttpMethod.Delete, Path(directory)), cancellationToken);

    /// <summary>Makes a token with which an identity provider pushes people; the one before stops working.</summary>
    public Task<DirectoryToken> IssueTokenAsync(long directory, CancellationToken cancellationToken) => _transport.PostAsync<DirectoryToken>($"{Path(directory)}/token", body: null, cancellationToken);

    /// <summary>The groups that an identity provider pushed into a directory.</summary>
    public Task<IReadOnlyList<PushedGroup>> GroupsAsync(long directory, CancellationToken cancellationToken) => _transport.GetAsync<IReadOnlyList<PushedGroup>>($"{Path(directory)}/groups", cancellationToken);

    /// <summary>Lets the groups that are pushed into a directory decide who has an account here, or no more.</summary>
    public Task<IdentityDirectory> LetDecideAsync(long directory, bool decides, CancellationToken cancellationToken) =>
        _transport.SendAsync<IdentityDirectory>(new Outgoing(HttpMethod.Put, $"{Path(directory)}/decides-accounts") { Body = new DirectoryDecides(decides) }, cancellationToken);

    /// <summary>Lets nobody push any more.</summary>
    public Task RevokeTokenAsync(long directory, CancellationToken cancellationToken) => _transport.SendAsync(new Outgoing(HttpMethod.Delete, $"{Path(directory)}/token"), cancellationToken);

    /// <summary>Sends a file and says what taking it would do.</summary>
    public Task<Upload> SendAsync(long directory, NewUpload upload, CancellationToken cancellationToken) => _transport.PostAsync<Upload>($"{Path(directory)}/uploads", upload, cancellationToken);

    /// <summary>What taking a file would do now.</summary>
    public Task<Upload> UploadAsync(string upload, CancellationToken cancellationToken) => _transport.GetAsync<Upload>(Path(upload), cancellationToken);

    /// <summary>Reads the same file with other columns.</summary>
    public Task<Upload> ChooseAsync(string upload, UploadColumns columns, CancellationToken cancellationToken) =>
        _transport.SendAsync<Upload>(new Outgoing(HttpMethod.Put, $"{Path(upload)}/columns") { Body = columns }, cancellationToken);

    /// <summary>Takes a file: everything it says, or nothing of it.</summary>
    public Task<Upload> TakeAsync(string upload, TakeUpload take, CancellationToken cancellationToken) => _transport.PostAsync<Upload>($"{Path(upload)}/take", take, cancellationToken);

    /// <summary>A part of the people.</summary>
    public Task<Page<Identity>> ListAsync(IdentityQuery query, CancellationToken cancellationToken) => _transport.GetAsync<Page<Identity>>("identities", query, cancellationToken);

    /// <summary>One person.</summary>
    public Task<Identity> FindAsync(long identity, CancellationToken cancellationToken) => _transport.GetAsync<Identity>($"identities/{identity}", cancellationToken);

    /// <summary>The rules by which accounts find their people, in the order in which they are asked.</summary>
    public Task<MatchRules> RulesAsync(CancellationToken cancellationToken) => _transport.GetAsync<MatchRules>("match-rules", cancellationToken);

    /// <summary>Puts other rules in their place.</summary>
    public Task<MatchRules> SetRulesAsync(MatchRules rules, CancellationToken cancellationToken) =>
        _transport.SendAsync<MatchRules>(new Outgoing(HttpMethod.Put, "match-rules") { Body = rules }, cancellationToken);

    private static string Path(long directory) => $"directories/{directory}";

    private static string Path(string upload) => $"uploads/{Uri.EscapeDataString(upload)}";
}
