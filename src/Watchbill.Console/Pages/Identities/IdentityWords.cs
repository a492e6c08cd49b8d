using Watchbill.Access.Matching;
using Watchbill.Console.Shared;
using Watchbill.People.Identities;

namespace Watchbill.Console.Pages.Identities;

/// <summary>How directories, people and whose account is whose are called on screen, and in which mood.</summary>
internal static class IdentityWords
{
    public static string Of(DirectoryKind kind) => kind switch
    {
        DirectoryKind.File => "files",
        DirectoryKind.Scim => "pushed by SCIM",
    };

    public static string Of(MatchState state) => state switch
    {
        MatchState.Matched => "matched",
        MatchState.Leaver => "leaver",
        MatchState.Orphaned => "orphaned",
        MatchState.Ambiguous => "ambiguous",
    };

    public static string Tell(MatchState state) => state switch
    {
        MatchState.Matched => "Accounts whose person works here.",
        MatchState.Leaver => "Accounts whose person left. They should be removed from Sentry.",
        MatchState.Orphaned => "Accounts that belong to nobody in a directory. Find out whose they are, or remove them.",
        MatchState.Ambiguous => "Accounts that may belong to several people. Say to whom.",
    };

    public static Tone ToneOf(MatchState state) => state switch
    {
        MatchState.Matched => Tone.Good,
        MatchState.Leaver => Tone.Bad,
        MatchState.Orphaned or MatchState.Ambiguous => Tone.Warning,
    };

    public static string Of(AccountKind kind) => kind switch
    {
        AccountKind.Person => "person",
        AccountKind.Service => "service",
        AccountKind.Shared => "shared",
    };

    public static string Of(MatchRuleKind kind) => kind switch
    {
        MatchRuleKind.Email => "the same address",
        MatchRuleKind.Alias => "one of the person's other addresses",
        MatchRuleKind.PlusAddress => "the address without what follows a plus sign",
        MatchRuleKind.Domain => "the address in another domain",
        MatchRuleKind.UserName => "what stands before the @ is the user name",
    };

    /// <summary>How it came that the account is theirs.</summary>
    public static string How(AccountMatch account) => account switch
    {
        { Setting.Owner: OwnerChoice.Named } => "set by hand",
        { Setting.Owner: OwnerChoice.Nobody } => "said to be nobody's",
        { Rule: { } rule } => $"by {Of(rule)}",
        _ => "no rule finds anybody",
    };

    public static string Of(FileField field) => field switch
    {
        FileField.Email => "E-mail address",
        FileField.Name => "Name",
        FileField.Key => "Key, such as an employee number",
        FileField.Status => "Status: active or left",
        FileField.Aliases => "Other addresses",
        FileField.Manager => "Manager, by key or address",
        FileField.Department => "Department",
        FileField.Title => "Job title",
        FileField.UserName => "User name",
    };
}
