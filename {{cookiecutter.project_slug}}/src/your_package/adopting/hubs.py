"""Sites of data sets, through their own clients, which are imported only when asked for."""

import importlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import UserError, command
from .adoption import Origin


def library(module: str, package: str, source: str) -> Any:
    """Import a client; raises UserError with the command that brings it along."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise UserError(
            f"{source} needs the package {package}: "
            f"uv run --with {package} {command()} adopt {source}"
        ) from None


@contextmanager
def told(source: str) -> Iterator[None]:
    """Whatever a client raises becomes one line."""
    try:
        yield
    except Exception as error:
        said = " ".join(str(error).split())[:300] or error.__class__.__name__
        raise UserError(
            f"{source} could not be fetched ({said}): check its name and the network, or download "
            "the file and adopt that."
        ) from None


def save(frame: Any, folder: Path) -> Path:
    path = folder / "table.parquet"
    mixed = [column for column in frame if frame[column].dtype == object]
    frame.astype(dict.fromkeys(mixed, "str")).to_parquet(path)
    return path


def from_uci(number: str, source: str, folder: Path) -> Origin:
    """https://archive.ics.uci.edu by the number of a data set."""
    client = library("ucimlrepo", "ucimlrepo", source)
    with told(source):
        found = client.fetch_ucirepo(id=int(number))
    about, targets = found.metadata, found.data.targets
    whose = f"{', '.join(about.get('creators') or ['unknown'])}: {about['name']}"
    return Origin(
        save(found.data.original, folder),
        source,
        about["name"],
        url=str(about.get("repository_url") or f"https://archive.ics.uci.edu/dataset/{number}"),
        licence="CC BY 4.0, as the site says of what it holds; look whether the set's page says so",
        citation=f"{whose}. UCI Machine Learning Repository, doi {about.get('dataset_doi')}",
        target=str(targets.columns[0]) if targets is not None and len(targets.columns) == 1 else "",
    )


def from_openml(number: str, source: str, folder: Path) -> Origin:
    """https://www.openml.org by the number of a data set."""
    from sklearn.datasets import fetch_openml

    with told(source):
        found = fetch_openml(data_id=int(number), as_frame=True, parser="auto", data_home=folder)
    about = found.details
    return Origin(
        save(found.frame, folder),
        source,
        about["name"],
        url=f"https://www.openml.org/d/{number}",
        licence=str(about.get("licence") or "unknown"),
        citation=str(about.get("citation") or "unknown"),
        target=(found.target_names or [""])[0],
    )


def from_hugging_face(name: str, source: str, folder: Path) -> Origin:
    """https://huggingface.co/datasets: the training part; of several sets NAME:CONFIGURATION."""
    client = library("datasets", "datasets", source)
    name, _, part = name.partition(":")
    with told(source):
        found = client.load_dataset(name, part or None, split="train", cache_dir=str(folder))
        card = read_card(name)
    for column, kind in found.features.items():
        if hasattr(kind, "int2str"):  # classes are kept as numbers
            words = [None if at is None else kind.int2str(at) for at in found[column]]
            found = found.remove_columns(column).add_column(column, words)
    said = re.search(r"@\w+ ?\{.*?^ *\}", card.content, re.DOTALL | re.MULTILINE) if card else None
    return Origin(
        save_hugging_face(client, found, folder),
        source,
        name.split("/")[-1],
        url=f"https://huggingface.co/datasets/{name}",
        licence=str((card and card.data.license) or "unknown"),
        citation=said[0] if said else "unknown",
    )


def read_card(name: str) -> Any:
    """What the owners say of their data; None where they say nothing."""
    from huggingface_hub import DatasetCard
    from huggingface_hub.errors import EntryNotFoundError

    try:
        return DatasetCard.load(name)
    except EntryNotFoundError:
        return None


def save_hugging_face(client: Any, found: Any, folder: Path) -> Path:
    """A table as Parquet; pictures in folders named as their classes."""
    pictures = [name for name, kind in found.features.items() if isinstance(kind, client.Image)]
    words = [name for name in found.features if found.features[name].dtype in STRINGS]
    if not pictures or not words:
        found.to_parquet(str(folder / "table.parquet"))
        return folder / "table.parquet"
    found = found.cast_column(pictures[0], client.Image(decode=False))
    for number, row in enumerate(found):
        file = row[pictures[0]]
        place = folder / "pictures" / re.sub(r"[^\w .-]", "-", row[words[-1]])
        place.mkdir(parents=True, exist_ok=True)
        kind = Path(file["path"] or "a.png").suffix
        (place / f"{number}{kind}").write_bytes(file["bytes"] or Path(file["path"]).read_bytes())
    return folder / "pictures"


def from_kaggle(name: str, source: str, folder: Path) -> Origin:
    """https://www.kaggle.com by owner and name: the one file of it that holds a table."""
    client = library("kagglehub", "kagglehub", source)
    with told(source):
        path = Path(client.dataset_download(name))
        about = about_kaggle(name)
    tables = [file for file in sorted(path.rglob("*")) if file.suffix in TABLES]
    if len(tables) > 1:
        listed = ", ".join(str(file) for file in tables[:10])
        raise UserError(f"{source} holds several tables: adopt one of {listed}")
    return Origin(
        tables[0] if tables else path,
        source,
        about.title or name.split("/")[-1],
        url=f"https://www.kaggle.com/datasets/{name}",
        licence=about.license_name or "unknown",
        citation=f"{about.owner_name or name.split('/')[0]}: {about.title}. Kaggle",
    )


def about_kaggle(name: str) -> Any:
    """Title, owner and licence of a data set."""
    from kagglehub.clients import build_kaggle_client
    from kagglesdk.datasets.types.dataset_api_service import ApiGetDatasetRequest

    request = ApiGetDatasetRequest()
    request.owner_slug, request.dataset_slug = name.split("/")[:2]
    with build_kaggle_client() as client:
        return client.datasets.dataset_api_client.get_dataset(request)


STRINGS = {"string", "large_string"}
TABLES = {".csv", ".tsv", ".xlsx", ".parquet", ".jsonl", ".json"}
HUBS = {"uci": from_uci, "openml": from_openml, "hf": from_hugging_face, "kaggle": from_kaggle}
