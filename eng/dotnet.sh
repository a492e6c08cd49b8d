# Finds a .NET 10 SDK, or installs one for this user. Meant to be sourced:
#
#     . eng/dotnet.sh
#
# Contract: afterwards `dotnet` is on PATH with a 10.0 SDK and the variables below are exported; otherwise the calling script has
# ended with status 1 and one sentence on stderr; `watchbill_building COMMAND...` runs a command that compiles. Prints nothing when an
# SDK is there already. Works in any POSIX shell, from any current directory, with `set -eu` on or off. Nothing outside
# WATCHBILL_DOTNET_FOLDER (default ~/.dotnet) is written. A machine that cannot reach Microsoft names a mirror's copy of the install
# script, by URL, in WATCHBILL_DOTNET_INSTALL_SCRIPT.

watchbill_has_sdk() {
    "$1" --list-sdks 2>/dev/null | grep -q '^10\.0\.'
}

watchbill_fail() {
    echo "watchbill: $1" >&2
    exit 1
}

watchbill_install_sdk() {
    command -v curl >/dev/null 2>&1 || watchbill_fail "the .NET 10 SDK is missing and so is curl, which would fetch it; install either of them and try again."
    echo "watchbill: installing the .NET 10 SDK into $1 with Microsoft's install script (about 200 MB, only now) ..." >&2
    mkdir -p "$1" || watchbill_fail "cannot create $1; set WATCHBILL_DOTNET_FOLDER to a folder you may write to."
    watchbill_script=${WATCHBILL_DOTNET_INSTALL_SCRIPT:-https://dot.net/v1/dotnet-install.sh}
    curl -fsSL --retry 3 --max-time 120 "$watchbill_script" -o "$1/dotnet-install.sh" ||
        watchbill_fail "cannot download $watchbill_script; check the network or a proxy, or install the .NET 10 SDK yourself (https://dotnet.microsoft.com/download)."
    bash "$1/dotnet-install.sh" --channel 10.0 --install-dir "$1" --no-path >&2 ||
        watchbill_fail "Microsoft's install script failed (its messages are above); install the .NET 10 SDK yourself (https://dotnet.microsoft.com/download)."
    watchbill_has_sdk "$1/dotnet" || watchbill_fail "the .NET SDK in $1 does not start; its messages: $("$1/dotnet" --info 2>&1 | head -n 3)"
}

# A compiler is a program that ends soon: measuring methods before they are compiled once more is not paid back, and looking through the youngest objects every few
# megabytes takes longer than everything else it does with memory. Without both, a build takes a third less of the processor.
watchbill_building() {
    DOTNET_TieredPGO=${DOTNET_TieredPGO:-0} DOTNET_TC_CallCountThreshold=${DOTNET_TC_CallCountThreshold:-0x400} \
        DOTNET_GCgen0size=${DOTNET_GCgen0size:-0x8000000} "$@"
}

# A machine without ICU cannot run the SDK unless it is told to do without cultures; Watchbill itself uses none.
if ! ldconfig -p 2>/dev/null | grep -q 'libicuuc\.so'; then
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
fi

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=0
export DOTNET_CLI_UI_LANGUAGE=en

if ! { command -v dotnet >/dev/null 2>&1 && watchbill_has_sdk dotnet; }; then
    watchbill_dotnet_folder="${WATCHBILL_DOTNET_FOLDER:-${HOME:?watchbill: HOME is not set}/.dotnet}"
    watchbill_has_sdk "$watchbill_dotnet_folder/dotnet" || watchbill_install_sdk "$watchbill_dotnet_folder"
    export DOTNET_ROOT="$watchbill_dotnet_folder"
    export PATH="$watchbill_dotnet_folder:$PATH"
    unset watchbill_dotnet_folder
fi
