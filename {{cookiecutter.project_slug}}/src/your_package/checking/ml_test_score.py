"""The ML Test Score: 28 tests of whether a machine-learning system is ready for production.

Breck, Cai, Nielsen, Salib & Sculley (2017), "The ML Test Score: A Rubric for ML Production
Readiness and Technical Debt Reduction", IEEE Big Data, https://research.google/pubs/pub46555.
A test that is done by hand and written down earns half a point, one that a machine repeats a whole
one; each section is added up, and the least of the four is the score. Tests are told in our words.
"""

from collections.abc import Callable

from ..paths import DIAGNOSIS, EXPLANATION, EXPORTED, METRICS, RUNS
from .project import PIPELINE, Project, ran, triggers
from .rubric import Point, committed, file, joined, says, test, total
from .scorer import Scorer

MEANING = (  # of a score up to so many points
    (0, "a piece of research rather than a system"),
    (1, "not untested, but with serious gaps"),
    (2, "a first pass at what production needs"),
    (3, "reasonably tested, and more could be automated"),
    (5, "strongly tested and monitored"),
    (7, "exceptionally tested and monitored"),
)


def data(s: Scorer) -> list[Point]:
    return [
        s.by_test(
            "What a feature may be is written down and held to",
            r"is_good_or_rejected|bad_pictures_are_rejected",
            "Test that rows which break data/schema.yaml are rejected.",
        ),
        s.by_stage(
            "Each feature is worth having",
            "explain",
            file(EXPLANATION.as_posix()) if s.project.explanation.get("features") else "",
            "Measure what each feature brings: reports/explanation.json.",
        ),
        s.by_section(
            "No feature costs more than it brings",
            r"\bcosts?\b",
            "Say in data/README.md, under a title with 'Cost', what each feature costs to get.",
        ),
        s.by_test(
            "Features keep to rules that hold for all of them",
            r"test_leak\w*\.py, ",
            "Test that no feature gives the target away or is forbidden.",
        ),
        s.by_section(
            "Personal data are guarded",
            r"privacy|personal|sensitive",
            "Say in data/README.md, under 'Privacy', whom the rows are about and who sees them.",
        ),
        s.by_hand(
            "A new feature can be added quickly",
            joined(says("dvc.yaml", r"data/schema\.yaml"), file("data/schema.yaml")),
            "Half for one place where features are named. Nobody saw how long a new one takes.",
        ),
        s.by_test(
            "The code that makes features is tested",
            r"becomes_arrays|as_training_does|right_size_is_not_changed",
            "Test what the model is given for a request, number by number.",
        ),
    ]


def model(s: Scorer) -> list[Point]:
    diagnosis = s.project.diagnosis
    sensitive = [each for each in diagnosis.get("slices", []) if each.get("sensitive")]
    report = file(DIAGNOSIS.as_posix())
    return [
        s.by_hand(
            "Each model's code is in git, and somebody has reviewed it",
            committed(s.project, "params.yaml", "src/*/task.py"),
            "Half for git. Reviews cannot be seen in a repository: let a person read each change.",
        ),
        s.by_section(
            "The metric goes with what the user gains",
            r"online|in use|in practice",
            "Say under a title with 'In use' how the metric and the use were seen to go together.",
        ),
        s.by_stage(
            "Hyperparameters were searched for",
            "train",
            says("src/*/task.py", r"SearchCV|optuna"),
            "Search them on the training rows, for instance with HalvingRandomSearchCV in task.py.",
        ),
        s.by_section(
            "It is known how the model ages",
            r"stale|ageing|aging|retrain",
            "Train on older rows, test on newer ones, and write it down under 'Ageing'.",
        ),
        s.by_gate(
            "A simpler model is not as good",
            "min_gain",
            METRICS.as_posix(),
            "Beat the baseline by as much as the gate min_gain asks for.",
        ),
        s.by_gate(
            "Quality is sufficient on every slice that matters",
            "max_slice_gap",
            DIAGNOSIS.as_posix(),
            "Measure it by slices, and keep within the gate max_slice_gap.",
        ),
        s.by_stage(
            "No group of people is treated worse",
            "diagnose",
            report if sensitive or diagnosis.get("fairness") else "",
            "Mark sensitive columns in data/schema.yaml: their groups are then compared.",
        ),
    ]


def infrastructure(s: Scorer) -> list[Point]:
    return [
        s.by_test(
            "Training can be repeated with the same result",
            r"second_training|seed_decides",
            "Test that a second training gives the same metrics.",
        ),
        s.by_test(
            "The code of each model is tested",
            r"every_candidate|learns_what_no_line_can|every_weight_learns",
            "Test each candidate of task.py.",
        ),
        s.by_test(
            "The whole pipeline is tested as one",
            r"stages_hand_on",
            "Run all stages on a part of the data in a test.",
        ),
        s.by_test(
            "A model is judged before it is served",
            r"test_minimum_",
            "Test that the model is better than the least that is acceptable.",
        ),
        s.by_hand(
            "One example can be followed through the model",
            joined(file(DIAGNOSIS.as_posix()), file("notebooks/*.ipynb")),
            "Half for single answers shown with their requests: diagnosis.json, a notebook.",
        ),
        s.by_hand(
            "A new model meets a little real traffic before all of it",
            joined(s.project.ci_runs(r"docker run"), s.project.ci_runs(r"golden")),
            "Half for asking the container before it is published; let few users have it first.",
        ),
        s.by_hand(
            "The model before can be put back quickly",
            joined(says(".dvc/config", r"^\s*url\s*="), committed(s.project, "dvc.lock")),
            "Keep models in a DVC remote: 'git checkout' and 'dvc pull' then bring it back.",
        ),
    ]


def monitoring(s: Scorer) -> list[Point]:
    """What is watched while the model runs; nothing here shows that anybody is told of it."""
    refused = test(s.project, r"broken_request_is_refused|breaks_the_schema_is_refused")
    return [
        s.by_hand(
            "Changes of what the project depends on are announced",
            says(".github/dependabot.yml", r"package-ecosystem"),
            "Half for Dependabot. Changes of the data's source are announced by nobody.",
        ),
        s.by_hand(
            "What holds for the data is checked in each request too",
            joined(refused, test(s.project, r"what_was_asked_is_counted")),
            "Half for refusing and counting; alert somebody when the counts rise.",
        ),
        s.by_stage(
            "A feature is the same in training and in serving",
            "export",
            file(EXPORTED.as_posix()),
            "Compare the served model's answers with the trained one's: the stage export.",
        ),
        s.by_hand(
            "A model that has grown old is noticed",
            scheduled(s.project),
            "Let a workflow train anew on a schedule, and tell when nothing came of it.",
        ),
        s.by_hand(
            "Numbers that are none (NaN, infinite) are noticed",
            test(s.project, r"cannot_be_written_as_json|not_a_number"),
            "Half for refusing them in requests; watch for them in training and answers too.",
        ),
        s.by_hand(
            "Slower answers or more memory would be noticed",
            joined(says("src/*/serving/monitoring.py", r"request_seconds"), file(RUNS.as_posix())),
            "Half for measuring it; alert somebody when it grows.",
        ),
        s.by_section(
            "The quality of answers in use is known",
            r"feedback|quality in use",
            "Collect what came true, compare, and say under 'Feedback' what was found.",
        ),
    ]


def scheduled(project: Project) -> str:
    """The workflow that runs the pipeline at set times."""
    flows = {path: flow for path, flow in project.workflows.items() if "schedule" in triggers(flow)}
    return next((path for path, flow in flows.items() if ran(flow, PIPELINE)), "")


TABLE: dict[str, Callable[[Scorer], list[Point]]] = {
    each.__name__: each for each in (data, model, infrastructure, monitoring)
}


def score(project: Project) -> dict[str, list[Point]]:
    """The points of each section."""
    scorer = Scorer(project)
    return {name: points(scorer) for name, points in TABLE.items()}


def final(sections: dict[str, list[Point]]) -> float:
    return min(total(points) for points in sections.values())


def meaning(score: float) -> str:
    return next(words for most, words in MEANING if score <= most)
