"""Live a user's first minutes: generate a project into demo/, install, train, serve, ask.

Run it with: make demo. What stands in demo/ is made anew each time.
"""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from cookiecutter.main import cookiecutter

TEMPLATE = Path(__file__).parent.parent
DEMO = TEMPLATE / "demo"
# The project has an environment of its own, not the template's, and keeps what Python compiles.
ELSEWHERE = ("VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}


def step(title: str, folder: Path, *command: str) -> None:
    print(f"\n── {title}: {' '.join(command)}", flush=True)
    if subprocess.run(command, cwd=folder, env=ENVIRONMENT).returncode != 0:
        sys.exit(f"error: '{' '.join(command)}' failed in {folder}: what it said stands above.")


def show_result(project: Path) -> None:
    measured = json.loads((project / "reports" / "metrics.json").read_text(encoding="utf-8"))
    print(f"\n── Result of {measured['candidate']} on {measured['rows']:,} test rows")
    print(f"{'metric':20} {'model':>8} {'baseline':>8}")
    for metric, value in measured["model"].items():
        print(f"{metric:20} {value:8.3f} {measured['baseline'][metric]:8.3f}")


def ask_once(project: Path) -> None:
    """Start the server on a free port, send one request, print the answer, stop the server."""
    command = ["uv", "run", project.name, "serve", "--port", "0"]
    print(f"\n── Serve and ask: {' '.join(command)}", flush=True)
    with subprocess.Popen(
        command, cwd=project, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            said = server.stdout.readline() if server.stdout else ""
            if "http://" not in said:
                sys.exit("error: the server did not start: what it said stands above.")
            url = said[said.index("http://") :].split()[0]
            wait_until_ready(url)
            request = json.load(urllib.request.urlopen(f"{url}/model"))["golden"][0]["request"]
            body = json.dumps(request).encode()
            post = urllib.request.Request(
                f"{url}/predict", body, {"content-type": "application/json"}
            )
            answer = json.load(urllib.request.urlopen(post))
            print(f"POST {url}/predict\n{json.dumps(request)}\n→ {json.dumps(answer)}")
        finally:
            server.terminate()


def wait_until_ready(url: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{url}/ready").close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"error: {url} did not become ready in ten seconds.")


def main() -> None:
    sys.stdout.reconfigure(errors="replace")  # some terminals know few letters
    started = time.perf_counter()
    if shutil.which("uv") is None:
        sys.exit("error: uv was not found: run this with 'make demo', which sees to it.")
    shutil.rmtree(DEMO, ignore_errors=True)
    print("── Generate: cookiecutter . --no-input", flush=True)
    project = Path(cookiecutter(str(TEMPLATE), no_input=True, output_dir=str(DEMO)))
    step("Install", project, "uv", "sync", "--quiet")
    step("Train", project, "uv", "run", "dvc", "repro", "--quiet")
    show_result(project)
    ask_once(project)
    place = project.relative_to(Path.cwd()) if project.is_relative_to(Path.cwd()) else project
    print(f"""
── Done in {time.perf_counter() - started:.0f} s. Where to look:
  {place}/README.md            the case study: its facts are filled in, the rest is to be written
  {place}/reports/index.html   the report, on one page
  cd {place}, then
    uv run {project.name} serve       the page: http://127.0.0.1:8000, the API: …/docs
    uv run mlflow ui                  every run: http://127.0.0.1:5000, Training runs""")


if __name__ == "__main__":
    main()
