using Microsoft.AspNetCore.Http;
using Watchbill.Api;

namespace Watchbill.Server.Web;

/// <summary>Writes answers of the border itself, before any endpoint is reached.</summary>
internal static class ProblemWriting
{
    /// <summary>Answers with a problem document.</summary>
    public static Task WriteProblemAsync(this HttpContext context, int status, string code, string sentence) => Problems.Of(status, code, sentence).ExecuteAsync(context);
}
