using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Watchbill.Compliance.Frameworks;
using Watchbill.Console.Shared;
using Watchbill.Console.SignedIn;
using Watchbill.Kernel;
using Watchbill.People;

namespace Watchbill.Console.Pages.Compliance;

/// <summary>Frameworks as files that can be changed and brought again.</summary>
internal static class FrameworkFiles
{
    /// <summary>Where they are.</summary>
    public const string Folder = "/framework-files";

    private static readonly IReadOnlyList<CsvColumn<FrameworkControl>> Columns =
    [
        new("control", static row => row.Id),
        new("title", static row => row.Title),
        new("theme", static row => Word.Of(row.Theme)),
        new("checks", static row => string.Join(' ', row.Checks)),
    ];

    public static void MapFrameworkFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Folder + "/{framework}.yaml", [Needs(Right.ReadAccess)] async (string framework, HttpContext context, ManageFrameworks manage, CurrentCaller me) =>
            await manage.FindAsync(framework, me.Caller, context.RequestAborted) is { Succeeded: true } found
                ? Results.File(Encoding.UTF8.GetBytes(FrameworkText.ToYaml(found.Value.Framework)), "application/yaml", $"{framework}.yaml")
                : Results.NotFound()).ExcludeFromDescription();
        routes.MapGet(Folder + "/{framework}.csv", [Needs(Right.ReadAccess)] async (string framework, HttpContext context, ManageFrameworks manage, CurrentCaller me) =>
        {
            if (await manage.FindAsync(framework, me.Caller, context.RequestAborted) is { Succeeded: true } found)
            {
                await CsvFile.WriteAsync(context, framework, Columns, found.Value.Framework.Controls);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        }).ExcludeFromDescription();
    }
}
