using ArchUnitNET.Domain;

namespace Watchbill.House.Tests.Architecture;

/// <summary>An outermost type: its assembly (empty outside the product), its full name and where it stands.</summary>
internal sealed record Part(string Assembly, string Name)
{
    public string SimpleName => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>The feature folder of a product type; null for its root namespace and for other assemblies.</summary>
    public string? Feature
    {
        get
        {
            var steps = Name.Split('.');
            return Assembly == Blueprint.Product && steps.Length > 2 ? steps[1] : null;
        }
    }

    public static Part Of(IType type)
    {
        var name = type.FullName;
        var end = name.AsSpan().IndexOfAny("+/`<[");
        return new Part(AssemblyOf(type), end < 0 ? name : name[..end]);
    }

    public bool IsIn(params ReadOnlySpan<string> namespaces)
    {
        foreach (var prefix in namespaces)
        {
            if (Name.StartsWith(prefix + ".", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The library gives the assembly's display name, and none for a type parameter; what stands before the first comma is compared.</summary>
    private static string AssemblyOf(IType type)
    {
        var name = type.Assembly?.Name.Split(',')[0] ?? "";
        return name.StartsWith(Blueprint.Product, StringComparison.Ordinal) ? name : "";
    }
}
