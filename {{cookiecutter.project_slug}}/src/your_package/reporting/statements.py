"""What the results say, in sentences that every document shares."""

import re
from typing import Any

from ..metrics import NAMES
from .prose import code, names, plain, sentence, share
from .results import Results
from .wording import meaning, number, unit


def value(results: Results, metric: str, amount: float | None) -> str:
    """A metric's value with its unit."""
    return f"{number(metric, amount)} {unit(metric, results)}".strip()


def between(results: Results, metric: str, ends: dict[str, float]) -> str:
    return f"{number(metric, ends['low'])} to {number(metric, ends['high'])}"


def headline(results: Results) -> str:
    """The result in one sentence: the metric, how sure it is, on how many rows, against what."""
    metric = results.metric
    intervals = results.metrics["intervals"]
    return sentence(
        f"{NAMES[metric]} {value(results, metric, results.value)} "
        f"({share(intervals['level'], 0)} interval "
        f"{between(results, metric, intervals['model'][metric])}) on {results.rows:,} test rows "
        f"that no candidate learnt from; the baseline ({code(results.baseline_name)}) has "
        f"{value(results, metric, results.metrics['baseline'][metric])}."
    )


def say_gain(results: Results) -> str:
    """Whether the model is better than the baseline, and by how much."""
    gain, metric = results.gain, results.metric
    ends = f"{share(results.metrics['intervals']['level'], 0)} interval "
    ends += between(results, metric, gain)
    amount = value(results, metric, abs(gain["value"]))
    if gain["high"] < 0:
        return f"That is worse than the baseline by {amount} ({ends}): do not use this model."
    if gain["low"] <= 0:
        return (
            "Whether that is better than the baseline cannot be told: the gain is "
            f"{value(results, metric, gain['value'])} ({ends}), which may be chance."
        )
    return f"That is better than the baseline by {amount} ({ends})."


def say_meaning(results: Results) -> str:
    return sentence(f"{NAMES[results.metric]} is {meaning(results.metric, results)}")


def say_choice(results: Results) -> str:
    told = results.metrics
    named = {one["candidate"] for one in (told, told["best"], told["over"])}
    pattern = "|".join(map(re.escape, named))
    return in_words(results, re.sub(rf"\b({pattern})\b", r"`\1`", plain(told["said"])))


def in_words(results: Results, said: str) -> str:
    """What a stage said of the main metric, by the name that a reader knows."""
    return re.sub(rf"\b{results.metric}\b", NAMES[results.metric], said)


def where(part: dict[str, object]) -> str:
    return f"{code(part['by'])} is {code(part['group'])}"


def say_data(results: Results) -> list[str]:
    """Where the data come from, how they were split, what was set aside."""
    source, profile = results.source, results.profile
    parts = ", ".join(f"{count:,} {name}" for name, count in profile["splits"].items())
    rejected = f"{profile['rejected']:,} rows broke" if profile["rejected"] else "No row broke"
    said = [
        f"{plain(source['title'])}. Rows: {parts}{say_split(profile)}.",
        f"{rejected} the rules of the schema; such rows are rejected.",
    ]
    if profile.get("left_out"):
        said.append(f"{profile['left_out']:,} rows without a clear label were left out.")
    return said + [
        say_duplicates(results),
        say_leaks(results),
        f"Licence of the data: {plain(source['licence'])}.",
    ]


def say_split(profile: dict[str, Any]) -> str:
    how = profile.get("split")
    if not how:
        return ""
    return f" (split: {how['kind']}{', by ' + code(how['key']) if how.get('key') else ''})"


def say_duplicates(results: Results) -> str:
    found = results.diagnosis["duplicates"]
    if not found["test_rows"]:
        return "No test row also stands in the training data."
    count = f"{found['test_rows']:,} test rows ({share(found['share'])})"
    said = f"{count} also stand in the training data"
    if found["without"] is None:
        return f"{said}: all of them."
    alone = value(results, results.metric, found["without"])
    return f"{said}; on the others {NAMES[results.metric]} is {alone}."


def say_leaks(results: Results) -> str:
    """Features that give the target away; where none are looked for, nothing."""
    leaks = results.profile.get("leaks")
    if leaks is None:
        return ""
    if not leaks:
        return "No feature gives the target away by itself."
    return f"{names(leak['from'] for leak in leaks)} nearly gives the target away."
