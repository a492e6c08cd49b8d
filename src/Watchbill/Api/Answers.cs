using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Watchbill.Kernel;

namespace Watchbill.Api;

/// <summary>Turns what use cases answer into what HTTP answers.</summary>
internal static class Answers
{
    /// <summary>200 with the value as the contract has it, or the refusal.</summary>
    public static async Task<Results<Ok<TContract>, ProblemHttpResult>> Ok<TValue, TContract>(Task<Result<TValue>> answer, Func<TValue, TContract> contract) =>
        Ok(await answer, contract);

    /// <summary>The same, for an answer that is known already.</summary>
    public static Results<Ok<TContract>, ProblemHttpResult> Ok<TValue, TContract>(Result<TValue> answer, Func<TValue, TContract> contract) =>
        answer.Succeeded ? TypedResults.Ok(contract(answer.Value)) : Problems.Of(answer.Refusal!);

    /// <summary>201 with the address of what was made.</summary>
    public static async Task<Results<Created<TContract>, ProblemHttpResult>> Created<TValue, TContract>(
        Task<Result<TValue>> answer, Func<TValue, string> address, Func<TValue, TContract> contract)
    {
        var known = await answer;
        return known.Succeeded ? TypedResults.Created(address(known.Value), contract(known.Value)) : Problems.Of(known.Refusal!);
    }

    /// <summary>204, or the refusal.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> Nothing<TValue>(Task<Result<TValue>> answer) =>
        (await answer).Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
}
