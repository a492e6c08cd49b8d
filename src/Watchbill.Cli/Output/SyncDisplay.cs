using Watchbill.Connectors;

namespace Watchbill.Cli.Output;

/// <summary>Shows how far a sync is: one moving line for a person, a few plain lines for a log file.</summary>
internal sealed class SyncDisplay : IProgress<SyncProgress>, IDisposable
{
    private const int BarWidth = 24;
    private static readonly TimeSpan MovingPause = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan PlainPause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Terminal _terminal;
    private readonly string _name;
    private readonly bool _moving;
    private string? _phase;
    private long _lastShown;
    private bool _lineIsOpen;

    /// <param name="terminal">Where to show it; only its error stream is used.</param>
    /// <param name="name">The connector's name.</param>
    public SyncDisplay(Terminal terminal, string name)
    {
        _terminal = terminal;
        _name = PrintableText.Of(name);
        _moving = terminal.ErrorIsInteractive;
    }

    public void Report(SyncProgress value)
    {
        lock (_lock)
        {
            var isNewPhase = value.Phase != _phase;
            if (!isNewPhase && _terminal.Clock.GetElapsedTime(_lastShown) < (_moving ? MovingPause : PlainPause))
            {
                return;
            }

            _phase = value.Phase;
            _lastShown = _terminal.Clock.GetTimestamp();
            Show(value);
        }
    }

    /// <summary>Clears the moving line, so that what follows starts on a clean one.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_lineIsOpen)
            {
                _terminal.Error.Write("\r\u001b[K");
                _lineIsOpen = false;
            }
        }
    }

    private void Show(SyncProgress value)
    {
        if (!_moving)
        {
            _terminal.Error.WriteLine($"{_name}: {Words(value)}");
            return;
        }

        var line = $"{_name}  {Bar(value)}  {Words(value)}  {PrintableText.Of(value.Scope ?? "")}";
        _terminal.Error.Write($"\r{(line.Length < _terminal.Width ? line : line[..Math.Max(0, _terminal.Width - 1)])}\u001b[K");
        _lineIsOpen = true;
    }

    private static string Words(SyncProgress value) =>
        $"{value.Phase}: {value.DoneRequests:N0} of {Math.Max(value.PredictedRequests, value.DoneRequests):N0} requests, {value.Rows:N0} rows";

    private static string Bar(SyncProgress value)
    {
        var all = Math.Max(1, Math.Max(value.PredictedRequests, value.DoneRequests));
        var full = BarWidth * value.DoneRequests / all;
        return new string('━', full) + new string('╌', BarWidth - full);
    }
}
