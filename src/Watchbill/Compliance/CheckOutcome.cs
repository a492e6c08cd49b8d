namespace Watchbill.Compliance;

/// <summary>What a check says of one resource, or of all of them. Names are kept in the database: add, never rename.</summary>
public enum CheckOutcome
{
    /// <summary>It was looked at completely and is as it should be.</summary>
    Pass,

    /// <summary>It is not as it should be.</summary>
    Fail,

    /// <summary>It could not be looked at, or not completely. Never a pass.</summary>
    NotEvaluated,

    /// <summary>There is nothing that the check is about.</summary>
    NotApplicable,

    /// <summary>It is not as it should be, and somebody approved that for a time.</summary>
    Excepted,
}
