namespace Watchbill.People.SecondFactors;

/// <summary>A second factor that is being set up: shown to whoever sets it up, to nobody else, until a first code proves that their app has it.</summary>
/// <param name="Secret">In base32, for apps that read no picture.</param>
/// <param name="Address">What the picture says: an <c>otpauth:</c> address with the secret in it.</param>
public sealed record NewSecondFactor(string Secret, string Address)
{
    /// <inheritdoc/>
    public override string ToString() => "new second factor";
}
