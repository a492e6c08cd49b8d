namespace Watchbill.Compliance;

/// <summary>How bad it is when a check fails. Names are kept in the database: add, never rename.</summary>
public enum Severity
{
    /// <summary>Worth tidying up.</summary>
    Low,

    /// <summary>Weakens a control.</summary>
    Medium,

    /// <summary>Defeats a control for somebody or something.</summary>
    High,

    /// <summary>Defeats a control for the whole organization.</summary>
    Critical,
}
