#!/usr/bin/env python3
"""Meet hoe goed een zoekmachine de vragen van een toetsbestand beantwoordt. Alleen standaardbibliotheek.

Gebruik:  score.py dev.jsonl RUN.jsonl [--worst 10] [--json]
RUN.jsonl heeft per regel {"id": "SK01", "slugs": ["beste-eerst", ...]}.

nDCG@10      winst 2^graad - 1, korting 1/log2(rang + 1), gedeeld door de best mogelijke volgorde
recall@20    deel van de records met graad 2 of 3 dat bij de eerste 20 staat
success@1    1 als het eerste record graad 2 of 3 heeft (bedoeld voor soort known_item)
Een vraag die in RUN ontbreekt, telt als nul. Een dubbel record telt alleen de eerste keer.
"""

import argparse
import json
import math
import sys


def read_jsonl(path):
    rows = []
    with open(path, encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            if not line.strip():
                continue
            try:
                rows.append(json.loads(line))
            except ValueError as error:
                sys.exit(f"{path}, regel {number}: geen geldige JSON ({error})")
    return rows


def unique(slugs):
    return list(dict.fromkeys(slugs))


def dcg(grades):
    return sum((2**g - 1) / math.log2(rank + 1) for rank, g in enumerate(grades, 1))


def ndcg(slugs, relevant, k=10):
    best = dcg(sorted(relevant.values(), reverse=True)[:k])
    return dcg([relevant.get(s, 0) for s in slugs[:k]]) / best if best else 0.0


def recall(slugs, relevant, k=20, threshold=2):
    wanted = {s for s, g in relevant.items() if g >= threshold}
    return len(wanted & set(slugs[:k])) / len(wanted) if wanted else None


def success(slugs, relevant, threshold=2):
    return 1.0 if slugs and relevant.get(slugs[0], 0) >= threshold else 0.0


def mean(values):
    values = [v for v in values if v is not None]
    return sum(values) / len(values) if values else 0.0


def evaluate(topics, run):
    result = []
    for topic in topics:
        slugs, rel = unique(run.get(topic["id"], [])), topic["relevant"]
        result.append(
            {
                "id": topic["id"],
                "kind": topic["kind"],
                "query": topic["query"],
                "ndcg10": ndcg(slugs, rel),
                "recall20": recall(slugs, rel),
                "success1": success(slugs, rel),
                "returned": len(slugs),
                "wanted": sum(1 for g in rel.values() if g >= 2),
            }
        )
    return result


def summary(result):
    return {
        "n": len(result),
        **{m: round(mean(r[m] for r in result), 4) for m in ("ndcg10", "recall20", "success1")},
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("topics")
    parser.add_argument("run")
    parser.add_argument("--worst", type=int, default=10)
    parser.add_argument("--json", action="store_true", help="alleen de cijfers, als JSON")
    args = parser.parse_args()
    topics, run = read_jsonl(args.topics), {}
    for row in read_jsonl(args.run):
        if "id" not in row or not isinstance(row.get("slugs"), list):
            sys.exit("elke regel van RUN heeft 'id' en een lijst 'slugs' nodig")
        if row["id"] in run:
            sys.exit(f"id {row['id']} staat twee keer in RUN")
        run[row["id"]] = row["slugs"]
    known = {t["id"] for t in topics}
    missing, unknown = sorted(known - run.keys()), sorted(run.keys() - known)
    result = evaluate(topics, run)
    kinds = list(dict.fromkeys(t["kind"] for t in topics))
    table = {"all": summary(result), **{k: summary([r for r in result if r["kind"] == k]) for k in kinds}}
    if args.json:
        print(json.dumps(table, indent=1))
        return
    if missing:
        print(f"let op: {len(missing)} vragen ontbreken in RUN en tellen als nul: {', '.join(missing[:10])}")
    if unknown:
        print(f"let op: {len(unknown)} id's uit RUN bestaan niet in het toetsbestand en zijn overgeslagen")
    print(f"{'soort':<16}{'n':>4}{'nDCG@10':>10}{'recall@20':>11}{'success@1':>11}")
    for name, s in table.items():
        print(f"{name:<16}{s['n']:>4}{s['ndcg10']:>10.3f}{s['recall20']:>11.3f}{s['success1']:>11.3f}")
    print(f"\nslechtste {args.worst} vragen (nDCG@10, recall@20, gevonden / gezocht):")
    for r in sorted(result, key=lambda r: (r["ndcg10"], r["recall20"] or 0.0))[: args.worst]:
        shown = "-" if r["recall20"] is None else f"{r['recall20']:.2f}"
        print(
            f"  {r['id']:<6}{r['kind']:<16}{r['ndcg10']:.3f}  {shown}  "
            f"{r['returned']:>3} / {r['wanted']:<3} {r['query']}"
        )


if __name__ == "__main__":
    main()
