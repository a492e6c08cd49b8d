using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Watchbill.Api;
using Watchbill.Kernel;
using Contract = Watchbill.Contracts.People;

namespace Watchbill.People;

/// <summary>A change of one account over HTTP: who asks, which account, and which version of it they read.</summary>
internal readonly record struct OneAccountEndpoints(long Account, ManageAccount Manage, Caller Caller, HttpContext Http, CancellationToken CancellationToken)
{
    public AccountId Id => new(Account);

    /// <summary>Changes the version that was read, and shows the account with its new one.</summary>
    public async Task<Results<Ok<Contract.Account>, ProblemHttpResult>> ChangeAsync(Func<ManageAccount, long, Task<Result<Account>>> change)
    {
        if (EntityTags.Wanted(Http.Request) is not { } version)
        {
            return EntityTags.Missing();
        }

        var changed = await change(Manage, version);
        if (changed.Succeeded)
        {
            EntityTags.Set(Http, changed.Value.Version);
            return TypedResults.Ok(PeopleContracts.Of(changed.Value));
        }

        return changed.Refusal!.Code == PeopleRefusals.ChangedMeanwhile().Code ? EntityTags.Failed() : Problems.Of(changed.Refusal);
    }
}
