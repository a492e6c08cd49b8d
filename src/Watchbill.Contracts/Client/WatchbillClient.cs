namespace Watchbill.Contracts.Client;

/// <summary>
/// Talks to a Watchbill server. Refusals are thrown as <see cref="WatchbillApiException"/>, a server that cannot be reached as
/// <see cref="HttpRequestException"/>. Changes carry an idempotency key and are sent a second time when their answer was lost.
/// </summary>
public sealed class WatchbillClient
{
    private readonly ApiTransport _transport;

    /// <summary>Talks through a client whose base address is the server's and which carries the API token as a bearer token.</summary>
    /// <param name="http">The caller owns it.</param>
    public WatchbillClient(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        _transport = new ApiTransport(http);
        Connectors = new ConnectorsClient(_transport);
        Runs = new RunsClient(_transport);
        People = new PeopleClient(_transport);
        Identities = new IdentitiesClient(_transport);
        Requests = new RequestsClient(_transport);
        Reviews = new ReviewsClient(_transport);
        Compliance = new ComplianceClient(_transport);
        EvidenceLog = new EvidenceLogClient(_transport);
        Artifacts = new ArtifactsClient(_transport);
        Engagements = new EngagementsClient(_transport);
        EvidencePacks = new EvidencePackClient(_transport);
        Notifications = new NotificationsClient(_transport);
        Devices = new DevicesClient(_transport);
        Operations = new OperationsClient(_transport);
    }

    /// <summary>Connectors.</summary>
    public ConnectorsClient Connectors { get; }

    /// <summary>Sync runs.</summary>
    public RunsClient Runs { get; }

    /// <summary>Accounts, sessions, API tokens and the audit log.</summary>
    public PeopleClient People { get; }

    /// <summary>Directories, the people in them, and the rules by which accounts find them.</summary>
    public IdentitiesClient Identities { get; }

    /// <summary>Access that is asked for and ends by itself, and the policies for it.</summary>
    public RequestsClient Requests { get; }

    /// <summary>Access reviews.</summary>
    public ReviewsClient Reviews { get; }

    /// <summary>Checks, frameworks, exceptions and actions.</summary>
    public ComplianceClient Compliance { get; }

    /// <summary>The log that makes the audit log provable.</summary>
    public EvidenceLogClient EvidenceLog { get; }

    /// <summary>Files that people keep as evidence.</summary>
    public ArtifactsClient Artifacts { get; }

    /// <summary>Audit engagements.</summary>
    public EngagementsClient Engagements { get; }

    /// <summary>Evidence packs.</summary>
    public EvidencePackClient EvidencePacks { get; }

    /// <summary>Channels that announcements go to, and how you yourself are told about things.</summary>
    public NotificationsClient Notifications { get; }

    /// <summary>How a program without a browser gets its token.</summary>
    public DevicesClient Devices { get; }

    /// <summary>Watchbill itself.</summary>
    public OperationsClient Operations { get; }

    /// <summary>Who can reach what in the organization of one connector.</summary>
    public AccessClient Access(long connector) => new(_transport, connector);

    /// <summary>What is collected from the organization of one connector beside access.</summary>
    public EvidenceClient Evidence(long connector) => new(_transport, connector);

    /// <summary>Changes in the organization of one connector.</summary>
    public ProvisioningClient Provisioning(long connector) => new(_transport, connector);
}
