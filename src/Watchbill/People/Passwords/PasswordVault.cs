namespace Watchbill.People.Passwords;

/// <summary>
/// Hashes and verifies passwords. Both are dear on purpose: no more run at once than there are processors, so that a flood of attempts waits
/// in line instead of starving everything else.
/// </summary>
internal sealed class PasswordVault : IDisposable
{
    private readonly int _iterations;
    private readonly PasswordHash _nobody;
    private readonly SemaphoreSlim _line = new(Environment.ProcessorCount);

    public PasswordVault(PeopleOptions options)
    {
        _iterations = options.PasswordIterations;
        _nobody = new PasswordHash(_iterations, new byte[16], new byte[32]);
    }

    public async Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        await InLineAsync(() => PasswordHash.Create(password, _iterations).ToStored(), cancellationToken);

    /// <summary>
    /// Whether this is the password. Without a stored hash the same work is done for nothing: the time does not tell whether there is one.
    /// </summary>
    public async Task<PasswordVerdict> VerifyAsync(string? stored, string password, CancellationToken cancellationToken)
    {
        if (password.Length > PasswordRules.LongestInput)
        {
            password = "";
        }

        var hash = stored is null ? _nobody : PasswordHash.Parse(stored);
        var matches = await InLineAsync(() => hash.Matches(password), cancellationToken);
        return stored is null || !matches ? PasswordVerdict.Wrong : hash.Iterations < _iterations ? PasswordVerdict.RightButCheap : PasswordVerdict.Right;
    }

    public void Dispose() => _line.Dispose();

    private async Task<T> InLineAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _line.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _line.Release();
        }
    }
}

/// <summary>What comparing a password with a stored hash says.</summary>
internal enum PasswordVerdict
{
    /// <summary>It is another one, or there is none.</summary>
    Wrong,

    /// <summary>It is the one.</summary>
    Right,

    /// <summary>It is the one, and its hash was made when guessing was dearer than it is now: hash it again.</summary>
    RightButCheap,
}
