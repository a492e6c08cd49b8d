using Microsoft.Extensions.Logging;
using Watchbill.Compliance.Actions;
using Watchbill.Compliance.Exceptions;
using Watchbill.Compliance.Runs;

namespace Watchbill.Server.Syncing;

/// <summary>Ends exceptions whose end came, runs the checks that are due, closes actions of sources that are gone, and reminds of what ends or is due.</summary>
internal sealed partial class CheckWorker(CheckQueue queue, ManageExceptions exceptions, RemindExceptions endings, ManageActions actions, RemindActions reminders, TimeProvider clock, ILogger<CheckWorker> log) : StepWorker(TimeSpan.FromSeconds(30), clock)
{
    protected override IReadOnlyList<Func<CancellationToken, Task>> Steps => [exceptions.EndDueAsync, RunAsync, actions.CloseGoneAsync, endings.RunDueAsync, reminders.RunDueAsync];

    protected override void OnBroken(Exception exception) => Broke(log, exception);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var run in await queue.RunDueAsync(cancellationToken))
        {
            Ran(log, run.Connector.Value, run.Id.Value);
        }
    }

    [LoggerMessage(EventId = 1045, Level = LogLevel.Information, Message = "Checks of source {Connector} were run: run {Run}.")]
    private static partial void Ran(ILogger log, long connector, long run);

    [LoggerMessage(EventId = 1046, Level = LogLevel.Error, Message = "Running checks broke; it is tried again.")]
    private static partial void Broke(ILogger log, Exception exception);
}
