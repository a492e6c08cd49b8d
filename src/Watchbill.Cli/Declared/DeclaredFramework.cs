using System.ComponentModel;

namespace Watchbill.Cli.Declared;

/// <summary>A framework of one's own, as <c>watchbill framework import</c> reads it too.</summary>
internal sealed record DeclaredFramework
{
    [Description("Its id; unique.")]
    public string Id { get; init; } = "";

    [Description("What people call it.")]
    public string Name { get; init; } = "";

    [Description("Which edition.")]
    public string Edition { get; init; } = "";

    [Description("Whose it is.")]
    public string? Source { get; init; }

    [Description("How many controls it has in all; as many as are written here when left out.")]
    public int? ControlCount { get; init; }

    [Description("The controls that evidence from Sentry is about.")]
    public List<DeclaredControl> Controls { get; init; } = [];
}

/// <summary>A control of a framework.</summary>
internal sealed record DeclaredControl
{
    [Description("As the framework writes it.")]
    public string Id { get; init; } = "";

    [Description("What it asks for, in few words.")]
    public string Title { get; init; } = "";

    [Description("What it is about, for example access: it decides what evidence cannot show.")]
    public string? Theme { get; init; }

    [Description("The checks that are evidence for a part of it.")]
    public List<string> Checks { get; init; } = [];
}
