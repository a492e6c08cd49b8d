namespace Watchbill.Testing;

/// <summary>What a test does between two looks at something that others do: looking without a pause takes the processor from those whom it waits for.</summary>
public static class Moment
{
    /// <summary>Lets a few milliseconds pass.</summary>
    public static Task PassAsync() => Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
}
