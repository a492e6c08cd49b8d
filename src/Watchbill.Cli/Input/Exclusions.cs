using System.CommandLine;

namespace Watchbill.Cli.Input;

/// <summary>Options that contradict each other.</summary>
internal static class Exclusions
{
    /// <summary>At most one of the two may be written.</summary>
    public static void Exclude(this Command command, Option<bool> one, Option<bool> other) => command.Validators.Add(result =>
    {
        if (result.GetValue(one) && result.GetValue(other))
        {
            result.AddError($"{one.Name} and {other.Name} exclude each other; write only one of them.");
        }
    });
}
