"""What git tells of the project in the working folder; nothing is changed."""

import functools
import os
import subprocess
from dataclasses import dataclass

SETTINGS = ("-c", "core.quotepath=false", "-c", "log.showSignature=false")


@dataclass(frozen=True)
class Commit:
    hash: str
    date: str  # of its author's day: 2026-11-20
    subject: str

    @property
    def short(self) -> str:
        return self.hash[:7]

    def __str__(self) -> str:
        return f"{self.short} ({self.date})"


class Git:
    """The repository that the working folder is in, if there is one and git can read it."""

    def ask(self, *words: str) -> str | None:
        """What git answers; None where it is not installed, finds no repository, or refuses."""
        try:
            done = subprocess.run(  # noqa: S603
                ["git", *SETTINGS, *words],  # noqa: S607
                capture_output=True,
                stdin=subprocess.DEVNULL,
                encoding="utf-8",
                errors="replace",
                env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
            )
        except OSError:
            return None
        return done.stdout if done.returncode == 0 else None

    @functools.cached_property
    def is_there(self) -> bool:
        """Whether this project is in a repository: not only unpacked into the folder of another."""
        return bool(self.ask("ls-files", "params.yaml"))

    @functools.cached_property
    def is_whole(self) -> bool:
        """Whether the history is here, all of it: some clones carry the last commit only."""
        shallow = self.ask("rev-parse", "--is-shallow-repository")
        return self.is_there and shallow is not None and shallow.strip() == "false"

    @functools.cached_property
    def has_remote(self) -> bool:
        return self.is_there and bool(self.ask("remote"))

    def commits(self, *paths: str) -> list[Commit]:
        """The commits that touched any of some files (without a path: all), oldest first."""
        limits = ["--", *paths] if paths else []
        lines = self.ask("log", "--topo-order", "--reverse", "--format=%H%x09%as%x09%s", *limits)
        return [Commit(*line.split("\t", 2)) for line in (lines or "").splitlines()]

    def text(self, commit: str, path: str) -> str:
        """A file as it was in a commit; empty where it was not there."""
        return self.ask("show", f"{commit}:./{path}") or ""

    def tracked(self, *paths: str) -> list[str]:
        """The files under some paths that are in git."""
        return [name for name in (self.ask("ls-files", "-z", *paths) or "").split("\0") if name]

    def changed(self) -> list[str]:
        """Files that differ from the last commit, or are in none."""
        lines = self.ask("status", "--porcelain", "--untracked-files=all", "--", ".") or ""
        return [line[3:].strip('"') for line in lines.splitlines()]
