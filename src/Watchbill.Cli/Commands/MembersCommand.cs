using System.CommandLine;
using Watchbill.Access.Queries;
using Watchbill.Cli.Input;
using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill members list</c></summary>
internal sealed class MembersCommand(CommandHost host)
{
    private static readonly IReadOnlyList<Output.Column<MemberLine>> Columns =
    [
        new("id", null, static member => member.Id),
        new("name", "Name", static member => member.Name) { IsOptional = true },
        new("email", "Address", static member => member.Email) { IsWhole = true },
        new("role", "Role", static member => member.OrgRole),
        new("state", null, static member => Word.Of(member.State)),
        new("stateWords", "State", static member => Word.Of(member.State).Replace('-', ' ')),
        new("twoFactor", "2FA", static member => member.HasTwoFactor),
        new("teams", "Teams", static member => member.TeamCount) { IsOptional = true },
        new("lastActive", "Last active", static member => member.LastActive),
        new("sso", "SSO", static member => member.SsoLinked) { IsOptional = true },
        new("since", "Since", static member => member.DateCreated) { IsOptional = true },
    ];

    private readonly Option<string?> _role = Names.Text("--role", "Only this organization role, for example owner", "role");
    private readonly Option<MemberState?> _state = new Option<MemberState?>("--state") { Description = "Only this state: active, invited, invitation-expired, deactivated or restricted", HelpName = "state" }
        .AcceptingChoices(MemberState.Active, MemberState.Invited, MemberState.InvitationExpired, MemberState.Deactivated, MemberState.Restricted);

    private readonly Option<bool> _with2Fa = new("--with-2fa") { Description = "Only people with a second factor" };
    private readonly Option<bool> _without2Fa = new("--without-2fa") { Description = "Only people without one; of whom Sentry does not tell are in neither list" };
    private readonly Option<int?> _inactive = Numbers.OptionalWhole("--inactive", "Only people not active for so many days", (1, 10_000));
    private readonly Option<string?> _team = Names.Team("Only members of this team");
    private readonly Option<bool> _noTeam = new("--no-team") { Description = "Only members of no team" };
    private readonly Option<MemberOrder?> _order = new Option<MemberOrder?>("--order") { Description = "Order by email, name, role or last-active [default: email]", HelpName = "column" }
        .AcceptingChoices(MemberOrder.Email, MemberOrder.Name, MemberOrder.Role, MemberOrder.LastActive);

    private readonly ListOptions _list = new(host);

    public static Command Create(CommandHost host)
    {
        var self = new MembersCommand(host);
        var list = new DocumentedCommand("list", "List members and open invitations")
        {
            Examples = ["./watchbill members list --role owner", "./watchbill members list --without-2fa --order last-active", "./watchbill members list --inactive 90 -o csv"],
        };
        foreach (var option in new Option[] { self._role, self._state, self._with2Fa, self._without2Fa, self._inactive, self._team, self._noTeam, self._order })
        {
            list.Add(option);
        }

        list.Exclude(self._with2Fa, self._without2Fa);
        self._list.AddTo(list);
        return new DocumentedCommand("members", "People and open invitations") { host.Handle(list, self.RunAsync) };
    }

    private async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var connector = await context.ConnectorAsync(null, cancellationToken);
        if (!connector.Succeeded)
        {
            return context.Refuse(connector.Refusal!);
        }

        var team = await new TeamChoice(context, connector.Value.Id).FindAsync(context.Value(_team), cancellationToken);
        if (!team.Succeeded)
        {
            return context.Refuse(team.Refusal!);
        }

        var filter = FilterOf(context, team.Value.Id);
        var answer = await context.Watchbill.MembersAsync(_list.Question(connector.Value.Id, filter, context), cancellationToken);
        return answer.Refusal is { } refusal ? context.Refuse(refusal) : context.Show(ListOptions.SheetOf(answer.Value, Columns, "member or invitation", "members and invitations"));
    }

    private MemberFilter FilterOf(CommandContext context, string? teamId) => new()
    {
        Role = context.Value(_role),
        State = context.Value(_state),
        HasTwoFactor = context.Value(_with2Fa) ? true : context.Value(_without2Fa) ? false : null,
        InactiveSince = context.Value(_inactive) is { } days ? context.Terminal.Clock.GetUtcNow().AddDays(-days) : null,
        TeamId = teamId,
        WithoutTeam = context.Value(_noTeam),
        Text = _list.Text(context),
        Order = context.Value(_order) ?? MemberOrder.Email,
    };
}
