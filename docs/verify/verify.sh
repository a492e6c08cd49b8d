#!/bin/sh
# Verifies an unpacked evidence pack, or a set of packs (with unzip), with sha256sum, openssl, ssh-keygen, jq and python3 alone.
#
#     sh data/tools/verify.sh [public-key.pem]     in the folder that bagit.txt lies in
#
# Whose keys these are no tool can say: compare the fingerprint with what you were given in another way, or give the public key that you were given:
# the one that signed, or an earlier one that it was endorsed by.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
key=data/keys/statements.pem
given=${1:-$key}

sha256sum --check --quiet --strict tagmanifest-sha256.txt manifest-sha256.txt
find data -type f | sort > "$work/there"
sed 's/^[0-9a-f]*  //' manifest-sha256.txt | sort > "$work/named"
cmp "$work/there" "$work/named"
echo "OK  every file is as its manifest says, and no other is there"

# The signature of a DSSE envelope is over its type and its payload, each behind its length. There may be thousands of envelopes: those of a file are laid out at once, and one program is started for each signature.
laid_out() { # laid_out FILE: of the Nth envelope in it N.signed, N.payload, N.1.sig, N.2.sig ... in $work/envelopes; says how many envelopes there are
    rm -rf "$work/envelopes"
    mkdir "$work/envelopes"
    python3 -B - "$1" "$work/envelopes" <<'END'
import base64, json, pathlib, sys

number, folder = 0, pathlib.Path(sys.argv[2])
for number, line in enumerate(open(sys.argv[1], encoding="utf-8"), 1):
    envelope = json.loads(line)
    kind, payload = envelope["payloadType"].encode(), base64.b64decode(envelope["payload"], validate=True)
    (folder / f"{number}.payload").write_bytes(payload)
    (folder / f"{number}.signed").write_bytes(b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload))
    for which, signature in enumerate(envelope["signatures"], 1):
        (folder / f"{number}.{which}.sig").write_bytes(base64.b64decode(signature["sig"], validate=True))
print(number)
END
}
signed() { # signed NUMBER WHICH KEY: that signature of an envelope that is laid out is the key's
    openssl pkeyutl -verify -pubin -inkey "$3" -rawin -in "$work/envelopes/$1.signed" -sigfile "$work/envelopes/$1.$2.sig" > "$work/said" || { cat "$work/said"; exit 1; }
}
files() { # files FILE: those that the payloads of its envelopes name are as they say
    jq -r '.payload | @base64d | fromjson | .subject | if length == 0 then error("a statement about nothing") else .[] end | "\(.digest.sha256)  \(.name)"' "$1" > "$work/files"
    sha256sum --check --quiet --strict "$work/files"
}
statements() { # statements FILE: its envelopes are signed by the key of the pack, and their files are as they say
    count=$(laid_out "$1")
    each=1
    while [ "$each" -le "$count" ]; do
        signed "$each" 1 "$key"
        each=$((each + 1))
    done
    files "$1"
}

# Where a key was replaced, each endorsed the next, and the last one signs. A key of the log signs checkpoints from the size on that its endorsement names.
: > "$work/log.sizes"
walked=
for use in statements log; do
    [ -e "data/keys/$use-endorsements.jsonl" ] || continue
    count=$(laid_out "data/keys/$use-endorsements.jsonl")
    number=1
    while [ "$number" -le "$count" ]; do
        signed "$number" 1 "data/keys/$use-$number.pem"
        if [ "$use" = statements ]; then walked="$walked data/keys/$use-$number.pem"; fi
        signed "$number" 2 "data/keys/$use-$((number + 1)).pem"
        payload=$work/envelopes/$number.payload
        number=$((number + 1))
        jq -e --arg use "$use" --argjson number "$number" --arg file "data/keys/$use-$number.pem" \
            '.predicate.use == $use and .predicate.generation == $number and .subject[0].name == $file' "$payload" > "$work/said"
        jq -r '.predicate | "\(.fromSize) \(.generation)"' "$payload" >> "$work/$use.sizes"
    done
    files "data/keys/$use-endorsements.jsonl"
    cmp "data/keys/$use-$number.pem" "data/keys/$use.pem"
    echo "OK  each of the $number keys for $use was endorsed by the one before it"
done
for one in "$key" $walked; do
    if cmp -s "$given" "$one"; then given=; fi
done
if [ -n "$given" ]; then
    echo "BAD the pack is not signed by the key in $given, nor by one that it endorsed"
    exit 1
fi

checkpoint() { # checkpoint FILE: it is signed by the key whose turn it was
    sed '/^$/,$d' "$1" > "$work/checkpoint"
    number=$(awk -v size="$(sed -n 2p "$1")" '$1 <= size { number = $2 } END { print number }' "$work/log.sizes")
    pem=data/keys/log.pem
    if [ -s "$work/log.sizes" ]; then pem=data/keys/log-${number:-1}.pem; fi
    sed -n 's/^— [^ ]* //p' "$1" > "$work/signatures"
    while IFS= read -r line; do
        printf '%s\n' "$line" | base64 -d | tail -c +5 > "$work/checkpoint.sig"
        if openssl pkeyutl -verify -pubin -inkey "$pem" -rawin -in "$work/checkpoint" -sigfile "$work/checkpoint.sig" > "$work/said" 2>&1; then return; fi
    done < "$work/signatures"
    echo "BAD $1 is not signed by $pem"
    exit 1
}

statements manifest.dsse.json
ssh-keygen -Y verify -f data/keys/allowed_signers -I watchbill -n evidence-pack -s manifest-sha256.txt.sig < manifest-sha256.txt > "$work/said" || { cat "$work/said"; exit 1; }
echo "OK  the manifest is signed (ssh-keygen)"

# A set of packs holds one for each source: every one of them as if it came alone, signed by the key of the set.
if [ -d data/packs ]; then
    tools=$(cd "$(dirname "$0")" && pwd)
    pem=$(pwd)/$key
    for pack in data/packs/*.zip; do
        echo "==  $pack"
        unzip -q "$pack" -d "$work/pack"
        (cd "$work"/pack/* && sh "$tools/verify.sh" "$pem")
        rm -rf "$work/pack"
    done
    exit 0
fi

for file in data/statements/*.intoto.jsonl; do
    statements "$file"
done
echo "OK  every statement is signed, and its files are as it says"

checkpoint data/log/checkpoint
echo "OK  the checkpoint of the log is signed"
older=
for token in data/timestamps/*.tst; do
    [ -e "$token" ] || break
    stamped=${token%.tst}.checkpoint
    checkpoint "$stamped"
    if [ -e data/timestamps/ca.pem ]; then
        openssl ts -verify -token_in -in "$token" -data "$stamped" -CAfile data/timestamps/ca.pem > "$work/said" 2>&1 || { cat "$work/said"; exit 1; }
        echo "OK  $stamped was there, says a time authority: $(openssl ts -reply -token_in -in "$token" -token_out -text 2> "$work/said" | sed -n 's/^Time stamp: //p')"
    else
        echo "??  $token: get the certificates of the time authority, then: openssl ts -verify -token_in -in $token -data $stamped -CAfile CERTIFICATES"
    fi
    older="$older $stamped"
done
# shellcheck disable=SC2086
python3 -B data/tools/verify_log.py data/log $older
python3 -B data/tools/verify_events.py data
python3 -B data/tools/verify_proof.py data/log data/proofs/*.tlog-proof
