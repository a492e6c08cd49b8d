using System.Text.Json;
using Watchbill.Sentry.Simulator.Pipeline;
using Watchbill.Sentry.Simulator.Rendering;
using Watchbill.Sentry.Simulator.State;

namespace Watchbill.Sentry.Simulator.Routes;

/// <summary>One client key: read, create, change, delete.</summary>
internal static class ClientKeyWrites
{
    private const string Writing = "project:write project:admin";

    public static IEnumerable<Route> All =>
    [
        Route.Get("P/keys/{key}/", "project:read project:write project:admin", call => OnKey(call, key => Row(call, key, 200))),
        Route.Post("P/keys/", Writing, Create),
        Route.Put("P/keys/{key}/", Writing, call => OnKey(call, key => Change(call, key))),
        Route.Delete("P/keys/{key}/", "project:admin", call => OnKey(call, key => Delete(call, key))),
    ];

    private static Answer OnKey(Call call, Func<ClientKey, Answer> act) =>
        call.Project.ClientKeys.Find(key => key.PublicKey == call.Parameter("key")) is { } found ? act(found) : Refusals.NotFound();

    private static Answer Create(Call call)
    {
        var key = call.Organization.CreateKey(call.Project, call.Text("name") ?? "Default", call.Actor);
        key.RateLimit = Limit(call);
        return Row(call, key, 201);
    }

    private static Answer Change(Call call, ClientKey key)
    {
        call.Organization.ChangeKey(
            key,
            changed =>
            {
                changed.Label = call.Text("name") ?? changed.Label;
                changed.IsActive = call.Field("isActive")?.ValueKind switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    _ => changed.IsActive,
                };
                changed.RateLimit = call.Field("rateLimit") is null ? changed.RateLimit : Limit(call);
            },
            call.Actor);
        return Row(call, key, 200);
    }

    private static Answer Delete(Call call, ClientKey key)
    {
        call.Organization.DeleteKey(key, call.Actor);
        return Answer.Empty(204);
    }

    private static (int Window, int Count)? Limit(Call call) =>
        call.Field("rateLimit") is { ValueKind: JsonValueKind.Object } limit
        && limit.TryGetProperty("window", out var window) && limit.TryGetProperty("count", out var count)
        && window.TryGetInt32(out var seconds) && count.TryGetInt32(out var events) && events > 0
            ? (seconds, events)
            : null;

    private static Answer Row(Call call, ClientKey key, int status) => Answer.Json(status, writer => ClientKeyJson.Write(writer, key, call.Organization));
}
