"""Points of the ML Test Score for what a project can show."""

from .project import PIPELINE, TESTS, Project
from .results import quality_gates
from .rubric import Point, joined, section, stage, test


class Scorer:
    """Gives points for what a project can show."""

    def __init__(self, project: Project) -> None:
        self.project = project
        pushed = project.git.has_remote  # a workflow that was never pushed repeats nothing
        self.tested = project.ci_runs(TESTS) if pushed else ""
        self.built = project.ci_runs(PIPELINE) if pushed else ""
        self.judged = project.ci_runs(r"\bcheck --gates\b") if pushed else ""
        gates = quality_gates(project)
        self.held = {gate.name for gate in gates if gate.status == "holds"}

    def by_test(self, name: str, pattern: str, advice: str) -> Point:
        """Shown by a test of the project: whole if CI runs the tests."""
        return self.point(name, test(self.project, pattern), self.tested, advice)

    def by_stage(self, name: str, of: str, shown: str, advice: str) -> Point:
        """Shown by what a stage of the pipeline leaves: whole if CI runs the pipeline."""
        return self.point(name, shown and joined(stage(of), shown), self.built, advice)

    def by_gate(self, name: str, gate: str, shown: str, advice: str) -> Point:
        """Shown by a quality gate that holds: whole if CI holds the results against it."""
        proof = f"quality.{gate} of params.yaml on {shown}" if gate in self.held else ""
        return self.point(name, proof, self.judged, advice)

    def by_hand(self, name: str, shown: str, advice: str) -> Point:
        """Shown by a document or by a part of what is asked: half at most."""
        return Point(name, 0.5 if shown else 0.0, 1.0, shown, advice)

    def by_section(self, name: str, pattern: str, advice: str) -> Point:
        """Shown by a section that the owner writes, under a title that fits."""
        return self.by_hand(name, section(self.project, pattern), advice)

    def point(self, name: str, shown: str, repeated: str, advice: str) -> Point:
        """Whole if what shows it is repeated by a machine, half if not."""
        if shown and repeated:
            return Point(name, 1.0, 1.0, f"{shown} ({repeated})", "")
        return Point(name, 0.5 if shown else 0.0, 1.0, shown, "" if shown else advice)
