using System.CommandLine;

namespace Watchbill.Cli.Input;

/// <summary>Arguments that name a thing in Sentry.</summary>
internal static class Names
{
    public static Argument<string> Project() => new Argument<string>("project") { Description = "Slug, id, or a part of the name that fits one only" }.WithText("project", TextRules.Name);

    public static Argument<string> Member() => new Argument<string>("member") { Description = "Address, member id, or a part of name or address that fits one only" }.WithText("member", TextRules.Name);

    public static Option<string?> Team(string description) => Text("--team", description, "team");

    /// <summary>An option whose value is a name or a part of one.</summary>
    public static Option<string?> Text(string name, string description, string what) =>
        new Option<string?>(name) { Description = description, HelpName = what }.WithText(what, TextRules.Name);
}
