using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;
using Watchbill.Kernel;
using Watchbill.Reviews;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill review</c>: access reviews, decided by the people who know and proven at Sentry.</summary>
internal static class ReviewCommand
{
    public static Command Create(CommandHost host) => new DocumentedCommand("review", "Access reviews: frozen, decided by the people who know, made in Sentry and proven")
    {
        host.Handle(new DocumentedCommand("list", "Reviews, newest first"), static async (context, cancellationToken) =>
        {
            var list = await context.Watchbill.Reviews.ListAsync(cancellationToken);
            return list.Succeeded ? context.Show(ReviewSheets.Campaigns(list.Value)) : context.Refuse(list.Refusal!);
        }),
        Show(host),
        Move(host, "start", "Freeze who has what and ask the reviewers; demands a complete sync within a day", static (reviews, one) => reviews.StartAsync(one.Review, one.Stop)),
        Decide(host),
        Submit(host),
        Move(host, "close", "End deciding; what was decided is made in Sentry and proven", static (reviews, one) => reviews.CloseAsync(one.Review, one.Stop)),
        Move(host, "complete", "Complete a closed review; say why where something is left over", static (reviews, one) => reviews.CompleteAsync(one.Review, one.Reason, one.Stop), hasReason: true),
        Move(host, "cancel", "End a review before it is closed; say why", static (reviews, one) => reviews.CancelAsync(one.Review, one.Reason ?? "", one.Stop), hasReason: true),
        Report(host),
    };

    private static Argument<long> Review() => new("review") { Description = "The number of the review" };

    private static Command Show(CommandHost host)
    {
        var review = Review();
        return host.Handle(new DocumentedCommand("show", "How a review stands") { review }, async (context, cancellationToken) =>
        {
            var report = await context.Watchbill.Reviews.ReportAsync(context.Value(review), cancellationToken);
            return report.Succeeded ? context.Show(ReviewSheets.Standing(report.Value)) : context.Refuse(report.Refusal!);
        });
    }

    private static Command Report(CommandHost host)
    {
        var review = Review();
        var command = new DocumentedCommand("report", "Every grant of a review with its decision and what became of it") { Examples = ["./watchbill review report 1 -o csv"] };
        command.Add(review);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var report = await context.Watchbill.Reviews.ReportAsync(context.Value(review), cancellationToken);
            return report.Succeeded ? context.Show(ReviewSheets.Report(report.Value)) : context.Refuse(report.Refusal!);
        });
    }

    private static Command Decide(CommandHost host)
    {
        var review = Review();
        var item = new Argument<long>("item") { Description = "The number of the grant in the review" };
        var decision = new Option<Decision?>("--decision") { Description = "certify, revoke, change-role or except", HelpName = "decision", Required = true }.AcceptingChoices(Enum.GetValues<Decision>());
        var reason = Names.Text("--reason", "Why; needed for everything but keeping ordinary access", "text");
        var role = Names.Text("--role", "The role instead, with change-role", "role");
        var until = new Option<DateTimeOffset?>("--until") { Description = "The day on which an exception ends, with except", HelpName = "yyyy-mm-dd" };
        var command = new DocumentedCommand("decide", "Decide on a grant that you review, as a draft; through a server, with your own token")
        {
            Examples = ["./watchbill review decide 1 17 --decision revoke --reason Left --server https://watchbill.example.com"],
        };
        command.Add(review);
        command.Add(item);
        foreach (var option in new Option[] { decision, reason, role, until })
        {
            command.Add(option);
        }

        return host.Handle(command, async (context, cancellationToken) =>
        {
            var line = new DecisionLine(context.Value(item), Word.Of(context.Value(decision)!.Value)) { Reason = context.Value(reason), NewRole = context.Value(role), Until = context.Value(until) };
            var kept = await context.Watchbill.Reviews.DecideAsync(context.Value(review), line, cancellationToken);
            return kept.Succeeded ? context.Show(ReviewSheets.Draft(kept.Value)) : context.Refuse(kept.Refusal!);
        });
    }

    private static Command Submit(CommandHost host)
    {
        var review = Review();
        return host.Handle(new DocumentedCommand("submit", "Make all your drafts final; through a server, with your own token") { review }, async (context, cancellationToken) =>
        {
            var done = await context.Watchbill.Reviews.SubmitAsync(context.Value(review), cancellationToken);
            if (!done.Succeeded)
            {
                return context.Refuse(done.Refusal!);
            }

            context.Say($"{Listing.Count(done.Value.Submitted, "decision")} submitted; {done.Value.Left:N0} of yours have none yet.");
            return ExitCode.Ok;
        });
    }

    private static Command Move(CommandHost host, string name, string description, Func<IReviews, OneReview, Task<Result<CampaignLine>>> move, bool hasReason = false)
    {
        var review = Review();
        var reason = Names.Text("--reason", "Why; it is kept with the review", "text");
        var command = new DocumentedCommand(name, description) { review };
        if (hasReason)
        {
            command.Add(reason);
        }

        return host.Handle(command, async (context, cancellationToken) =>
        {
            var moved = await move(context.Watchbill.Reviews, new OneReview(context.Value(review), hasReason ? context.Value(reason) : null, cancellationToken));
            return moved.Succeeded ? context.Show(ReviewSheets.Campaigns([moved.Value])) : context.Refuse(moved.Refusal!);
        });
    }

    private sealed record OneReview(long Review, string? Reason, CancellationToken Stop);
}
