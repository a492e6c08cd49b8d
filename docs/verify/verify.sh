#!/bin/sh
# Verifies an unpacked evidence pack with sha256sum, openssl, ssh-keygen, jq and python3 alone.
#
#     sh data/tools/verify.sh [public-key.pem]     in the folder that bagit.txt lies in
#
# Whose keys these are no tool can say: compare the fingerprint with what you were given in another way, or give the public key that you were given.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
key=${1:-data/keys/statements.pem}
cmp "$key" data/keys/statements.pem

sha256sum --check --quiet --strict tagmanifest-sha256.txt manifest-sha256.txt
find data -type f | sort > "$work/there"
sed 's/^[0-9a-f]*  //' manifest-sha256.txt | sort > "$work/named"
cmp "$work/there" "$work/named"
echo "OK  every file is as its manifest says, and no other is there"

# The signature of a DSSE envelope is over its type and its payload, each behind its length.
statement() {
    type=$(jq -r .payloadType "$1")
    jq -r .payload "$1" | base64 -d > "$work/body"
    jq -r '.signatures[0].sig' "$1" | base64 -d > "$work/sig"
    { printf 'DSSEv1 %d %s %d ' "${#type}" "$type" "$(wc -c < "$work/body")"; cat "$work/body"; } > "$work/pae"
    openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in "$work/pae" -sigfile "$work/sig" > "$work/said" || { cat "$work/said"; exit 1; }
    jq -r '.subject[] | "\(.digest.sha256)  \(.name)"' "$work/body" | sha256sum --check --quiet --strict
}
statement manifest.dsse.json
for file in data/statements/*.intoto.jsonl; do
    while IFS= read -r line; do
        printf '%s\n' "$line" > "$work/envelope"
        statement "$work/envelope"
    done < "$file"
done
echo "OK  every statement is signed, and its files are as it says"

ssh-keygen -Y verify -f data/keys/allowed_signers -I watchbill -n evidence-pack -s manifest-sha256.txt.sig < manifest-sha256.txt > "$work/said" || { cat "$work/said"; exit 1; }
echo "OK  the manifest is signed (ssh-keygen)"

sed '/^$/,$d' data/log/checkpoint > "$work/checkpoint"
sed -n 's/^— [^ ]* //p' data/log/checkpoint | base64 -d | tail -c +5 > "$work/checkpoint.sig"
openssl pkeyutl -verify -pubin -inkey data/keys/log.pem -rawin -in "$work/checkpoint" -sigfile "$work/checkpoint.sig" > "$work/said" || { cat "$work/said"; exit 1; }
echo "OK  the checkpoint of the log is signed"
older=
for token in data/timestamps/*.tst; do
    [ -e "$token" ] || break
    checkpoint=${token%.tst}.checkpoint
    sed '/^$/,$d' "$checkpoint" > "$work/checkpoint"
    sed -n 's/^— [^ ]* //p' "$checkpoint" | base64 -d | tail -c +5 > "$work/checkpoint.sig"
    openssl pkeyutl -verify -pubin -inkey data/keys/log.pem -rawin -in "$work/checkpoint" -sigfile "$work/checkpoint.sig" > "$work/said" || { cat "$work/said"; exit 1; }
    if [ -e data/timestamps/ca.pem ]; then
        openssl ts -verify -token_in -in "$token" -data "$checkpoint" -CAfile data/timestamps/ca.pem > "$work/said" 2>&1 || { cat "$work/said"; exit 1; }
        echo "OK  $checkpoint was there, says a time authority: $(openssl ts -reply -token_in -in "$token" -token_out -text 2> "$work/said" | sed -n 's/^Time stamp: //p')"
    else
        echo "??  $token: get the certificates of the time authority, then: openssl ts -verify -token_in -in $token -data $checkpoint -CAfile CERTIFICATES"
    fi
    older="$older $checkpoint"
done
# shellcheck disable=SC2086
python3 -B data/tools/verify_log.py data/log $older
python3 -B data/tools/verify_events.py data
python3 -B data/tools/verify_proof.py data/log data/proofs/*.tlog-proof
