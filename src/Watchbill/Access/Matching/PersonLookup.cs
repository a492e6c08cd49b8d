using System.Globalization;
using Watchbill.Kernel;
using Watchbill.People.Identities;

namespace Watchbill.Access.Matching;

/// <summary>Finds somebody in the directories by what a person types.</summary>
public static class PersonLookup
{
    /// <summary>By number, address, other address, key or user name.</summary>
    /// <returns>The one person it is; a refusal when it is nobody or may be several.</returns>
    public static Result<Identity> Find(IdentitySnapshot people, string words)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(words);
        var text = words.Trim();
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && people.Find(new IdentityId(number)) is { } numbered)
        {
            return numbered;
        }

        var found = people.WithAddress(text).Concat(people.WithUserName(text)).Concat(people.All.Where(identity => identity.Key == text)).Distinct().ToList();
        var here = found.Where(static identity => identity.IsActive).ToList();
        return (found.Count, here.Count) switch
        {
            (0, _) => MatchRefusals.NoSuchPerson(text),
            (1, _) => found[0],
            (_, 1) => here[0],
            _ => MatchRefusals.SeveralPeople(text, found),
        };
    }
}
