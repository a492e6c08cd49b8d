namespace Watchbill.People;

/// <summary>How long things last, and how dear a guess is.</summary>
public sealed record PeopleOptions
{
    /// <summary>
    /// How often the password hash is iterated. <value>600,000</value>, what OWASP asks of PBKDF2 with SHA-256; about a fifth of a second. It is
    /// stored with each hash: a larger number takes effect for everybody at their next sign-in.
    /// </summary>
    public int PasswordIterations { get; init; } = 600_000;

    /// <summary>A session ends when it was not used for so long. <value>12 hours</value></summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A session ends so long after sign-in, however much it is used. <value>7 days</value></summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long an invitation can be accepted. <value>7 days</value></summary>
    public TimeSpan InvitationLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a link to set up, sign in or choose a new password works. <value>24 hours</value></summary>
    public TimeSpan LinkLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long somebody who showed their password may take to show, or set up, their second factor. <value>10 minutes</value></summary>
    public TimeSpan SecondStepLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a device login waits to be approved. <value>10 minutes</value></summary>
    public TimeSpan DeviceLoginLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a program must wait between two questions whether its login was approved. <value>5 seconds</value></summary>
    public TimeSpan DevicePollPause { get; init; } = TimeSpan.FromSeconds(5);
}
