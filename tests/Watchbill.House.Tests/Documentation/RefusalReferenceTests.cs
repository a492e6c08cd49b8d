namespace Watchbill.House.Tests.Documentation;

/// <summary>Refusal codes are promises: literal, kebab-case, of one kind, and listed in the reference.</summary>
public sealed class RefusalReferenceTests
{
    [Fact]
    public void Every_code_is_a_kebab_case_literal() =>
        Violations.None(
            RefusalSite.All.Where(site => site.Code is null || !IsKebabCase(site.Code)).Select(site => $"{site.Place} {site.Code}"),
            "Write the code of a refusal as a kebab-case literal where the refusal is made, so that it can be found and listed.");

    [Fact]
    public void A_code_is_always_of_the_same_kind() =>
        Violations.None(
            RefusalSite.All.GroupBy(site => site.Code).Where(sites => sites.DistinctBy(site => site.Kind).Count() > 1).Select(sites => sites.Key),
            "These codes are of different kinds in different places.");

    private static bool IsKebabCase(string code) => code.Length > 0 && code.Split('-').All(word => word.Length > 0 && word.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)));
}
