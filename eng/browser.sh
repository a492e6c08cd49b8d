# Finds Chromium for the tests of the console, or installs Debian's package. Meant to be sourced; afterwards WATCHBILL_CHROMIUM names
# the program. Tests that need it fail with a sentence when it cannot be had. Another browser of the family: set WATCHBILL_CHROMIUM.
# The headless shell is the same engine without the windows around it that nobody sees here; tests take two thirds of the time with it.

watchbill_find_chromium() {
    local program
    for program in "${WATCHBILL_CHROMIUM:-}" /usr/bin/chromium-headless-shell /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
        if [ -n "$program" ] && [ -x "$program" ]; then
            echo "$program"
            return
        fi
    done
    return 1
}

watchbill_as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

if ! WATCHBILL_CHROMIUM=$(watchbill_find_chromium); then
    echo "Installing Chromium from Debian's packages, for the tests of the console ..." >&2
    watchbill_as_root apt-get update -qq
    watchbill_as_root apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-dejavu-core >/dev/null ||
        watchbill_as_root apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null || true
    WATCHBILL_CHROMIUM=$(watchbill_find_chromium) || echo "Chromium could not be installed: tests of the console will fail." >&2
fi
export WATCHBILL_CHROMIUM
