#!/usr/bin/env python3
"""Compares the audit events of an evidence pack with the entries of its log, with nothing but Python.

    verify_events.py FOLDER         the folder `data` of a pack

Each event is hashed behind its entry's salt. That the entries are those that were signed is what verify_log.py shows. Ends with 0 when everything fits, with 1 otherwise.
"""
import hashlib
import json
import pathlib
import sys

from verify_log import entries, read


def main():
    data = pathlib.Path(sys.argv[1])
    size = read(data / "log" / "checkpoint")[1]
    sealed = list(entries(data / "log", size))
    run = json.loads((data / "checks" / "run.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((data / "checks" / "verdicts.jsonl").read_bytes()).hexdigest()
    bad, count, run_is_sealed = 0, 0, False
    for line in (data / "audit" / "events.jsonl").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        entry = json.loads(sealed[event["index"]])
        said = json.loads(event["event"])
        fits = hashlib.sha256(bytes.fromhex(entry["salt"]) + event["event"].encode()).hexdigest() == entry["sha256"] and said["id"] == entry["id"]
        if fits and said["subjectKind"] == "check-run" and said["subjectId"] == str(run["run"]):
            run_is_sealed = json.loads(said["after"])["digest"] == digest == run["digest"]
        bad += not fits
        count += 1
        if not fits:
            print(f"BAD event {said.get('id')} at {event['index']}")
    print(f"{'OK ' if bad == 0 else 'BAD'} {count} events")
    print(f"{'OK ' if run_is_sealed else 'BAD'} run {run['run']} of the checks: its verdicts are those that were sealed")
    return 0 if bad == 0 and run_is_sealed else 1


if __name__ == "__main__":
    sys.exit(main())
