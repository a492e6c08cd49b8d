using Watchbill.Kernel;

namespace Watchbill.Cli.Commands;

/// <summary>The team that a filter names.</summary>
/// <param name="Id">Sentry's id; null when no team was named.</param>
internal sealed record ChosenTeam(string? Id);

/// <summary>Finds the team that a filter names.</summary>
internal sealed class TeamChoice(CommandContext context, ConnectorId connector)
{
    public async Task<Result<ChosenTeam>> FindAsync(string? name, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            return new ChosenTeam(Id: null);
        }

        var found = await context.Watchbill.TeamAsync(connector, name, cancellationToken);
        return found.Succeeded
            ? new ChosenTeam(found.Value.Id)
            : await new Suggestion(context, connector).ForTeamAsync(found.Refusal!, name, cancellationToken);
    }
}
