#!/usr/bin/env python3
"""Computes from proofs of single entries (C2SP tlog-proof), with nothing but Python, the root that their checkpoint was signed with.

    verify_proof.py FOLDER PROOF...         a folder with `tile/entries/...` that holds the entries, as a pack has it in data/log
    verify_proof.py --entry FILE PROOF      one entry in a file of its own

The signature of the checkpoint in a proof is checked with OpenSSL, see README.md. Ends with 0 when everything fits, with 1 otherwise.
"""
import base64
import hashlib
import pathlib
import sys

from verify_log import entries


def parse(text):
    """Index, hashes, and the checkpoint: its size, its root, all of it."""
    head, _, note = text.partition("\n\n")
    kind, index, *hashes = head.split("\n")
    if kind != "c2sp.org/tlog-proof@v1" or not index.startswith("index "):
        raise ValueError("no proof of an entry")
    _, size, root = note.split("\n")[:3]
    return int(index[len("index "):]), [base64.b64decode(line) for line in hashes], int(size), base64.b64decode(root), note


def root_of(index, size, leaf, hashes):
    """RFC 9162, 2.1.3.2."""
    node, last, root = index, size - 1, leaf
    for part in hashes:
        if last == 0:
            return None
        if node & 1 or node == last:
            root = hashlib.sha256(b"\x01" + part + root).digest()
            while node & 1 == 0 and node:
                node, last = node >> 1, last >> 1
        else:
            root = hashlib.sha256(b"\x01" + root + part).digest()
        node, last = node >> 1, last >> 1
    return root if last == 0 else None


def main():
    given = sys.argv[1:]
    own = pathlib.Path(given[1]).read_bytes() if given[0] == "--entry" else None
    proofs = {name: parse(pathlib.Path(name).read_text(encoding="utf-8")) for name in (given[2:] if own is not None else given[1:])}
    known = {}
    if own is None:
        wanted = {proof[0] for proof in proofs.values()}
        size = max((proof[2] for proof in proofs.values()), default=0)
        known = {index: entry for index, entry in enumerate(entries(pathlib.Path(given[0]), size)) if index in wanted}
    good = True
    for name, (index, hashes, size, root, _) in proofs.items():
        entry = own if own is not None else known.get(index)
        fits = entry is not None and index < size and root_of(index, size, hashlib.sha256(b"\x00" + entry).digest(), hashes) == root
        good = good and fits
        print(f"{'OK ' if fits else 'BAD'} {name}: entry {index} of {size}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
