using Watchbill.Sentry.Pacing;

namespace Watchbill.Sentry.Tests.Pacing;

public sealed class ConcurrencyGateTests
{
    [Fact]
    public async Task Enter_WhenFull_WaitsForTheFirstToLeave()
    {
        var gate = new ConcurrencyGate(2);
        Assert.True(Enter(gate).IsCompleted);
        Assert.True(Enter(gate).IsCompleted);
        var third = Enter(gate);
        var fourth = Enter(gate);
        Assert.False(third.IsCompleted);

        gate.Leave();
        await third;

        Assert.False(fourth.IsCompleted);
    }

    [Fact]
    public async Task Resize_Larger_LetsWaitersIn()
    {
        var gate = new ConcurrencyGate(1);
        await Enter(gate);
        Task[] waiting = [Enter(gate), Enter(gate), Enter(gate)];

        gate.Resize(3);
        await Task.WhenAll(waiting[0], waiting[1]);

        Assert.False(waiting[2].IsCompleted);
    }

    [Fact]
    public async Task Resize_Smaller_LetsNobodyInUntilEnoughHaveLeft()
    {
        var gate = new ConcurrencyGate(3);
        await Task.WhenAll(Enter(gate), Enter(gate), Enter(gate));
        gate.Resize(1);
        var waiting = Enter(gate);

        gate.Leave();
        gate.Leave();
        Assert.False(waiting.IsCompleted);
        gate.Leave();

        await waiting;
    }

    [Fact]
    public async Task Leave_PassesOverThoseWhoGaveUp()
    {
        var gate = new ConcurrencyGate(1);
        await Enter(gate);
        using var stop = new CancellationTokenSource();
        var gaveUp = gate.EnterAsync(goesFirst: false, stop.Token);
        var patient = Enter(gate);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);

        gate.Leave();

        await patient;
    }

    [Fact]
    public async Task Leave_LetsThoseInFirstWhoGoFirst()
    {
        var gate = new ConcurrencyGate(1);
        await Enter(gate);
        var bulk = Enter(gate);
        var person = gate.EnterAsync(goesFirst: true, CancellationToken.None);

        gate.Leave();
        await person;
        Assert.False(bulk.IsCompleted);

        gate.Leave();
        await bulk;
    }

    private static Task Enter(ConcurrencyGate gate) => gate.EnterAsync(goesFirst: false, CancellationToken.None);
}
