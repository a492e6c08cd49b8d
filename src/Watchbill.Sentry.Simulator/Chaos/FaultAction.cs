using System.Text.Json.Serialization;

namespace Watchbill.Sentry.Simulator.Chaos;

/// <summary>What goes wrong. The first group replaces the answer, the second happens before it, the third spoils it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultAction>))]
public enum FaultAction
{
    /// <summary>Answers <see cref="FaultRule.Status"/> with <see cref="FaultRule.Body"/>.</summary>
    Respond,

    /// <summary>429 with the five limit headers; the window ends within a second.</summary>
    TooManyRequests,

    /// <summary>429 without any limit header.</summary>
    TooManyRequestsWithoutHeaders,

    /// <summary>503 as the API gateway answers when a cell is down.</summary>
    GatewayUnavailable,

    /// <summary>200 with a page of a proxy or sign-in form.</summary>
    HtmlPage,

    /// <summary>401 whose <c>detail</c> is an object.</summary>
    ObjectDetail,

    /// <summary>404 without a body.</summary>
    EmptyNotFound,

    /// <summary>302 as for a renamed project; <see cref="FaultRule.Body"/> is the new slug.</summary>
    ProjectMoved,

    /// <summary>Cuts the connection instead of answering.</summary>
    ResetConnection,

    /// <summary>Waits <see cref="FaultRule.Delay"/>, then goes on.</summary>
    Delay,

    /// <summary>Revokes the token that was sent; this very request is refused with 401.</summary>
    RevokeToken,

    /// <summary>Removes the listed member with the lowest id that is no owner, which shifts the rows of offset pages.</summary>
    DeleteMember,

    /// <summary>Moves the organization to the other region: the host that held it knows it no longer, the control host passes on to the new one.</summary>
    MoveRegion,

    /// <summary>Switches SCIM off, as a smaller plan does; single sign-on stays.</summary>
    DisableScim,

    /// <summary>Announces the whole length but sends <see cref="FaultRule.Bytes"/> bytes, then cuts the connection.</summary>
    TruncateBody,

    /// <summary>Sends <see cref="FaultRule.Bytes"/> bytes at a time with <see cref="FaultRule.Delay"/> after each.</summary>
    SlowDrip,

    /// <summary>The next page's cursor is this page's.</summary>
    RepeatCursor,

    /// <summary>Links point to another host.</summary>
    WrongLinkHost,

    /// <summary>Leaves out the first row of a list.</summary>
    DropRow,

    /// <summary>Sends the first row of a list twice.</summary>
    DuplicateRow,

    /// <summary>Adds fields nobody documented.</summary>
    ExtraFields,

    /// <summary>Leaves out every field but ids, slugs and addresses.</summary>
    MissingFields,

    /// <summary>Limit headers with the text <c>None</c>.</summary>
    NoneHeaders,
}
