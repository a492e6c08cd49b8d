namespace Watchbill.Kernel;

/// <summary>Identifies a connector: a configured connection to one Sentry organization.</summary>
public readonly record struct ConnectorId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a sync run of a connector.</summary>
public readonly record struct SyncRunId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a collection: one read of one kind of evidence.</summary>
public readonly record struct CollectionId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a provisioning task: one intended change in Sentry.</summary>
public readonly record struct ProvisioningTaskId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an account: somebody who can sign in to Watchbill.</summary>
public readonly record struct AccountId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a session: one signed-in browser.</summary>
public readonly record struct SessionId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an API token.</summary>
public readonly record struct ApiTokenId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a directory: a list of people that Watchbill was given.</summary>
public readonly record struct DirectoryId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an identity: a real person in a directory.</summary>
public readonly record struct IdentityId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a campaign: one access review of one organization.</summary>
public readonly record struct CampaignId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a review item: one grant in a campaign.</summary>
public readonly record struct ReviewItemId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a channel: a place that announcements go to.</summary>
public readonly record struct ChannelId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a policy: who may ask for what, and who decides.</summary>
public readonly record struct RequestPolicyId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a request: somebody asked for access.</summary>
public readonly record struct AccessRequestId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a temporary grant: access that ends by itself.</summary>
public readonly record struct TemporaryGrantId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a drift: access in Sentry that differs from what was granted.</summary>
public readonly record struct AccessDriftId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies a run of all checks over one connector.</summary>
public readonly record struct CheckRunId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an exception: a failure that somebody approved for a time.</summary>
public readonly record struct CheckExceptionId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an action: a task of compliance that somebody owns.</summary>
public readonly record struct ComplianceActionId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an engagement: what auditors look at, and for how long.</summary>
public readonly record struct EngagementId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies something that auditors of an engagement asked for.</summary>
public readonly record struct EvidenceRequestId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>Identifies an artifact: a file that somebody keeps as evidence.</summary>
public readonly record struct ArtifactId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
