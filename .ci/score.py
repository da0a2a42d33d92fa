#!/usr/bin/env python3
"""Extract the facts of every page of the gold sets, check each quote, score them against
the gold, and hold the result to the floors in floors.json."""
import json
import subprocess
import sys
import tempfile

from pages import ARTICLES, CORPUS, DISPATCHES, facts, hold


def score(folder, show):
    found = facts(folder)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for f in found:
            out.write(json.dumps(f, ensure_ascii=False) + "\n")
        out.flush()
        scorer = [sys.executable, str(CORPUS / "score.py"), str(folder / "gold.jsonl"), out.name, "--docs", str(folder / "docs.jsonl")]
        if show:
            print(subprocess.run(scorer, capture_output=True, text=True).stdout)
        result = json.loads(subprocess.run(scorer + ["--json"], capture_output=True, text=True).stdout)
    print(f"{folder.name}: every quote of {len(found)} facts is text[start:end]")
    return result


def main():
    result, other, dispatches = score(CORPUS, True), score(ARTICLES, False), score(DISPATCHES, False)
    scope = [v for k, v in result["secondary"].items() if k.endswith(".scope")]
    hold({
        "micro_precision": result["micro"]["P"],
        "micro_recall": result["micro"]["R"],
        "label_precision": result["kinds"]["label"]["P"],
        "label_recall": result["kinds"]["label"]["R"],
        "scope": sum(v["ok"] for v in scope) / max(1, sum(v["n"] for v in scope)),
        "articles_precision": other["micro"]["P"],
        "articles_recall": other["micro"]["R"],
        "dispatches_precision": dispatches["micro"]["P"],
        "dispatches_recall": dispatches["micro"]["R"],
    })


main()
