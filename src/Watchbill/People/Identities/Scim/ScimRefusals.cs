using Watchbill.Kernel;

namespace Watchbill.People.Identities.Scim;

/// <summary>Every "no" that pushing people may answer.</summary>
public static class ScimRefusals
{
    public static Refusal BadValue(string attribute, string why) => new(RefusalKind.Invalid, "scim-value-invalid", $"{attribute} {why}.");

    public static Refusal BadFilter() => new(
        RefusalKind.Invalid, "scim-filter-invalid", "This filter is not understood; compare userName, externalId, id, emails, displayName or active with eq, sw or co, and join by and.");

    public static Refusal BadPath(string path) => new(RefusalKind.Invalid, "scim-path-invalid", $"The path '{(path.Length > 80 ? path[..80] + "…" : path)}' is not understood.");

    public static Refusal NoTarget() => new(RefusalKind.Invalid, "scim-no-target", "Removing needs a path that says what.");

    public static Refusal NoSuchUser(string id) => new(RefusalKind.NotFound, "scim-user-not-found", $"There is no user {(id.Length > 60 ? id[..60] + "…" : id)}.");

    public static Refusal NoSuchPlace() => new(RefusalKind.NotFound, "scim-address-not-found", "There is nothing at this address; Watchbill takes users and groups.");

    public static Refusal UserNameTaken() => new(RefusalKind.Conflict, "scim-user-exists", "There is a user with this userName already.");

    public static Refusal DirectoryFull() => new(RefusalKind.Invalid, "scim-directory-full", $"A directory holds at most {IdentityFile.MostPeople:N0} people.");

    public static Refusal BadGroupFilter() => new(RefusalKind.Invalid, "scim-filter-invalid", "This filter is not understood; compare displayName, externalId or id with eq.");

    public static Refusal NoSuchGroup(string id) => new(RefusalKind.NotFound, "scim-group-not-found", $"There is no group {(id.Length > 60 ? id[..60] + "…" : id)}.");

    public static Refusal NoSuchMember(string key) => new(RefusalKind.Invalid, "scim-member-not-found", $"members names somebody who was not pushed: {key}.");

    public static Refusal GroupExists() => new(RefusalKind.Conflict, "scim-group-exists", "There is a group with this displayName already.");

    public static Refusal TooManyGroups(int most) => new(RefusalKind.Invalid, "scim-groups-full", $"A directory holds at most {most:N0} groups.");
}
