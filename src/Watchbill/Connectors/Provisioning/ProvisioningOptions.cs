namespace Watchbill.Connectors.Provisioning;

/// <summary>How patient changes are made.</summary>
public sealed class ProvisioningOptions
{
    /// <summary>A change whose process did not report for so long is taken over. <value>Default one minute.</value></summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The pauses before a change that may still work is tried again; after the last one a person is asked. <value>Default 30 seconds to 6 hours.</value></summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } =
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];
}
