namespace Watchbill.Compliance.CheckKinds;

/// <summary>A name, or one that ends in <c>*</c> and stands for all that begin so.</summary>
internal static class StarredName
{
    public static bool Fits(string name, string text) => name.EndsWith('*') ? text.StartsWith(name[..^1], StringComparison.Ordinal) : string.Equals(name, text, StringComparison.Ordinal);
}
