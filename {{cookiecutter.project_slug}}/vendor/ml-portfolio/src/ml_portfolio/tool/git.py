"""Read the git repository of the working folder; nothing is changed."""

import functools
import os
import subprocess
from dataclasses import dataclass

SETTINGS = ("-c", "core.quotepath=false", "-c", "log.showSignature=false")


def call(*command: str, timeout: float | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a program that asks for no input and takes no lock of git's."""
    return subprocess.run(
        command,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
        timeout=timeout,
    )


@dataclass(frozen=True)
class Commit:
    hash: str
    date: str  # on which its author wrote it: 2026-11-20

    def __str__(self) -> str:
        return f"{self.hash[:7]} ({self.date})"


class Git:
    """The repository that the working folder belongs to, if there is one and git can read it."""

    def ask(self, *arguments: str) -> str:
        """Return git's output; "" where git is not installed, finds no repository or fails."""
        try:
            done = call("git", *SETTINGS, *arguments)
        except OSError:
            return ""
        return done.stdout if done.returncode == 0 else ""

    @functools.cached_property
    def is_there(self) -> bool:
        """Whether the project is in a repository, not just unpacked into the folder of another."""
        return bool(self.ask("ls-files", "params.yaml"))

    @functools.cached_property
    def has_history(self) -> bool:
        """Whether all commits are here: a shallow clone has only the last ones."""
        return self.is_there and "false" in self.ask("rev-parse", "--is-shallow-repository")

    @functools.cached_property
    def has_remote(self) -> bool:
        return self.is_there and bool(self.ask("remote"))

    def head(self) -> str:
        return self.ask("rev-parse", "HEAD").strip()

    def branch(self) -> str:
        return self.ask("branch", "--show-current").strip()

    def commits(self, *paths: str, since: str = "") -> list[Commit]:
        """Return the commits that changed any of some files (none given: all), oldest first."""
        revisions = [f"{since}..HEAD"] if since else []
        log = ("log", "--topo-order", "--reverse", "--format=%H%x09%as", *revisions, "--", *paths)
        return [Commit(*line.split("\t")) for line in self.ask(*log).splitlines()]

    def unpushed(self) -> int:
        """Return how many commits no branch of a remote has, as far as is known without asking."""
        return int(self.ask("rev-list", "--count", "HEAD", "--not", "--remotes") or 0)

    def read(self, commit: str, path: str) -> str:
        """Return a file as it was in a commit; "" where it was not there."""
        return self.ask("show", f"{commit}:./{path}")

    def tracked(self) -> list[str]:
        return [name for name in self.ask("ls-files", "-z").split("\0") if name]

    def changed(self) -> list[str]:
        """Return the files that differ from the last commit, or are not in it."""
        lines = self.ask("status", "--porcelain", "--untracked-files=all", "--", ".").splitlines()
        return [line[3:].strip('"') for line in lines]
