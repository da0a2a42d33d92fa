"""The gold sets, and what the binary in $VIGIE extracts from their pages.

The development pages lie beside the repository; testdata/articles and testdata/dispatches
were written by people who had not seen the rules, and say whether they hold elsewhere."""
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "shared" / "corpus"
ARTICLES = HERE.parent / "testdata" / "articles"
DISPATCHES = HERE.parent / "testdata" / "dispatches"


def vigie(page, form, published):
    run = subprocess.run([os.environ["VIGIE"], "extract", str(page), "--format", form, "--published", published], capture_output=True)
    if run.returncode:
        sys.exit(f"vigie extract {page.name} --format {form}: exit {run.returncode}: {run.stderr.decode()}")
    return run.stdout.decode()


def facts_of(folder, doc):
    """The facts of one page, each quote checked against the page's text."""
    page = folder / doc["file"]
    published = "" if folder == CORPUS else doc["published"]
    text = vigie(page, "text", published)
    facts = [json.loads(line) for line in vigie(page, "facts", published).splitlines()]
    for f in facts:
        if text[f["start"]:f["end"]] != f["quote"]:
            sys.exit(f"{page.name}: text[{f['start']}:{f['end']}] is not the quote {f['quote']!r}")
        f["doc"] = doc["doc"]
    return facts


def rows(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def facts(folder):
    """All facts of a set, in the order of its pages."""
    with ThreadPoolExecutor(2) as pool:
        return [f for page in pool.map(lambda d: facts_of(folder, d), rows(folder / "docs.jsonl")) for f in page]


def hold(got):
    """Prints what was reached and ends the run where a value is below its floor in
    floors.json, or a floor below what it was in any commit before: floors only go up."""
    floors = json.loads((HERE / "floors.json").read_text())
    name = ".ci/floors.json"
    commits = subprocess.run(["git", "log", "--format=%H", "--", name], capture_output=True, text=True, cwd=HERE.parent).stdout.split()
    for c in commits:
        old = subprocess.run(["git", "show", f"{c}:{name}"], capture_output=True, text=True, cwd=HERE.parent)
        for key, value in (json.loads(old.stdout) if old.returncode == 0 else {}).items():
            if floors.get(key, 0) < value:
                sys.exit(f"floors.json: {key} is {floors.get(key)}, and was {value} in {c[:10]}: floors only go up")
    print(", ".join(f"{k} {v:.3f}" for k, v in got.items()))
    low = [f"{k} {v:.3f} is below its floor {floors[k]}" for k, v in got.items() if v < floors[k]]
    if low:
        sys.exit("; ".join(low))
