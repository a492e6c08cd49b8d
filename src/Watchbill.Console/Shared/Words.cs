using System.Globalization;
using Watchbill.Access.Facts;
using Watchbill.Access.Queries;
using Watchbill.Access.Striking;

namespace Watchbill.Console.Shared;

/// <summary>How the console says the product's own words.</summary>
internal static class Words
{
    /// <summary>"1 member", "1,204 members".</summary>
    public static string Count(long count, string one, string? many = null) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many ?? one + "s")}";

    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Of(MemberState state) => state switch
    {
        MemberState.Active => "active",
        MemberState.Invited => "invited",
        MemberState.InvitationExpired => "invitation expired",
        MemberState.Deactivated => "deactivated",
        MemberState.Restricted => "restricted",
    };

    public static Tone ToneOf(MemberState state) => state switch
    {
        MemberState.Active => Tone.Good,
        MemberState.Invited => Tone.Info,
        MemberState.InvitationExpired or MemberState.Restricted => Tone.Warning,
        MemberState.Deactivated => Tone.Plain,
    };

    public static string Of(NonHumanKind kind) => kind switch
    {
        NonHumanKind.InternalIntegration => "internal integration",
        NonHumanKind.PublicApp => "public app",
        NonHumanKind.Integration => "integration",
        NonHumanKind.OrganizationToken => "organization token",
        NonHumanKind.ClientKey => "client key",
    };

    /// <summary>Yes, no, or not told: silence is not a no.</summary>
    public static string Of(bool? said) => said switch
    {
        true => "yes",
        false => "no",
        null => "not told",
    };

    public static Tone ToneOf(Gravity gravity) => gravity switch
    {
        Gravity.High => Tone.Bad,
        Gravity.Medium => Tone.Warning,
        Gravity.Low => Tone.Plain,
    };

    public static string Of(Gravity gravity) => gravity switch
    {
        Gravity.High => "act on it",
        Gravity.Medium => "look into it",
        Gravity.Low => "know it",
    };
}
