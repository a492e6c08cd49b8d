using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Watchbill.Contracts;

namespace Watchbill.Api;

/// <summary>
/// Looks at what was sent before anything is done with it: parameters that nobody asked for (a filter with a typing error would otherwise show
/// everything) and fields that break the limits their contract states.
/// </summary>
internal static class RequestChecks
{
    /// <summary>The check for one endpoint. Its query parameters are the properties of the contract that it takes as parameters.</summary>
    public static EndpointFilterDelegate Create(EndpointFilterFactoryContext endpoint, EndpointFilterDelegate next)
    {
        var known = endpoint.MethodInfo.GetParameters()
            .Where(static parameter => parameter.IsDefined(typeof(AsParametersAttribute)) && ContractArguments.IsContract(parameter.ParameterType))
            .SelectMany(static parameter => parameter.ParameterType.GetProperties())
            .Select(static property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return context => Refusal(context, known) is { } refusal ? ValueTask.FromResult<object?>(refusal) : next(context);
    }

    private static IResult? Refusal(EndpointFilterInvocationContext context, HashSet<string> known)
    {
        if (context.HttpContext.Request.Query.Keys.FirstOrDefault(key => !known.Contains(key)) is { } unknown)
        {
            var choice = known.Count == 0 ? "This address takes no parameters." : $"This address knows: {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, ProblemCodes.UnknownParameter, $"The parameter '{Shortened(unknown)}' is not known. {choice}");
        }

        var errors = ContractArguments.Of(context).SelectMany(FieldLimits.Errors).ToList();
        return errors.Count == 0
            ? null
            : Problems.Of(
                StatusCodes.Status422UnprocessableEntity,
                ProblemCodes.BadFields,
                errors[0].Sentence,
                errors.GroupBy(static error => error.Field).ToDictionary(static group => group.Key, static group => group.Select(static error => error.Sentence).ToArray()));
    }

    private static string Shortened(string name) => name.Length > 50 ? name[..50] + "…" : name;
}
