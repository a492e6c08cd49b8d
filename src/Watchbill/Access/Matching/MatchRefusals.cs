using Watchbill.Kernel;
using Watchbill.People.Identities;

namespace Watchbill.Access.Matching;

/// <summary>Every "no" that matching may answer.</summary>
public static class MatchRefusals
{
    public static Refusal NoAccounts() => new(RefusalKind.Invalid, "accounts-missing", "Choose at least one account.");

    public static Refusal TooManyAccounts() => new(RefusalKind.Invalid, "accounts-too-many", $"At most {AccountMatching.MostAtOnce:N0} accounts can be changed at once.");

    public static Refusal TooManyToRemove(int most) => new(RefusalKind.Invalid, "removals-too-many", $"At most {most} accounts can be removed at once.");

    public static Refusal NoSuchAccount(string member) => new(
        RefusalKind.NotFound, "member-account-not-found", $"The organization has no member '{(member.Length > 50 ? member[..50] + "…" : member)}'; nothing was changed.");

    public static Refusal NothingToSay() => new(RefusalKind.Invalid, "account-change-empty", "Say what the accounts stand for, or whose they are.");

    public static Refusal NoSuchPerson(string words) => new(
        RefusalKind.Invalid, "identity-unknown", $"No directory names '{(words.Length > 60 ? words[..60] + "…" : words)}'; give the number, the address or the key of somebody it names.");

    public static Refusal SeveralPeople(string words, IReadOnlyList<Identity> people) => new(
        RefusalKind.Invalid, "identity-ambiguous", $"'{words}' may be several people: {string.Join(", ", people.Take(5).Select(static one => $"{one.Name} ({one.Id})"))}; give the number.");

    public static Refusal BadNote() => new(RefusalKind.Invalid, "account-note-invalid", "A note has at most 500 characters.");

    public static Refusal BadRules(string why) => new(RefusalKind.Invalid, "match-rules-invalid", why);
}
