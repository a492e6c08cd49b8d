using Watchbill.Connectors.Provisioning;
using Watchbill.Kernel;
using Watchbill.Sentry;

namespace Watchbill.Connectors.Sentry.Changing;

/// <summary>Opens the way to Sentry for changes, with the words for when it is closed.</summary>
internal sealed class ChangeDesk(SentryClients clients, TimeProvider clock)
{
    /// <summary>With the connector's token for changes.</summary>
    /// <exception cref="SentryException">Sentry does not answer, or not to this token.</exception>
    /// <exception cref="UnbelievableAnswerException">The slug means another organization now.</exception>
    public Task<SentryChanger> OpenAsync(ConnectorRow connector, CancellationToken cancellationToken) =>
        OpenAsync(connector, connector.ProtectedWriteToken, cancellationToken);

    /// <summary>Asks Sentry something.</summary>
    /// <param name="connector">In which organization.</param>
    /// <param name="protectedToken">With which token, as the vault keeps it; null for the one that reads.</param>
    /// <param name="ask">What.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer, or why there is none.</returns>
    public async Task<Result<T>> AskAsync<T>(ConnectorRow connector, string? protectedToken, Func<SentryChanger, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            using var changer = await OpenAsync(connector, protectedToken, cancellationToken);
            return Result.Of(await ask(changer));
        }
        catch (Exception failure) when (failure is SentryException or UnbelievableAnswerException)
        {
            return Explain(failure);
        }
    }

    /// <summary>What to say when it did not work.</summary>
    public static Refusal Explain(Exception failure) => failure switch
    {
        SentryException { Kind: var kind } known when IsOfToken(kind) || kind is SentryFailureKind.Redirected or SentryFailureKind.ForbiddenAddress => ProvisioningRefusals.WriterCannotRead(SentryFailures.From(known).Sentence),
        SentryException { Kind: var kind } known when IsFinal(kind) => ProvisioningRefusals.RefusedBySentry(SentryFailures.From(known).Sentence),
        SentryException known => ProvisioningRefusals.NotNow(SentryFailures.From(known).Sentence),
        UnbelievableAnswerException => ProvisioningRefusals.WriterCannotRead(failure.Message),
        _ => throw new ArgumentException("This is no failure of Sentry.", nameof(failure)),
    };

    /// <summary>Whether trying again is of no use before a person did something.</summary>
    public static bool IsFinal(SentryFailureKind kind) => IsOfToken(kind) || kind is
        SentryFailureKind.MissingScope or SentryFailureKind.Forbidden or SentryFailureKind.Validation or SentryFailureKind.Refused or SentryFailureKind.Redirected
        or SentryFailureKind.ForbiddenAddress;

    private static bool IsOfToken(SentryFailureKind kind) => kind is
        SentryFailureKind.InvalidToken or SentryFailureKind.TokenExpired or SentryFailureKind.UserInactive or SentryFailureKind.OrganizationNotAllowedForToken
        or SentryFailureKind.SignInRequired;

    private async Task<SentryChanger> OpenAsync(ConnectorRow connector, string? protectedToken, CancellationToken cancellationToken)
    {
        var (client, kind) = clients.OpenForChanges(connector, protectedToken, new RequestMeter(clock));
        try
        {
            return await SentryChanger.OpenAsync(client, connector, kind, cancellationToken);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
