using System.Globalization;
using System.Text;
using Watchbill.Compliance;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Kernel;
using Watchbill.Packs.Container;
using static Watchbill.Packs.Parts.PackHtml;

namespace Watchbill.Packs.Parts;

/// <summary>What people read first: a page that works offline, without scripts, and the commands that verify everything.</summary>
internal static class TextsPart
{
    public static async Task WriteAsync(PackWriter pack, PackScope scope, IReadOnlyList<WrittenPopulation> populations)
    {
        await pack.AddAsync("data/README.md", Readme(scope));
        await pack.AddAsync("data/index.html", Page(pack, scope, populations));
    }

    private const string Times = """
        When it was there says a time authority, where there are tokens in `data/timestamps`. Get its certificates from the authority itself; for each token:

            openssl ts -verify -token_in -in N.tst -data N.checkpoint -CAfile CERTIFICATES
            python3 -B data/tools/verify_log.py data/log data/timestamps/N.checkpoint

        The first shows that the checkpoint was there at the token's time, the second that the log in this pack begins with it.
        """;

    private static string Readme(PackScope scope) =>
        $"""
        # Evidence pack: {scope.Connector.OrganizationSlug}, {scope.Framework.Name} {scope.Framework.Edition}

        What Watchbill read of the Sentry organization `{scope.Connector.OrganizationSlug}` at {new Uri(scope.Connector.Address).Host}, what its checks say of it, and what people did about it,
        from {Instant(scope.Request.From)} up to {Instant(scope.Request.To)}. Open `index.html` for an overview. It holds names and addresses of people: keep it accordingly.

        ## Verify it

        In the folder that `bagit.txt` lies in, with stock tools (sha256sum, openssl 3, ssh-keygen, jq, python3):

            sh data/tools/verify.sh

        or step by step:

            sha256sum --check --quiet tagmanifest-sha256.txt manifest-sha256.txt
            ssh-keygen -Y verify -f data/keys/allowed_signers -I watchbill -n evidence-pack -s manifest-sha256.txt.sig < manifest-sha256.txt
            python3 -B data/tools/verify_log.py data/log
            python3 -B data/tools/verify_events.py data
            python3 -B data/tools/verify_proof.py data/log data/proofs/*.tlog-proof

        With Watchbill: `watchbill evidence verify PACK`, of the file or of the unpacked folder. It finds changes of the container too.

        Whose key it is no tool can say. Compare its fingerprint (`openssl pkey -pubin -in data/keys/statements.pem -outform DER | tail -c 32 | sha256sum`) with the one that you were given in
        another way than this pack. A checkpoint of the log that you kept earlier shows that nothing was rewritten since: `python3 -B data/tools/verify_log.py data/log KEPT`.

        {Times}

        ## Draw a sample

        Lists are complete: test them whole where you can. Where you look at rows one by one, nobody should choose them. The seed follows from the engagement, the control and the list, so
        whoever has the pack draws the same rows:

            python3 -B data/tools/draw_sample.py data/populations/members.jsonl "SOC 2 2026" CC6.1 25 since

        With Watchbill: `watchbill evidence sample PACK populations/members --engagement "SOC 2 2026" --control CC6.1 --by since`.

        ## What is where

        | folder | holds |
        |---|---|
        | `populations/` | what was read, as of the end of the period, as CSV and JSON Lines; `columns.csv` says what each column means |
        | `checks/` | the run: `verdicts.jsonl` (SHA-256 of it is sealed in the log), `run.json`, results as CSV, the checks as they ran |
        | `governance/` | actions, exceptions, acknowledged lines of the log, access requests, temporary grants |
        | `evidence/sha256/` | the files that `governance/artifacts` lists, each under its SHA-256; what was erased is listed and not here |
        | `reviews/` | access reviews that ended in the period: frozen population, every decision |
        | `statements/` | in-toto statements in DSSE envelopes: of each population what was asked and how much came; of the run what passed |
        | `proofs/`, `timestamps/` | that the events of the run and of each recorded file are in the log (C2SP tlog-proof; `verify_proof.py`); what a time authority said of the log (RFC 3161), where one is configured |
        | `audit/`, `log/` | audit events of the period, and the log that they are sealed in (RFC 6962, C2SP tlog-tiles) |
        | `oscal/` | assessment results and a catalog of the controls |
        | `keys/`, `tools/` | public keys, and where a key was replaced, those before it and how each signed for the next (`*-endorsements.jsonl`); scripts that verify |

        Values in CSV files are exact. A spreadsheet program may run what begins with `=`, `+`, `-` or `@`: import such files as text.

        ## What it cannot show

        That Watchbill's machine was honest while it read: no signature can. What the token may not see is named in the statements (`blindSpots`), and what was not read is no row here and no pass.
        A passing check is evidence for a part of a control, never proof of it.

        """.ReplaceLineEndings("\n");

    private static string Page(PackWriter pack, PackScope scope, IReadOnlyList<WrittenPopulation> populations)
    {
        var html = new StringBuilder();
        var title = Text($"Evidence: {scope.Connector.OrganizationSlug}, {scope.Framework.Name} {scope.Framework.Edition}");
        Begin(html, title);
        html.Append(CultureInfo.InvariantCulture, $"<p>From {Instant(scope.Request.From)} up to {Instant(scope.Request.To)}. Run {scope.Run.Id} of the checks, about {Instant(scope.Run.At)}; SHA-256 of its verdicts: <code>{scope.Run.Digest}</code>. How to verify all of this: <a href=\"README.md\">README.md</a>.</p>\n");
        Table(html, "Controls", ["Control", "What it asks for", "Outcome", "What Sentry cannot show"], scope.Controls.Select(control => Control(scope, control)));
        Table(html, "Checks", ["Check", "Severity", "Outcome", "Fail", "Not evaluated", "Excepted", "Pass"], scope.Run.Lines.Where(line => scope.Checks.Contains(line.CheckId)).Select(line => Check(pack, line)));
        Table(html, "Lists", ["List", "Rows", "Read completely at", "Files"], populations.Select(Population));
        return End(html);
    }

    private static string[] Control(PackScope scope, FrameworkControl control)
    {
        var outcome = Outcomes.Of(scope.Run.Lines.Where(line => control.Checks.Contains(line.CheckId)).Select(static line => line.Outcome)).Worst;
        return [Text(control.Id), Text(control.Title), Outcome(outcome), Text(FrameworkCatalogue.CannotShow(control.Theme))];
    }

    private static string[] Check(PackWriter pack, CheckLine line)
    {
        var definition = CheckCatalogue.Find(line.CheckId)?.Definition;
        var file = ChecksPart.DefinitionOf(line.CheckId);
        var name = Text(definition?.Title ?? line.CheckId);
        var link = pack.Holds(file) ? $"<a href=\"{Text(file["data/".Length..])}\">{name}</a>" : name;
        return [link, definition is null ? "" : Word.Of(definition.Severity), Outcome(line.Outcome), $"{line.Failed}", $"{line.NotEvaluated}", $"{line.Excepted}", $"{line.Passed}"];
    }

    private static string[] Population(WrittenPopulation one) =>
    [
        Text(one.Population.Title), one.Rows.ToString("N0", CultureInfo.InvariantCulture),
        one.Source is { } source ? Instant(source.ReadAt) : one.Population.Scope is null && one.Population.Kind is null ? "" : "<b>never before the end of the period</b>",
        $"<a href=\"{one.Population.Name}.csv\">CSV</a> <a href=\"{one.Population.Name}.jsonl\">JSON Lines</a>",
    ];
}
