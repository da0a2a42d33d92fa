#!/usr/bin/env python3
"""Extract the facts of every page of both gold sets, check each quote, score them against
the gold, and hold the result to the floors in floors.json. A floor may only go up: one that
is lower than in any commit before fails.

The development pages lie beside the repository; testdata/articles was written by somebody
who had not seen the rules, and says whether they hold elsewhere."""
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "shared" / "corpus"
ARTICLES = HERE.parent / "testdata" / "articles"
VIGIE = os.environ["VIGIE"]


def vigie(page, form, published):
    run = subprocess.run([VIGIE, "extract", str(page), "--format", form, "--published", published], capture_output=True)
    if run.returncode:
        sys.exit(f"vigie extract {page.name} --format {form}: exit {run.returncode}: {run.stderr.decode()}")
    return run.stdout.decode()


def facts_of(folder, doc):
    page = folder / doc["file"]
    published = doc["published"] if folder == ARTICLES else ""
    text = vigie(page, "text", published)
    facts = [json.loads(line) for line in vigie(page, "facts", published).splitlines()]
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


def score(folder, show):
    with ThreadPoolExecutor(2) as pool:
        facts = [f for page in pool.map(lambda d: facts_of(folder, d), rows(folder / "docs.jsonl")) for f in page]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for f in facts:
            out.write(json.dumps(f, ensure_ascii=False) + "\n")
        out.flush()
        scorer = [sys.executable, str(CORPUS / "score.py"), str(folder / "gold.jsonl"), out.name, "--docs", str(folder / "docs.jsonl")]
        if show:
            print(subprocess.run(scorer, capture_output=True, text=True).stdout)
        result = json.loads(subprocess.run(scorer + ["--json"], capture_output=True, text=True).stdout)
    print(f"{folder.name}: every quote of {len(facts)} facts is text[start:end]")
    return result


def main():
    floors = json.loads((HERE / "floors.json").read_text())
    raised(floors)
    result, other = score(CORPUS, True), score(ARTICLES, False)
    scope = [v for k, v in result["secondary"].items() if k.endswith(".scope")]
    got = {
        "micro_precision": result["micro"]["P"],
        "micro_recall": result["micro"]["R"],
        "label_precision": result["kinds"]["label"]["P"],
        "label_recall": result["kinds"]["label"]["R"],
        "scope": sum(v["ok"] for v in scope) / max(1, sum(v["n"] for v in scope)),
        "articles_precision": other["micro"]["P"],
        "articles_recall": other["micro"]["R"],
    }
    low = [f"{k} {got[k]:.3f} is below its floor {v}" for k, v in floors.items() if got[k] < v]
    print(", ".join(f"{k} {v:.3f}" for k, v in got.items()))
    if low:
        sys.exit("; ".join(low))


main()
