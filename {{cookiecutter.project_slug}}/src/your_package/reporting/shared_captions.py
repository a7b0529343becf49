"""What to see in each figure: a sentence written from the results, never from memory."""

from collections.abc import Callable
from dataclasses import dataclass

from ..metrics import NAMES
from .prose import code, is_number, points, sentence
from .results import Results
from .statements import between, in_words, value, where
from .wording import number


@dataclass(frozen=True)
class Caption:
    """What a figure is called, shows to who cannot see it, and says."""

    title: str
    alt: str
    says: Callable[[Results], str]


def worst_slice(results: Results) -> str:
    """Which group of rows the model serves worst, and whether that is more than chance."""
    found = results.diagnosis["slices"]
    if not found:
        return "No group was large enough to be told apart."
    worst, metric = found[0], results.metric
    if results.worse_by(worst["value"]) <= 0:
        return f"No group that could be measured ({len(found)}) is worse than all rows."
    said = (
        f"Worst where {where(worst)}: {NAMES[metric]} {value(results, metric, worst['value'])} "
        f"({between(results, metric, worst)}) on {worst['rows']:,} rows, against "
        f"{value(results, metric, results.value)} on all"
    )
    than = "all rows"
    if is_number(worst["expected"]):
        due = value(results, metric, worst["expected"])
        said += f" and {due} that the model's own probabilities lead one to expect"
        than = "both"
    surely = sum(part["worse"] for part in found)
    count = f"{surely} of {len(found)} groups are" if surely else "no group is"
    return sentence(said, f"{count} worse than {than} by more than chance")


def shuffled(results: Results) -> str:
    """Which features the model owes most to, and how many nothing."""
    features, metric = results.explanation["features"], results.metric
    if not features:
        return explained(results)
    first, *others = [
        f"{code(one['feature'])} ({number(metric, one['value'])})" for one in features[:3]
    ]
    said = f"{NAMES[metric]} suffers most when {first} is shuffled among the test rows"
    if others:
        said += f", then {' and '.join(others)}"
    idle = [one for one in features if one["value"] <= (one.get("spread") or 0)]
    count = f"shuffling {len(idle)} of the {len(features)} features costs nothing measurable"
    return sentence(said, count if idle else "")


def explained(results: Results) -> str:
    return sentence(in_words(results, results.explanation["said"]))


def worded(results: Results) -> str:
    """Which single word of the texts shown carries most, and what it carries."""
    words = [
        (w["effect"], w["word"], one)
        for one in results.explanation["examples"]
        for w in one["words"]
    ]
    if not words:
        return explained(results)
    effect, word, one = max(words, key=lambda found: found[0])
    wrong = "" if one["said"] == one["truth"] else f", though it is {code(one['truth'])}"
    return (
        f"The word that carries most here is {code(word)}: with it left out, the probability of "
        f"{code(one['said'])} falls by {points(effect)}{wrong}."
    )


def fitted(results: Results) -> str:
    """What the gap says, and what the last rows added brought."""
    said = in_words(results, results.diagnosis["fit"]["said"])
    curve = results.diagnosis.get("learning_curve") or []
    if len(curve) < 2:
        return sentence(said)
    before, last = curve[-2:]
    rise = results.worse_by(before["validation"]) - results.worse_by(last["validation"])
    noise = results.diagnosis["fit"]["noise"]
    step = f"From {before['rows']:,} to {last['rows']:,} training rows it"
    if rise > noise:
        return sentence(said, f"{step} got better by {value(results, results.metric, rise)}")
    return sentence(said, f"{step} got no better by more than chance explains")


SHARED = {
    "slices": Caption(
        "By group",
        "The main metric in groups of test rows, each with its interval, beside that of all rows",
        worst_slice,
    ),
    "importance": Caption(
        "What the answer hangs on",
        "Bars: by how much the main metric suffers when a feature is shuffled, the most on top",
        shuffled,
    ),
    "words": Caption(
        "What the answer hangs on",
        "Test texts with their words coloured by how much each moves the answer",
        worded,
    ),
    "occlusion": Caption(
        "What the answer hangs on",
        "Test pictures, right and wrong, with the parts marked that the answer hangs on",
        explained,
    ),
    "learning_curve": Caption(
        "Learning",
        "Two lines: on the rows it learnt from and on rows set aside, as learning goes on",
        fitted,
    ),
}
