using System.Net;

namespace Watchbill.Contracts.Client;

/// <summary>The server refused. The message is the server's sentence for people.</summary>
public sealed class WatchbillApiException : Exception
{
    internal WatchbillApiException(HttpStatusCode status, string code, string message, Problem? problem = null)
        : base(message)
    {
        Status = status;
        Code = code;
        Problem = problem;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The stable code, see <see cref="ProblemCodes"/> and the reference of refusals; <c>not-watchbill</c> when the answer is none of Watchbill's.</summary>
    public string Code { get; }

    /// <summary>The whole problem document; null when there was none.</summary>
    public Problem? Problem { get; }
}
