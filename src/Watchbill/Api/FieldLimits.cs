using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace Watchbill.Api;

/// <summary>Holds what was sent against the limits that its contract states, and says in words which one is broken.</summary>
internal static class FieldLimits
{
    private static readonly ConcurrentDictionary<Type, Limit[]> Limits = [];

    /// <summary>Every broken limit, field by field.</summary>
    public static IEnumerable<FieldError> Errors(object sent) =>
        from limit in Limits.GetOrAdd(sent.GetType(), static type => [.. LimitsOf(type)])
        where !limit.Rule.IsValid(limit.Property.GetValue(sent))
        select new FieldError(limit.Field, $"{limit.Field} {Sentence(limit.Rule)}");

    private static IEnumerable<Limit> LimitsOf(Type type) =>
        from property in type.GetProperties()
        from rule in property.GetCustomAttributes<ValidationAttribute>()
        select new Limit(property, JsonNamingPolicy.CamelCase.ConvertName(property.Name), rule);

    private static string Sentence(ValidationAttribute rule) => rule switch
    {
        RequiredAttribute => "is missing.",
        StringLengthAttribute { MinimumLength: > 0 } length => $"must have {length.MinimumLength} to {length.MaximumLength} characters.",
        StringLengthAttribute length => $"must have at most {length.MaximumLength} characters.",
        RangeAttribute range => $"must be between {range.Minimum} and {range.Maximum}.",
        AllowedValuesAttribute values => $"must be one of: {string.Join(", ", values.Values.OfType<string>())}.",
        MinLengthAttribute least => $"must have at least {least.Length} entries.",
        MaxLengthAttribute most => $"must have at most {most.Length} entries.",
        _ => "cannot be accepted.",
    };

    private sealed record Limit(PropertyInfo Property, string Field, ValidationAttribute Rule);
}

/// <summary>A field that breaks a limit.</summary>
/// <param name="Field">As it is called over HTTP.</param>
/// <param name="Sentence">What is wrong with it.</param>
internal readonly record struct FieldError(string Field, string Sentence);
