using System.Text.Json.Nodes;
using Watchbill.Contracts.Client;
using Watchbill.Contracts.Compliance;
using Watchbill.Terraform.Values;
using static Watchbill.Terraform.Resources.AttributeDefinition;

namespace Watchbill.Terraform.Resources;

/// <summary>A framework of one's own.</summary>
internal sealed class FrameworkResource : IResource
{
    public string TypeName => "watchbill_framework";

    public Definition Definition { get; } = new("A framework of your own beside those that come with Watchbill: controls, and the checks that are evidence for them. Every definition that ever held is kept.",
    [
        new("id", Text, AttributeUse.Required, "Its id, for example `acme-baseline-2026`; unique.") { Replaces = true },
        new("name", Text, AttributeUse.Required, "What people call it."),
        new("edition", Text, AttributeUse.Required, "Which edition."),
        new("origin", Text, AttributeUse.Optional, "Whose it is. *Written by your organization.* when left out.") { Default = Value.Of("Written by your organization.") },
        new("control_count", Number, AttributeUse.Optional, "How many controls it has in all, those included that evidence from Sentry is not about; as many as are written here when left out."),
        new("controls", PartsInOrder, AttributeUse.Required, "The controls that evidence from Sentry is about.")
        {
            Parts =
            [
                new("id", Text, AttributeUse.Required, "As the framework writes it."),
                new("title", Text, AttributeUse.Required, "What it asks for, in few words."),
                new("theme", Text, AttributeUse.Required, "What it is about: it decides what evidence cannot show."),
                new("checks", Texts, AttributeUse.Required, "The checks that are evidence for a part of it."),
            ],
        },
        new("reason", Text, AttributeUse.Optional, "Why; kept in the audit log. *By Terraform.* when left out.") { Default = Value.Of(Written.Reason) },
    ]);

    public IEnumerable<Complaint> Validate(MapValue config) => config.Parts("controls").Any(static control => control["checks"] is ListValue { Items.IsEmpty: true })
        ? [new Complaint("controls", "Every control needs a check: those without one are counted in control_count only.")]
        : [];

    public async Task<MapValue> CreateAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken) =>
        (await client.Compliance.FrameworksAsync(cancellationToken)).Any(one => one.Id == planned.Text("id"))
            ? throw new ProviderException($"There is a framework {planned.Text("id")} already. Import it, or take another id.")
            : await BringAsync(client, planned, cancellationToken);

    public async Task<MapValue?> ReadAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        var framework = (await client.Compliance.FrameworksAsync(cancellationToken)).FirstOrDefault(one => one.Id == state.Text("id") && one.IsOwn);
        if (framework is null)
        {
            return null;
        }

        var kept = StateOf(framework);
        return JsonNode.DeepEquals(FileOf(state), FileOf(kept)) ? state : kept.With("reason", state["reason"]);
    }

    public Task<MapValue> UpdateAsync(WatchbillClient client, MapValue state, MapValue planned, CancellationToken cancellationToken) => BringAsync(client, planned, cancellationToken);

    public async Task DeleteAsync(WatchbillClient client, MapValue state, CancellationToken cancellationToken)
    {
        await Written.UnlessGoneAsync(client.Compliance.RemoveFrameworkAsync(state.Text("id")!, new ExceptionDecision { Reason = state.Text("reason") ?? Written.Reason }, cancellationToken));
    }

    public async Task<MapValue> ImportAsync(WatchbillClient client, string id, CancellationToken cancellationToken) =>
        (await client.Compliance.FrameworksAsync(cancellationToken)).Any(one => one.Id == id && one.IsOwn)
            ? MapValue.Of(("id", Value.Of(id)), ("reason", Value.Of(Written.Reason)))
            : throw new ProviderException($"There is no framework of your own with the id '{id}'.");

    private static async Task<MapValue> BringAsync(WatchbillClient client, MapValue planned, CancellationToken cancellationToken)
    {
        await client.Compliance.BringFrameworkAsync(new NewFramework { Yaml = FileOf(planned).ToJsonString(), Reason = planned.Text("reason") ?? Written.Reason }, cancellationToken);
        return planned;
    }

    /// <summary>As a file of a framework says it: JSON, which is YAML.</summary>
    private static JsonObject FileOf(MapValue state)
    {
        var controls = state.Parts("controls");
        return new JsonObject
        {
            ["id"] = state.Text("id"),
            ["name"] = state.Text("name"),
            ["edition"] = state.Text("edition"),
            ["source"] = state.Text("origin"),
            ["controlCount"] = state.Whole("control_count") ?? controls.Count,
            ["controls"] = new JsonArray([.. controls.Select(static control => new JsonObject
            {
                ["id"] = control.Text("id"),
                ["title"] = control.Text("title"),
                ["theme"] = control.Text("theme"),
                ["checks"] = new JsonArray([.. Sameness.Sorted(control.Texts("checks")).Select(static check => (JsonNode)check)]),
            })]),
        };
    }

    private static MapValue StateOf(Framework framework) => MapValue.Of(
        ("id", Value.Of(framework.Id)),
        ("name", Value.Of(framework.Name)),
        ("edition", Value.Of(framework.Edition)),
        ("origin", Value.Of(framework.Source)),
        ("control_count", framework.ControlCount == framework.Controls.Count ? Value.Null : Value.Of(framework.ControlCount)),
        ("controls", Value.OfAll(framework.Controls.Select(static control => MapValue.Of(
            ("id", Value.Of(control.Id)), ("title", Value.Of(control.Title)), ("theme", Value.Of(control.Theme)), ("checks", Value.Of(control.Checks)))))));
}
