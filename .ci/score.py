#!/usr/bin/env python3
"""Extract the facts of every development page, check each quote and official id, score
them against the gold, and hold the result to the floors in floors.json. A floor may only
go up: one that is lower than in any commit before fails."""
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "shared" / "corpus"
VIGIE = os.environ["VIGIE"]


def vigie(page, form):
    run = subprocess.run([VIGIE, "extract", str(page), "--format", form], capture_output=True)
    if run.returncode:
        sys.exit(f"vigie extract {page.name} --format {form}: exit {run.returncode}: {run.stderr.decode()}")
    return run.stdout.decode()


def facts_of(doc):
    page = CORPUS / doc["file"]
    text = vigie(page, "text")
    facts = [json.loads(line) for line in vigie(page, "facts").splitlines()]
    for f in facts:
        if text[f["start"]:f["end"]] != f["quote"]:
            sys.exit(f"{page.name}: text[{f['start']}:{f['end']}] is not the quote {f['quote']!r}")
        f["doc"] = doc["doc"]
    return facts


def rows(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def raised(floors):
    """The highest floors that any commit of the file ever set."""
    name = ".ci/floors.json"
    commits = subprocess.run(["git", "log", "--format=%H", "--", name], capture_output=True, text=True, cwd=HERE.parent).stdout.split()
    for c in commits:
        old = subprocess.run(["git", "show", f"{c}:{name}"], capture_output=True, text=True, cwd=HERE.parent)
        for key, value in (json.loads(old.stdout) if old.returncode == 0 else {}).items():
            if floors.get(key, 0) < value:
                sys.exit(f"floors.json: {key} is {floors.get(key)}, and was {value} in {c[:10]}: floors only go up")


def main():
    floors = json.loads((HERE / "floors.json").read_text())
    raised(floors)
    with ThreadPoolExecutor(2) as pool:
        facts = [f for page in pool.map(facts_of, rows(CORPUS / "docs.jsonl")) for f in page]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for f in facts:
            out.write(json.dumps(f, ensure_ascii=False) + "\n")
        out.flush()
        scorer = [sys.executable, str(CORPUS / "score.py"), str(CORPUS / "gold.jsonl"), out.name]
        print(subprocess.run(scorer, capture_output=True, text=True).stdout)
        result = json.loads(subprocess.run(scorer + ["--json"], capture_output=True, text=True).stdout)
    secondary = result["secondary"]
    scope = [v for k, v in secondary.items() if k.endswith(".scope")]
    got = {
        "micro_precision": result["micro"]["P"],
        "micro_recall": result["micro"]["R"],
        "label_precision": result["kinds"]["label"]["P"],
        "label_recall": result["kinds"]["label"]["R"],
        "scope": sum(v["ok"] for v in scope) / max(1, sum(v["n"] for v in scope)),
    }
    low = [f"{k} {got[k]:.3f} is below its floor {v}" for k, v in floors.items() if got[k] < v]
    print(f"every quote of {len(facts)} facts is text[start:end]; " + ", ".join(f"{k} {v:.3f}" for k, v in got.items()))
    if low:
        sys.exit("; ".join(low))


main()
