using System.CommandLine;

namespace Watchbill.Cli.Commands;

/// <summary><c>watchbill completion bash|zsh|fish</c>: the script that makes a shell ask Watchbill itself for completions.</summary>
internal static class CompletionCommand
{
    // The shell's word for the program is cut off: Watchbill may be called by a path, and the parser knows it by one name.
    private const string Bash = """
        _watchbill() {
            local line="${COMP_LINE#"${COMP_WORDS[0]}"}" IFS=$'\n'
            local point=$((COMP_POINT - ${#COMP_WORDS[0]}))
            COMPREPLY=($("${COMP_WORDS[0]}" "[suggest:$((point + 9))]" "watchbill$line" 2>/dev/null))
        }
        complete -o default -F _watchbill watchbill ./watchbill
        """;

    private const string Zsh = """
        #compdef watchbill
        _watchbill() {
            local rest="${BUFFER#"${words[1]}"}"
            local -a found
            found=("${(@f)$("${words[1]}" "[suggest:$((CURSOR - ${#words[1]} + 9))]" "watchbill$rest" 2>/dev/null)}")
            compadd -- "${found[@]}"
        }
        compdef _watchbill watchbill ./watchbill
        """;

    private const string Fish = """
        function __watchbill_complete
            set -l program (commandline -op)[1]
            set -l line watchbill(string sub -s (math (string length -- $program) + 1) -- (commandline -cp))
            $program "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null
        end
        complete -c watchbill -f -a '(__watchbill_complete)'
        """;

    public static Command Create(CommandHost host)
    {
        var completion = new DocumentedCommand("completion", "Print the script that completes commands in your shell")
        {
            Examples = ["source <(./watchbill completion bash)", "./watchbill completion fish > ~/.config/fish/completions/watchbill.fish"],
        };
        completion.Add(Script(host, "bash", Bash));
        completion.Add(Script(host, "zsh", Zsh));
        completion.Add(Script(host, "fish", Fish));
        return completion;
    }

    private static Command Script(CommandHost host, string shell, string script) => host.Handle(new DocumentedCommand(shell, $"The script for {shell}"), (context, _) =>
    {
        context.Terminal.Output.WriteLine(script);
        return Task.FromResult(ExitCode.Ok);
    });
}
