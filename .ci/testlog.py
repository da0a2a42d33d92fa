#!/usr/bin/env python3
"""Read the JSON log of `go test`: print each package's time, and fail on a skipped test.

    testlog.py LOG [--failures]   with --failures, print the output of what failed instead
"""
import json
import sys
from collections import defaultdict

output, skipped, failed, times = defaultdict(list), [], [], {}
for line in open(sys.argv[1], encoding="utf-8", errors="replace"):
    try:
        e = json.loads(line)
    except ValueError:
        print(line, end="")
        continue
    key = (e.get("Package", e.get("ImportPath", "")), e.get("Test", ""))
    match e.get("Action"):
        case "output" | "build-output":
            output[key].append(e["Output"])
        case "skip" if key[1]:
            skipped.append(key)
        case "fail" | "build-fail":
            failed.append(key)
        case "pass" if not key[1]:
            times[key[0]] = e.get("Elapsed", 0)

if "--failures" in sys.argv:
    for key in failed:
        print("FAILED", *key)
        print("".join(output[key][-80:]))
    sys.exit(1)
for pkg, secs in sorted(times.items(), key=lambda kv: -kv[1])[:8]:
    print(f"{secs:7.1f} s  {pkg}")
for key in skipped:
    print("SKIPPED", *key, "".join(output[key]).strip().replace("\n", " | "))
if skipped:
    sys.exit("a test was skipped: a tool or ../shared is missing, or VIGIE_LONG was not heeded")
print(f"{len(times)} packages passed, no test skipped")
