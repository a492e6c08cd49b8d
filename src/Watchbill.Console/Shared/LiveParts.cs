using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Watchbill.Console.Shared;

/// <summary>Renders a part of a page for a browser that shows the rest of it already.</summary>
internal sealed class LiveParts(IServiceProvider services, ILoggerFactory logs)
{
    /// <summary>The component as HTML.</summary>
    public async Task<string> RenderAsync<TComponent>(Dictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
