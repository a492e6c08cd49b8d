using Watchbill.Kernel;

namespace Watchbill.People;

/// <summary>Rules about who may give what, asked by several use cases.</summary>
internal static class PeopleRules
{
    /// <summary>
    /// Nobody gives rights that they lack, nor gets hold of an account that has them: an API token that may only manage accounts could
    /// otherwise make itself an account that may do everything.
    /// </summary>
    public static Refusal? RefuseBeyond(IEnumerable<Role> roles, Caller caller) =>
        RoleRights.Of(roles).IsSubsetOf(caller.Rights) ? null : PeopleRefusals.BeyondOwnRights();

    /// <summary>What needs a person: two accounts of one administrator would be four eyes otherwise.</summary>
    public static Refusal? RefuseService(Caller caller) => caller.IsService ? PeopleRefusals.NeedsPerson() : null;

    /// <summary>A program never manages accounts: it could make itself others, and nobody would have signed in to do it.</summary>
    public static Refusal? RefuseRolesOfService(HolderKind kind, IEnumerable<Role> roles) =>
        kind is HolderKind.Service && RoleRights.Of(roles).Contains(Right.ManagePeople) ? PeopleRefusals.BadRolesOfService() : null;

    /// <summary>Some things a program must not do with an API token: it could outlive itself by them.</summary>
    public static Refusal? RefuseWithoutSession(Caller caller) =>
        caller is { Account: not null, Actor.Kind: ActorKind.Account } ? null : PeopleRefusals.NeedsSession();
}
