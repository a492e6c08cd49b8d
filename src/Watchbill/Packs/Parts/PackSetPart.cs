using System.Globalization;
using System.Text;
using Watchbill.Compliance.Frameworks;
using Watchbill.Compliance.Runs;
using Watchbill.Packs.Container;
using static Watchbill.Packs.Parts.PackHtml;

namespace Watchbill.Packs.Parts;

/// <summary>What people read first of a set: which packs it holds, and their controls side by side.</summary>
internal static class PackSetPart
{
    /// <summary>Where the packs of a set are.</summary>
    public const string Folder = "data/packs/";

    /// <summary>Where a source's pack is. Two organizations on different hosts may have one slug: the source's number makes names different.</summary>
    public static string NameOf(PackedSource pack) => string.Create(CultureInfo.InvariantCulture, $"{Folder}{Path.GetFileNameWithoutExtension(pack.Made.FileName)}-source-{pack.Scope.Id}.zip");

    public static async Task WriteAsync(PackWriter set, IReadOnlyList<PackedSource> packs)
    {
        await set.AddAsync("data/README.md", Readme(packs));
        await set.AddAsync("data/index.html", Page(packs));
    }

    private static string Readme(IReadOnlyList<PackedSource> packs)
    {
        var about = packs[0].Scope;
        return $"""
            # Evidence packs: {about.Framework.Name} {about.Framework.Edition}, {packs.Count} Sentry organizations

            From {Instant(about.Request.From)} up to {Instant(about.Request.To)}. `packs/` holds one evidence pack for each organization, as it would be made alone: unpack one and begin with its
            `data/index.html`. `index.html` here puts their controls side by side. They hold names and addresses of people: keep them accordingly.

            {string.Join('\n', packs.Select(static pack => $"- `{pack.Scope.Connector.OrganizationSlug}` at {new Uri(pack.Scope.Connector.Address).Host}: `{NameOf(pack)["data/".Length..]}`"))}

            ## Verify all of it

            In the folder that `bagit.txt` lies in, with stock tools (sha256sum, openssl 3, ssh-keygen, jq, python3, unzip):

                sh data/tools/verify.sh

            It verifies this set, then every pack in it. With Watchbill: `watchbill evidence verify FILE`, which finds changes of the containers too.

            Whose key it is no tool can say. Compare its fingerprint (`openssl pkey -pubin -in data/keys/statements.pem -outform DER | tail -c 32 | sha256sum`) with the one that you were given in
            another way than this file.

            """.ReplaceLineEndings("\n");
    }

    private static string Page(IReadOnlyList<PackedSource> packs)
    {
        var html = new StringBuilder();
        var about = packs[0].Scope;
        Begin(html, Text($"Evidence: {about.Framework.Name} {about.Framework.Edition}, {packs.Count} Sentry organizations"));
        html.Append(CultureInfo.InvariantCulture, $"<p>From {Instant(about.Request.From)} up to {Instant(about.Request.To)}. How to verify all of this: <a href=\"README.md\">README.md</a>.</p>\n");
        Table(html, "Sources", ["Organization", "Sentry", "Checks as of", "Pack"], packs.Select(static pack => (string[])
        [
            Text(pack.Scope.Connector.OrganizationSlug), Text(new Uri(pack.Scope.Connector.Address).Host), Instant(pack.Scope.Run.At), $"<a href=\"{Text(NameOf(pack)["data/".Length..])}\">{Text(pack.Made.FileName)}</a>",
        ]));
        Table(html, "Controls", ["Control", "What it asks for", .. packs.Select(static pack => Text(pack.Scope.Connector.OrganizationSlug)), "What Sentry cannot show"], about.Controls.Select(control => (string[])
            [Text(control.Id), Text(control.Title), .. packs.Select(pack => Of(pack, control)), Text(FrameworkCatalogue.CannotShow(control.Theme))]));
        return End(html);
    }

    private static string Of(PackedSource pack, FrameworkControl control) =>
        Outcome(Outcomes.Of(pack.Scope.Run.Lines.Where(line => control.Checks.Contains(line.CheckId)).Select(static line => line.Outcome)).Worst);
}
