using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Watchbill.Console.Pages.Explore;

/// <summary>SVG's <c>text</c> element, whose name Razor keeps for itself.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>Where it stands.</summary>
    [Parameter, EditorRequired]
    public int X { get; set; }

    /// <summary>Its base line.</summary>
    [Parameter, EditorRequired]
    public int Y { get; set; }

    /// <summary>The words.</summary>
    [Parameter, EditorRequired]
    public required string Words { get; set; }

    /// <summary>Smaller and quieter.</summary>
    [Parameter]
    public bool Minor { get; set; }

    /// <summary>Centred on <see cref="X"/>.</summary>
    [Parameter]
    public bool Centred { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", X);
        builder.AddAttribute(2, "y", Y);
        builder.AddAttribute(3, "class", Minor ? "minor" : null);
        builder.AddAttribute(4, "text-anchor", Centred ? "middle" : null);
        builder.AddContent(5, Words);
        builder.CloseElement();
    }
}
