namespace Watchbill.Contracts;

/// <summary>Why a request was refused (RFC 9457). The code is stable; the title is a sentence for people.</summary>
public sealed record Problem
{
    /// <summary>A name of the kind of problem: <c>urn:watchbill:problem:</c> and the code.</summary>
    public string? Type { get; init; }

    /// <summary>One sentence: what is wrong and what to do.</summary>
    public string? Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>The stable code, kebab-case.</summary>
    public string? Code { get; init; }

    /// <summary>Finds the request in the server's log.</summary>
    public string? TraceId { get; init; }

    /// <summary>By field or parameter: what is wrong with it; null when the problem is not about fields.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }
}
