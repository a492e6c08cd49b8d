using System.CommandLine;
using Watchbill.Cli.Input;
using Watchbill.Cli.Output;
using Watchbill.Cli.Places;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill evidence keys</c> and <c>replace-key</c>: the keys that sign.</summary>
internal static class EvidenceKeyCommands
{
    private static readonly string[] Uses = ["log", "statements"];

    private static readonly IReadOnlyList<Column<KeyLine>> Columns =
    [
        new("use", "Signs", static one => one.Use),
        new("generation", "Key", static one => one.Generation),
        new("isCurrent", "Now", static one => one.IsCurrent),
        new("since", "Since", static one => one.Since),
        new("fingerprint", "Fingerprint", static one => one.Fingerprint) { IsWhole = true },
        new("fromSize", null, static one => one.FromSize),
        new("publicKeyPem", null, static one => one.Pem),
    ];

    public static Command Keys(CommandHost host)
    {
        var pem = new Option<string?>("--pem") { Description = "Write only the public key that signs now, for whoever keeps it: log or statements", HelpName = "use" };
        pem.AcceptOnlyFromAmong(Uses);
        var command = new DocumentedCommand("keys", "The keys that sign the log (checkpoints) and statements (packs), with those that were replaced")
        {
            Examples = ["./watchbill evidence keys", "./watchbill evidence keys --pem statements"],
        };
        command.Add(pem);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var keys = await context.Watchbill.EvidenceLog.KeysAsync(cancellationToken);
            if (!keys.Succeeded)
            {
                return context.Refuse(keys.Refusal!);
            }

            if (context.Value(pem) is { } use)
            {
                await host.Terminal.Output.WriteAsync(keys.Value.Single(key => key.IsCurrent && key.Use == use).Pem);
                return ExitCode.Ok;
            }

            return context.Show(new Sheet<KeyLine>(Columns, keys.Value) { Notes = ["Hand fingerprints over in another way than packs. Who trusts a key trusts those after it: each endorsed the next."] });
        });
    }

    public static Command Replace(CommandHost host)
    {
        var use = new Argument<string>("use") { Description = "log or statements" };
        use.AcceptOnlyFromAmong(Uses);
        var reason = Names.Text("--reason", "Why; it is kept in the audit log", "text");
        var command = new DocumentedCommand("replace-key", "Make a new key, have the current one endorse it, and sign with it from now on; it cannot be taken back")
        {
            Examples = ["./watchbill evidence replace-key statements --reason yearly"],
        };
        command.Add(use);
        command.Add(reason);
        return host.Handle(command, async (context, cancellationToken) =>
        {
            var replaced = await context.Watchbill.EvidenceLog.ReplaceKeyAsync(context.Value(use), context.Value(reason) ?? "", cancellationToken);
            return !replaced.Succeeded ? context.Refuse(replaced.Refusal!) : context.Show(new Sheet<KeyLine>(Columns, [replaced.Value])
            {
                Headline = $"Key {replaced.Value.Generation} signs {replaced.Value.Use} from now on.",
                Notes = ["Back up the key folder now: without its new file nothing can be signed.", "Whoever trusts the key before it need not be told; whoever is given a fingerprint from now on gets the new one."],
            });
        });
    }
}
