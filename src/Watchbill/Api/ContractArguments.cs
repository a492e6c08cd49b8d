using Microsoft.AspNetCore.Http;
using Watchbill.Contracts;

namespace Watchbill.Api;

/// <summary>What of an endpoint's arguments the client sent: the records of the contracts among them.</summary>
internal static class ContractArguments
{
    public static bool IsContract(Type type) => type.Assembly == typeof(Problem).Assembly;

    public static IEnumerable<object> Of(EndpointFilterInvocationContext context) => context.Arguments.OfType<object>().Where(static argument => IsContract(argument.GetType()));
}
