using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;

namespace Watchbill.Console.Shared;

/// <summary>Addresses of the page one is on, with some parameters of the query changed: what sorting and paging links lead to, and what people share.</summary>
internal static class QueryAddress
{
    /// <summary>The path and query with these parameters set; null takes one away.</summary>
    public static string With(string absoluteUri, params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var uri = new Uri(absoluteUri);
        var query = QueryHelpers.ParseQuery(uri.Query);
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                query.Remove(name);
            }
            else
            {
                query[name] = value;
            }
        }

        return uri.AbsolutePath + new QueryBuilder(query).ToQueryString();
    }

    /// <summary>A path with these parameters; null leaves one out.</summary>
    public static string Join(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(name, value);
            }
        }

        return path + query.ToQueryString();
    }
}
