using Microsoft.Extensions.Logging;
using Watchbill.Requests;

namespace Watchbill.Server.Syncing;

/// <summary>Begins and ends temporary access on time, warns before, ends what nobody answered. What is due is always read from the database, so an end that fell into a time without a server comes at its start.</summary>
internal sealed partial class GrantWorker(KeepGrants grants, DecideRequests requests, TimeProvider clock, ILogger<GrantWorker> log) : StepWorker(TimeSpan.FromSeconds(1), clock)
{
    protected override IReadOnlyList<Func<CancellationToken, Task>> Steps =>
    [
        cancellationToken => CountAsync("begun or ended", grants.RunDueAsync(cancellationToken)),
        cancellationToken => CountAsync("mended", grants.MendAsync(cancellationToken)),
        cancellationToken => CountAsync("warned", grants.WarnAsync(cancellationToken)),
        cancellationToken => CountAsync("not answered or not looked at", requests.RunDueAsync(cancellationToken)),
    ];

    protected override void OnBroken(Exception exception) => Broke(log, exception);

    private async Task CountAsync(string what, Task<int> doing)
    {
        if (await doing is > 0 and var done)
        {
            Done(log, what, done);
        }
    }

    [LoggerMessage(EventId = 1041, Level = LogLevel.Information, Message = "Temporary access, {Step}: {Count}.")]
    private static partial void Done(ILogger log, string step, int count);

    [LoggerMessage(EventId = 1042, Level = LogLevel.Error, Message = "Looking after temporary access broke; it is tried again.")]
    private static partial void Broke(ILogger log, Exception exception);
}
