using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Watchbill.Audit;
using Watchbill.People.Identities;
using Watchbill.People.Identities.Scim;
using Watchbill.People.Inviting;
using Watchbill.People.Passwords;
using Watchbill.People.SecondFactors;
using Watchbill.People.Secrets;
using Watchbill.People.SigningIn;
using Watchbill.People.SingleSignOn;
using Watchbill.People.Tokens;
using Watchbill.Storage;

namespace Watchbill.People;

/// <summary>Accounts, roles, and everything by which somebody proves who they are.</summary>
public static class PeopleFeature
{
    /// <summary>How this feature's rows lie in tables.</summary>
    internal static IReadOnlyList<EntityMapping> Mappings { get; } =
        [AccountStore.Mapping, SessionStore.Mapping, OneTimeLinkStore.Mapping, AttemptStore.Mapping, ApiTokenStore.Mapping, DeviceLoginStore.Mapping, IdentityStore.Mapping, ScimGroupStore.Mapping, ProviderLoginStore.Mapping, SecondFactorStore.Mapping];

    /// <summary>
    /// Registers the feature's use cases. Needs storage, audit and a <see cref="TimeProvider"/>; who registers a <see cref="PublicAddress"/>,
    /// <see cref="PeopleOptions"/> or <see cref="IPeopleMail"/> before or after decides about them.
    /// </summary>
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(new PeopleOptions());
        services.TryAddSingleton(new PublicAddress(new Uri("http://localhost/")));
        services.TryAddSingleton<IPeopleMail, NoMail>();
        services.TryAddSingleton(new SingleSignOnOptions());
        services.TryAddSingleton(new LeaverOptions(CloseAccounts: false));
        services.TryAddSingleton(new BreachedPasswordOptions(File: null));
        services.TryAddSingleton(new SecondFactorOptions(IsRequired: false));
        AddParts(services);
        AddSigningIn(services);
        AddManaging(services);
        AddIdentities(services);
        return services;
    }

    private static void AddParts(IServiceCollection services)
    {
        services.AddSingleton(provider => new OneTimeLinks(Get<Database>(provider), Get<PublicAddress>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new PasswordVault(Get<PeopleOptions>(provider)));
        services.AddSingleton(provider => new BreachedPasswords(Get<BreachedPasswordOptions>(provider)));
        services.AddSingleton(provider => new SessionBook(Get<PeopleOptions>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new SecondFactorBook(
            Get<SecretVault>(provider), Get<AuditLog>(provider), Get<IPeopleMail>(provider), Get<PublicAddress>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new PasswordGate(
            Get<SessionBook>(provider), Get<OneTimeLinks>(provider), Get<SecondFactorBook>(provider), Get<SecondFactorOptions>(provider), Get<PeopleOptions>(provider)));
        services.AddSingleton(provider => new AttemptLimit(Get<Database>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ApiTokenIssuer(Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new LastUses(Get<Database>(provider)));
        services.AddSingleton(provider => new EntryParts(
            Get<OneTimeLinks>(provider), Get<PasswordVault>(provider), Get<BreachedPasswords>(provider), Get<PasswordGate>(provider), Get<IPeopleMail>(provider),
            Get<SingleSignOnOptions>(provider)));
        services.AddSingleton(provider => new DeviceLoginParts(Get<ApiTokenIssuer>(provider), Get<AttemptLimit>(provider), Get<PublicAddress>(provider)));
    }

    private static void AddSigningIn(IServiceCollection services)
    {
        services.AddSingleton(provider => new Sessions(Get<Database>(provider), Get<SessionBook>(provider), Get<LastUses>(provider), Get<AuditLog>(provider)));
        services.AddSingleton(provider => new SignIn(
            Get<Database>(provider), Get<AttemptLimit>(provider), Get<PasswordVault>(provider), Get<PasswordGate>(provider), Get<SingleSignOnOptions>(provider),
            Get<AuditLog>(provider)));
        services.AddSingleton(provider => new SecondStep(
            Get<Database>(provider), Get<OneTimeLinks>(provider), Get<SecondFactorBook>(provider), Get<AttemptLimit>(provider), Get<SessionBook>(provider), Get<AuditLog>(provider)));
        services.AddSingleton(provider => new EnterBySingleSignOn(
            Get<Database>(provider), Get<SingleSignOnOptions>(provider), Get<SessionBook>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ProveAgain(
            Get<EntryParts>(provider), Get<SecondFactorBook>(provider), Get<Database>(provider), Get<AttemptLimit>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ProviderSignOut(Get<Database>(provider), Get<AuditLog>(provider)));
        services.AddSingleton(provider => new ProviderTies(Get<Database>(provider), Get<AuditLog>(provider)));
        services.AddSingleton(provider => new SetupLink(
            Get<EntryParts>(provider), Get<Database>(provider), Get<AuditLog>(provider), Get<PeopleOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new SignInLink(
            Get<Database>(provider), Get<OneTimeLinks>(provider), Get<SessionBook>(provider),
            Get<AuditLog>(provider), Get<PeopleOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new PasswordReset(
            Get<EntryParts>(provider), Get<Database>(provider), Get<AttemptLimit>(provider),
            Get<PublicAddress>(provider), Get<AuditLog>(provider), Get<PeopleOptions>(provider)));
        services.AddSingleton(provider => new ChangePassword(
            Get<EntryParts>(provider), Get<Database>(provider), Get<AttemptLimit>(provider), Get<PublicAddress>(provider), Get<AuditLog>(provider)));
    }

    private static void AddManaging(IServiceCollection services)
    {
        services.AddSingleton(provider => new AccountQueries(Get<Database>(provider)));
        services.AddSingleton(provider => new ManageAccount(Get<Database>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ManageSecondFactor(Get<Database>(provider), Get<SecondFactorBook>(provider), Get<AttemptLimit>(provider), Get<AuditLog>(provider)));
        services.AddSingleton(provider => new InvitePerson(
            Get<EntryParts>(provider), Get<Database>(provider), Get<AuditLog>(provider), Get<PeopleOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new AcceptInvitation(
            Get<EntryParts>(provider), Get<Database>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ApiTokens(
            Get<Database>(provider), Get<ApiTokenIssuer>(provider), Get<LastUses>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ServiceAccounts(Get<Database>(provider), Get<ApiTokenIssuer>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new DeviceLogins(
            Get<DeviceLoginParts>(provider), Get<Database>(provider), Get<AuditLog>(provider), Get<PeopleOptions>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new SweepPeople(Get<Database>(provider), Get<SessionBook>(provider), Get<TimeProvider>(provider)));
    }

    private static void AddIdentities(IServiceCollection services)
    {
        services.AddSingleton(provider => new IdentityBook(Get<Database>(provider)));
        services.AddSingleton(provider => new ReadIdentities(Get<IdentityBook>(provider)));
        services.AddSingleton(provider => new AccountClosing(Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new DirectoryAccounts(
            Get<SingleSignOnOptions>(provider), Get<AccountClosing>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ManageDirectories(Get<Database>(provider), Get<AuditLog>(provider), Get<DirectoryAccounts>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new LeaverAccounts(Get<LeaverOptions>(provider), Get<AccountClosing>(provider)));
        services.AddSingleton(provider => new ScimUsers(
            Get<Database>(provider), Get<AuditLog>(provider), Get<LeaverAccounts>(provider), Get<DirectoryAccounts>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new ScimGroups(Get<Database>(provider), Get<AuditLog>(provider), Get<DirectoryAccounts>(provider), Get<TimeProvider>(provider)));
        services.AddSingleton(provider => new UploadIdentities(Get<Database>(provider), Get<AuditLog>(provider), Get<TimeProvider>(provider)));
    }

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
