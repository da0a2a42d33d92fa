#!/usr/bin/env python3
"""Compare the identifiers of every matched fact with the gold's: territory_id, member_id and
the whole scope, which the scorer leaves out. Aliases count as right. What differs is printed."""
import importlib.util
from collections import defaultdict

from pages import ARTICLES, CORPUS, facts, hold, rows

spec = importlib.util.spec_from_file_location("scorer", CORPUS / "score.py")
scorer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(scorer)


def matched(gold, pred):
    """Pairs of a required gold fact and the fact that stands for it, as the scorer pairs them."""
    golds, preds = defaultdict(list), defaultdict(list)
    for g in gold:
        golds[g["doc"], g["kind"]].append(g)
    for p in pred:
        preds[p["doc"], p["kind"]].append(p)
    for key, gs in golds.items():
        ps = preds[key]
        worth = ((bool(g.get("optional")), -scorer.match(key[1], g, p), i, j) for i, g in enumerate(gs) for j, p in enumerate(ps))
        of_gold, used = {}, set()
        for _, _, i, j in sorted(w for w in worth if w[1] < 0):
            if i not in of_gold and j not in used:
                of_gold[i] = j
                used.add(j)
        yield from ((gs[i], ps[j]) for i, j in of_gold.items() if not gs[i].get("optional"))


def compared(g, p):
    """(field, accepted values, value) of each identifier that the gold settles."""
    for field in ("territory_id", "member_id", "scope"):
        if field in g:
            yield field, [g[field]] + list(g.get(field + "_aliases") or []), p.get(field) or ""


def share(folder):
    """The share of right identifiers in a set."""
    right = total = 0
    for g, p in matched(rows(folder / "gold.jsonl"), facts(folder)):
        for field, want, got in compared(g, p):
            total += 1
            right += got in want
            if got not in want:
                quote = " ".join(p["quote"].split())
                print(f"{g['doc']} {g['kind']}: {field} is {got!r}, want {' or '.join(map(repr, want))} «{quote[:90]}»")
    print(f"{folder.name}: {right} of {total} identifiers are right")
    return right / max(1, total)


hold({"ids": share(CORPUS), "articles_ids": share(ARTICLES)})
