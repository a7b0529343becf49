"""Sites of data sets, through their own clients, which are imported only when asked for."""

import importlib
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ml_portfolio.config.errors import UserError, command_name
from ml_portfolio.tool.adopt.adoption import Origin

TABLES = {".csv", ".tsv", ".xlsx", ".parquet", ".jsonl", ".json"}


def fetch(hub: str, name: str, folder: Path) -> Origin:
    """Fetch a data set by its name on a site.

    Raises UserError where the site's client is not installed, or with what it raises, in one line.
    """
    source, (package, load) = f"{hub}:{name}", HUBS[hub]
    try:
        return load(importlib.import_module(package), name, folder)
    except UserError:
        raise
    except ImportError as error:
        needed = error.name or package
        raise UserError(
            f"{source} needs the package {needed}: "
            f"uv run --with {needed} {command_name()} adopt {source}"
        ) from None
    except Exception as error:
        reason = " ".join(str(error).split())[:300] or error.__class__.__name__
        raise UserError(
            f"{source} could not be fetched ({reason}): check its name and the network, or "
            "download the file and adopt that."
        ) from None


def from_uci(client: Any, number: str, folder: Path) -> Origin:
    """Fetch a data set of https://archive.ics.uci.edu by its number."""
    found = client.fetch_ucirepo(id=int(number))
    about, targets = found.metadata, found.data.targets
    creators = ", ".join(about.get("creators") or ["unknown"])
    doi = about.get("dataset_doi")
    return Origin(
        save(found.data.original, folder),
        f"uci:{number}",
        about["name"],
        url=str(about.get("repository_url") or f"https://archive.ics.uci.edu/dataset/{number}"),
        licence="CC BY 4.0, as the site states for all its data sets; check this data set's page",
        citation=f"{creators}: {about['name']}. UCI Machine Learning Repository, doi {doi}",
        target=str(targets.columns[0]) if targets is not None and len(targets.columns) == 1 else "",
    )


def from_openml(client: Any, number: str, folder: Path) -> Origin:
    """Fetch a data set of https://www.openml.org by its number."""
    found = client.fetch_openml(data_id=int(number), as_frame=True, data_home=folder)
    about = found.details
    return Origin(
        save(found.frame, folder),
        f"openml:{number}",
        about["name"],
        url=f"https://www.openml.org/d/{number}",
        licence=str(about.get("licence") or "unknown"),
        citation=str(about.get("citation") or "unknown"),
        target=(found.target_names or [""])[0],
    )


def save(frame: Any, folder: Path) -> Path:
    path = folder / "table.parquet"
    mixed = [column for column in frame if frame[column].dtype == object]
    frame.astype(dict.fromkeys(mixed, "str")).to_parquet(path)
    return path


def from_hugging_face(client: Any, source: str, folder: Path) -> Origin:
    """Fetch the training part of a table of https://huggingface.co by NAME[:CONFIGURATION]."""
    from huggingface_hub import DatasetCard
    from huggingface_hub.errors import EntryNotFoundError

    name, _, configuration = source.partition(":")
    found = client.load_dataset(name, configuration or None, split="train", cache_dir=str(folder))
    if any(isinstance(kind, client.Image) for kind in found.features.values()):
        raise UserError(
            f"hf:{source} holds images: save them in a folder for each class, and adopt the folder "
            "around these."
        )
    for column, feature in found.features.items():
        if hasattr(feature, "int2str"):  # classes are stored as numbers
            labels = [None if n is None else feature.int2str(n) for n in found[column]]
            found = found.remove_columns(column).add_column(column, labels)
    found.to_parquet(str(folder / "table.parquet"))
    card = None
    with suppress(EntryNotFoundError):
        card = DatasetCard.load(name)
    bibtex = re.search(r"@\w+ ?\{.*?^ *\}", card.content, re.DOTALL | re.M) if card else None
    return Origin(
        folder / "table.parquet",
        f"hf:{source}",
        name.split("/")[-1],
        url=f"https://huggingface.co/datasets/{name}",
        licence=str((card and card.data.license) or "unknown"),
        citation=bibtex[0] if bibtex else "unknown",
    )


def from_kaggle(client: Any, name: str, folder: Path) -> Origin:
    """Fetch a data set of https://www.kaggle.com by OWNER/NAME: its only table, or its folder."""
    path = Path(client.dataset_download(name))
    tables = [file for file in sorted(path.rglob("*")) if file.suffix in TABLES]
    if len(tables) > 1:
        paths = ", ".join(str(file) for file in tables[:10])
        raise UserError(f"kaggle:{name} holds several tables: adopt one of {paths}")
    url = f"https://www.kaggle.com/datasets/{name}"
    return Origin(tables[0] if tables else path, f"kaggle:{name}", name.split("/")[1], url)


HUBS: dict[str, tuple[str, Callable[[Any, str, Path], Origin]]] = {  # site: its client, what loads
    "uci": ("ucimlrepo", from_uci),
    "openml": ("sklearn.datasets", from_openml),
    "hf": ("datasets", from_hugging_face),
    "kaggle": ("kagglehub", from_kaggle),
}
