namespace Watchbill.Console.SignedIn;

/// <summary>A page whose forms do what a borrowed screen must not: whoever signed in a while ago proves again who they are, before it is shown or before a form of it is taken.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FreshProofAttribute : Attribute
{
    /// <summary>Whether the page itself may be looked at without.</summary>
    public bool OnlyChanges { get; init; }
}
