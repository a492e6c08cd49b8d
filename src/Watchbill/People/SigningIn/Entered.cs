namespace Watchbill.People.SigningIn;

/// <summary>What somebody gets who proved that an account is theirs by its password: a session, or the question for their second factor.</summary>
public abstract record Entered
{
    private Entered()
    {
    }

    /// <summary>They are signed in.</summary>
    /// <param name="SignedIn">Their session.</param>
    public sealed record In(SignedIn SignedIn) : Entered;

    /// <summary>They show their second factor next, or set one up where everybody needs one.</summary>
    /// <param name="Secret">What their browser keeps to show that it was they who knew the password. Known only here and to the browser; never log it.</param>
    public sealed record Halfway(string Secret) : Entered
    {
        /// <inheritdoc/>
        public override string ToString() => "halfway in";
    }
}
