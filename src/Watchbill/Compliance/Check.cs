using Watchbill.Compliance.Postures;

namespace Watchbill.Compliance;

/// <summary>
/// One assertion about an organization. Pure: the same posture and settings always give the same verdicts. What cannot be known is said as
/// <see cref="CheckOutcome.NotEvaluated"/>; a resource without a verdict is not in the check's population.
/// </summary>
internal abstract class Check
{
    /// <summary>What it is about.</summary>
    public abstract CheckDefinition Definition { get; }

    /// <summary>Looks at everything the check is about. Only called when every input is complete and fresh.</summary>
    public abstract IEnumerable<Verdict> Evaluate(Posture posture, CheckSettings settings);
}
