using System.Globalization;
using Watchbill.Contracts.Access;
using Watchbill.Contracts.Client;
using Watchbill.Terraform.Resources;
using Watchbill.Terraform.Values;
using static Watchbill.Terraform.Resources.AttributeDefinition;

namespace Watchbill.Terraform.DataSources;

/// <summary>The sources that there are.</summary>
internal sealed class SourcesDataSource : IDataSource
{
    public string TypeName => "watchbill_sources";

    public Definition Definition { get; } = new("The Sentry organizations that Watchbill reads.",
    [
        new("sources", Objects(("id", Text), ("name", Text), ("organization", Text), ("state", Text)), AttributeUse.Computed, "Them, by name."),
    ]);

    public async Task<MapValue> ReadAsync(WatchbillClient client, MapValue config, CancellationToken cancellationToken) => MapValue.Of(("sources", new ListValue(
        [
            .. (await client.Connectors.ListAsync(cancellationToken)).OrderBy(static one => one.Name, StringComparer.Ordinal).Select(static one => MapValue.Of(
                ("id", Value.Of(one.Id.ToString(CultureInfo.InvariantCulture))), ("name", Value.Of(one.Name)), ("organization", Value.Of(one.Organization)), ("state", Value.Of(one.State)))),
        ])));
}

/// <summary>A list of one source, read to its end.</summary>
/// <param name="typeName">Its name in configurations.</param>
/// <param name="list">The attribute that holds it.</param>
/// <param name="definition">Its attributes.</param>
/// <param name="read">Reads a part: what is asked, and the cursor.</param>
internal sealed class ListDataSource(string typeName, string list, Definition definition, Func<AccessClient, MapValue, string?, CancellationToken, Task<(IEnumerable<Value> Rows, string? Next)>> read) : IDataSource
{
    private const int AtOnce = 1000;

    public string TypeName => typeName;

    public Definition Definition => definition;

    /// <summary>The lists that there are.</summary>
    public static IReadOnlyList<IDataSource> All { get; } =
    [
        new ListDataSource("watchbill_members", "members", Of("The members of an organization.", "members", ("id", Text), ("email", Text), ("name", Text), ("role", Text), ("state", Text)), static async (access, _, cursor, stop) =>
        {
            var page = await access.MembersAsync(new MemberQuery { Limit = AtOnce, Cursor = cursor }, stop);
            return (page.Items.Select(static one => MapValue.Of(("id", Value.Of(one.Id)), ("email", Value.Of(one.Email)), ("name", Value.Of(one.Name)), ("role", Value.Of(one.OrgRole)), ("state", Value.Of(one.State)))), page.Next);
        }),
        new ListDataSource("watchbill_teams", "teams", Of("The teams of an organization.", "teams", ("id", Text), ("slug", Text), ("members", Number), ("projects", Number)), static async (access, _, cursor, stop) =>
        {
            var page = await access.TeamsAsync(new TeamQuery { Limit = AtOnce, Cursor = cursor }, stop);
            return (page.Items.Select(static one => MapValue.Of(("id", Value.Of(one.Id)), ("slug", Value.Of(one.Slug)), ("members", Value.Of(one.Members)), ("projects", Value.Of(one.Projects)))), page.Next);
        }),
        new ListDataSource("watchbill_projects", "projects", Of("The projects of an organization.", "projects", ("id", Text), ("slug", Text), ("name", Text), ("platform", Text)), static async (access, _, cursor, stop) =>
        {
            var page = await access.ProjectsAsync(new ProjectQuery { Limit = AtOnce, Cursor = cursor }, stop);
            return (page.Items.Select(static one => MapValue.Of(("id", Value.Of(one.Id)), ("slug", Value.Of(one.Slug)), ("name", Value.Of(one.Name)), ("platform", Value.Of(one.Platform)))), page.Next);
        }),
        new ListDataSource("watchbill_project_access", "members", AccessDefinition, static async (access, config, cursor, stop) =>
        {
            var page = await access.MembersOfProjectAsync(config.Text("project")!, new PairQuery { Limit = AtOnce, Cursor = cursor }, stop);
            return (page.Items.Select(static one => MapValue.Of(("id", Value.Of(one.Member.Id)), ("email", Value.Of(one.Member.Email)), ("reach", Value.Of(one.Reach)), ("held", Value.Of(one.Held)))), page.Next);
        }),
    ];

    private static Definition AccessDefinition => new("Who can reach a project.",
    [
        new("source", Text, AttributeUse.Required, "The number of the source."),
        new("project", Text, AttributeUse.Required, "The project: its slug or Sentry's id."),
        new("members", Objects(("id", Text), ("email", Text), ("reach", Text), ("held", Truth)), AttributeUse.Computed, "Them: how far each gets (`now`, `tokens-only`, `stopped`, `unknown`, `could-join`), and whether it was granted."),
    ]);

    public async Task<MapValue> ReadAsync(WatchbillClient client, MapValue config, CancellationToken cancellationToken)
    {
        var source = long.TryParse(config.Text("source"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw new ProviderException("'source' is the number of a source: watchbill_source.NAME.id.");
        List<Value> rows = [];
        string? cursor = null;
        do
        {
            var part = await read(client.Access(source), config, cursor, cancellationToken);
            rows.AddRange(part.Rows);
            cursor = part.Next;
        }
        while (cursor is not null);

        return config.With(list, new ListValue([.. rows]));
    }

    private static Definition Of(string description, string list, params (string Name, string Type)[] fields) => new(
        description, [new("source", Text, AttributeUse.Required, "The number of the source."), new(list, Objects(fields), AttributeUse.Computed, "Them.")]);
}
