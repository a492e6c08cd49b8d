using Watchbill.Kernel;

namespace Watchbill.Cli.Places;

/// <summary>What commands ask about actions, wherever Watchbill is.</summary>
internal interface IActions
{
    /// <summary>At most 1,000 of them: what is due first comes first.</summary>
    Task<Result<IReadOnlyList<ActionLine>>> ListAsync(ActionsAsked asked, CancellationToken cancellationToken);

    /// <summary>What was done about one, oldest first.</summary>
    Task<Result<ActionStory>> FindAsync(long number, CancellationToken cancellationToken);

    Task<Result<ActionLine>> CommentAsync(long number, string text, string? link, CancellationToken cancellationToken);

    Task<Result<ActionLine>> CloseAsync(long number, string reason, CancellationToken cancellationToken);

    /// <summary>Opens one for each line of a file: all or none.</summary>
    Task<Result<IReadOnlyList<ActionLine>>> ImportAsync(ConnectorId connector, string csv, CancellationToken cancellationToken);
}

/// <summary>Which actions are wanted.</summary>
internal sealed record ActionsAsked(ConnectorId? Connector, bool IsOverdue, bool IsUnowned, bool All);

/// <summary>An action.</summary>
internal sealed record ActionLine(long Number, string Title, string Severity, string State)
{
    public long Connector { get; init; }

    public string? Check { get; init; }

    public long? Owner { get; init; }

    public long Failing { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public string? Closing { get; init; }
}

/// <summary>An action with what was done about it.</summary>
internal sealed record ActionStory(ActionLine Action, IReadOnlyList<ActionEvent> Events);

/// <summary>Something that was done.</summary>
internal sealed record ActionEvent(DateTimeOffset At, string Kind, string? Text, string? Link, long? By);
