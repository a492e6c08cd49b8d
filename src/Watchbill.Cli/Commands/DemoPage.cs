using Watchbill.Access.Effective;
using Watchbill.Access.Queries;
using Watchbill.Access.Changes;
using Watchbill.Cli.Demo;
using Watchbill.Cli.Output;
using Watchbill.Connectors;

namespace Watchbill.Cli.Commands;

/// <summary>What the demonstration tells: what is striking, what changed since the last run, and what to try next.</summary>
internal sealed class DemoPage(CommandContext context, DemoPlace place)
{
    private const int MostFacts = 12;
    private const int MostChanges = 20;
    private const int WidestText = 110;

    private readonly TextWriter _output = context.Terminal.Output;

    public async Task PrintAsync(Connector connector, SyncRun run, CancellationToken cancellationToken)
    {
        var queries = context.Get<AccessQueries>();
        var now = await queries.GraphAsync(connector.Id, null, cancellationToken);
        context.Say($"Read in {(run.FinishedAt!.Value - run.StartedAt).TotalSeconds:0.0} s with {Listing.Count(run.Requests, "request")}: "
            + $"{Listing.Count(now.Value.Members.Count, "member or invitation", "members and invitations")}, {Listing.Count(now.Value.Teams.Count, "team")}, {Listing.Count(now.Value.Projects.Count, "project")}.");
        var before = await queries.GraphAsync(connector.Id, run.StartedAt.AddMicroseconds(-1), cancellationToken);
        if (before.Value.Organization is not null)
        {
            Section("What changed since the last run", AccessChanges.Between(before.Value, now.Value).Select(static change => change.Sentence), MostChanges);
        }

        var facts = await queries.StrikingFactsAsync(connector.Id, null, cancellationToken);
        Section("What is striking", facts.Value.Select(static fact => fact.Sentence), MostFacts);
        _output.WriteLine();
        _output.WriteLine("Try next:");
        foreach (var command in NextCommands(now.Value))
        {
            _output.WriteLine($"  {command}");
        }

        await _output.FlushAsync(cancellationToken);
        foreach (var line in Standings.Of(facts).Lines())
        {
            context.Say(line);
        }
    }

    private void Section(string title, IEnumerable<string> lines, int most)
    {
        var all = lines.ToList();
        _output.WriteLine();
        _output.WriteLine($"{title}:");
        foreach (var line in all.Count == 0 ? ["Nothing."] : all.Take(most))
        {
            Bullet(line);
        }

        if (all.Count > most)
        {
            Bullet($"... and {all.Count - most:N0} more.");
        }
    }

    private void Bullet(string text)
    {
        foreach (var (index, line) in Wrapping.Wrap(PrintableText.Of(text), Math.Clamp(context.Terminal.Width - 4, 40, WidestText)).Index())
        {
            _output.WriteLine((index == 0 ? "  - " : "    ") + line);
        }
    }

    private IEnumerable<string> NextCommands(AccessGraph graph)
    {
        var project = graph.Projects.OrderByDescending(project => graph.TeamsOf(project).Count).First();
        var member = graph.Members.Where(static member => member is { Pending: false, OrgRole: "member" }).MaxBy(member => graph.MembershipsOf(member).Count)!;
        foreach (var command in (string[])
                 [
                     $"access who {project.Slug} --held", $"access of {member.Email}", $"access why {member.Email} {project.Slug}",
                     "members list --without-2fa", "nonhuman list --scope project:write", "facts", "access diff 1h",
                 ])
        {
            yield return $"{context.Terminal.ProgramName} {command} {place.Option}";
        }

        yield return $"{context.Terminal.ProgramName} demo   # again: it tells what changed in the meantime";
        yield return $"{context.Terminal.ProgramName} connect --organization YOUR-ORGANIZATION   # your own Sentry";
    }
}
