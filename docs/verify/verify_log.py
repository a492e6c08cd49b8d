#!/usr/bin/env python3
"""Computes the root of an evidence log from its entries, with nothing but Python, and compares it with its checkpoint.

    verify_log.py FOLDER            a folder with `checkpoint` and `tile/entries/...`, as the server serves them
    verify_log.py FOLDER OLDER      compares also with an older checkpoint, a file that somebody kept

The signature of a checkpoint is checked with OpenSSL, see README.md. Ends with 0 when everything fits, with 1 otherwise.
"""
import base64
import hashlib
import pathlib
import sys


def entries(folder, size):
    """The entries in order: each stands in its bundle behind its length in two bytes."""
    for index in range((size + 255) // 256):
        digits = f"{index:03d}"
        while len(digits) % 3:
            digits = "0" + digits
        groups = [digits[at:at + 3] for at in range(0, len(digits), 3)]
        name = "/".join([*("x" + group for group in groups[:-1]), groups[-1]])
        width = min(256, size - index * 256)
        file = folder / "tile" / "entries" / (name if width == 256 else f"{name}.p/{width}")
        bundle = file.read_bytes()
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            yield bundle[2:2 + length]
            bundle = bundle[2 + length:]


def roots(all_entries, sizes):
    """The roots of the trees of these sizes: complete subtrees are kept on a stack and folded where a size is asked for."""
    stack, found, count = [], {}, 0
    for entry in all_entries:
        level, node = 0, hashlib.sha256(b"\x00" + entry).digest()
        while stack and stack[-1][0] == level:
            node = hashlib.sha256(b"\x01" + stack.pop()[1] + node).digest()
            level += 1
        stack.append((level, node))
        count += 1
        if count in sizes:
            root = stack[-1][1]
            for _, left in reversed(stack[:-1]):
                root = hashlib.sha256(b"\x01" + left + root).digest()
            found[count] = root
    return found


def read(file):
    origin, size, root = pathlib.Path(file).read_text(encoding="utf-8").split("\n")[:3]
    return origin, int(size), base64.b64decode(root)


def main():
    folder = pathlib.Path(sys.argv[1])
    checkpoints = [read(folder / "checkpoint"), *(read(older) for older in sys.argv[2:])]
    found = roots(entries(folder, checkpoints[0][1]), {size for _, size, _ in checkpoints})
    good = True
    for origin, size, root in checkpoints:
        fits = origin == checkpoints[0][0] and found.get(size) == root
        good = good and fits
        print(f"{'OK ' if fits else 'BAD'} {origin} {size} {base64.b64encode(root).decode()}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
