#!/usr/bin/env python3
"""Draws rows of a list in an evidence pack so that the selection is nobody's choice, with nothing but Python.

    draw_sample.py FILE ENGAGEMENT CONTROL SIZE            of a list as JSON Lines
    draw_sample.py FILE ENGAGEMENT CONTROL SIZE COLUMN     with its share for each month of that column

The seed is SHA-256 of `engagement|control|SHA-256 of the file`. A row's rank is SHA-256 of the seed, a line feed and its line; the rows with the smallest ranks are drawn.
Prints the seed, and the numbers of the lines from 1. Who has the same file and the same words gets the same rows.
"""
import hashlib
import json
import pathlib
import sys


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def draw(content, engagement, control, size, column=None):
    seed = sha256(f"{engagement}|{control}|{sha256(content)}".encode())
    groups = {}
    lines = content.split(b"\n")[:-1]
    for number, line in enumerate(lines, 1):
        value = json.loads(line)[column] if column else ""
        month = value[:7] if isinstance(value, str) and (not column or len(value) >= 7) else "none"
        groups.setdefault(month, []).append((sha256(seed.encode() + b"\n" + line), number))
    share = {month: len(rows) for month, rows in groups.items()}
    if len(lines) > size:
        share = {month: size * len(rows) // len(lines) for month, rows in groups.items()}
        left = size - sum(share.values())
        for month in sorted(groups, key=lambda one: (-(size * len(groups[one]) % len(lines)), one))[:left]:
            share[month] += 1
    return seed, sorted(number for month, rows in groups.items() for _, number in sorted(rows)[:share[month]])


def main():
    content = pathlib.Path(sys.argv[1]).read_bytes()
    seed, numbers = draw(content, sys.argv[2], sys.argv[3], int(sys.argv[4]), *sys.argv[5:6])
    print(seed)
    print(*numbers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
