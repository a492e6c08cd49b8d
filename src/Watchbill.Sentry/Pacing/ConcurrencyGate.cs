namespace Watchbill.Sentry.Pacing;

/// <summary>Lets a number of callers in at once, in the order they came, those that go first before all others; the number can change while they wait.</summary>
internal sealed class ConcurrencyGate(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _first = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private volatile int _capacity = capacity;
    private int _inside;

    public int Capacity => _capacity;

    public async Task EnterAsync(bool goesFirst, CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_inside < _capacity)
            {
                _inside++;
                return;
            }
            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            (goesFirst ? _first : _waiting).Enqueue(turn);
        }
        await using (cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn))
        {
            await turn.Task;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _inside--;
            AdmitLocked();
        }
    }

    public void Resize(int capacity)
    {
        lock (_lock)
        {
            _capacity = capacity;
            AdmitLocked();
        }
    }

    /// <summary>A caller that gave up is passed over; setting its turn fails.</summary>
    private void AdmitLocked()
    {
        while (_inside < _capacity && (_first.TryDequeue(out var turn) || _waiting.TryDequeue(out turn)))
        {
            _inside += turn.TrySetResult() ? 1 : 0;
        }
    }
}
