namespace Watchbill.Sentry.Simulator.State;

/// <summary>Single sign-on of an organization.</summary>
/// <param name="Key">Name of the provider, such as <c>okta</c>.</param>
/// <param name="RequireLink">Members must use it.</param>
/// <param name="ScimEnabled">SCIM answers 403 while this is false.</param>
/// <param name="DefaultRole">Role of people who come in through it.</param>
public sealed record AuthProvider(long Id, string Key, bool RequireLink, bool ScimEnabled, string DefaultRole = "member")
{
    /// <summary>Azure AD: SCIM users then come without <c>active</c>.</summary>
    public bool IsAzure => Key == "active-directory";
}
