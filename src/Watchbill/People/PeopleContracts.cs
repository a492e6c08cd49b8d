using Watchbill.Audit;
using Watchbill.Kernel;
using Watchbill.People.Secrets;
using Watchbill.People.SigningIn;
using Watchbill.People.Tokens;
using Contract = Watchbill.Contracts.People;

namespace Watchbill.People;

/// <summary>People and what they did as the HTTP API has them.</summary>
internal static class PeopleContracts
{
    public static Contract.Account Of(Account account) => new()
    {
        Id = account.Id.Value,
        Kind = Word.Of(account.Kind),
        Address = account.Address,
        Name = account.Name,
        Roles = [.. account.Roles.Select(Word.Of)],
        State = Word.Of(account.State),
        StateSince = account.StateSince,
        CreatedAt = account.CreatedAt,
        AcceptedAt = account.AcceptedAt,
        LastSignedInAt = account.LastSignedInAt,
        SecondFactorSince = account.SecondFactorSince,
        Version = account.Version,
    };

    public static Contract.Invitation Of(Inviting.Invitation invitation) => new(Of(invitation.Account), Of(invitation.Link));

    public static Contract.OneTimeLink Of(IssuedLink link) => new(link.Address.AbsoluteUri, link.ExpiresAt, link.Mailed);

    public static Contract.Session Of(Session session) =>
        new(session.Id.Value, session.CreatedAt, session.LastSeenAt, session.EndsAt, session.From, session.UserAgent);

    public static Contract.ApiToken Of(OwnedApiToken owned) => new()
    {
        Id = owned.Token.Id.Value,
        Name = owned.Token.Name,
        Account = owned.Owner.Id.Value,
        AccountName = owned.Owner.DisplayName,
        Rights = [.. owned.Token.Rights.Select(Word.Of)],
        LastFour = owned.Token.LastFour,
        CreatedAt = owned.Token.CreatedAt,
        ExpiresAt = owned.Token.ExpiresAt,
        LastUsedAt = owned.Token.LastUsedAt,
        RevokedAt = owned.Token.RevokedAt,
    };

    public static Contract.WaitingDevice Of(StartedDeviceLogin started) =>
        new(started.DeviceCode, started.UserCode, started.Page.AbsoluteUri, started.ExpiresAt, started.Pause.TotalSeconds);

    public static Contract.DeviceToken Of(IssuedApiToken issued) =>
        new(issued.Text, issued.Token.Name, issued.Token.ExpiresAt, [.. issued.Token.Rights.Select(Word.Of)]);

    public static Contract.AuditEvent Of(AuditEvent happened) => new()
    {
        Id = happened.Id,
        At = happened.At,
        ActorKind = Word.Of(happened.Actor.Kind),
        ActorId = happened.Actor.Id,
        From = happened.Actor.From,
        Action = happened.Action,
        SubjectKind = happened.SubjectKind,
        SubjectId = happened.SubjectId,
        Before = happened.Before,
        After = happened.After,
        Reason = happened.Reason,
    };

    /// <summary>Roles by their words; a word that names none is refused, not left out.</summary>
    public static Result<IReadOnlyList<Role>> Roles(IReadOnlyList<string> words)
    {
        Role?[] roles = [.. words.Select(Word.Parse<Role>)];
        return roles.Contains(null) ? PeopleRefusals.BadRoles() : Result.Of<IReadOnlyList<Role>>([.. roles.Select(static role => role!.Value)]);
    }
}
