"""The training loop: a PyTorch network behind scikit-learn's `fit` and `predict_proba`.

AdamW (Loshchilov & Hutter 2019), a one-cycle learning rate (Smith & Topin 2018), early stopping on
rows held out from those it is given, and 16-bit arithmetic on a GPU (Kalamkar et al. 2019).
"""

import copy
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, Self

import numpy as np
import torch
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import train_test_split
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.optim.lr_scheduler import OneCycleLR

HELD_OUT = 0.1  # the share of the rows that decides when to stop
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Examples(Protocol):
    """Inputs, prepared for being put together into batches."""

    lengths: Sequence[int]  # a batch holds examples of similar length, so little of it is padding

    def batch(self, rows: np.ndarray, training: bool) -> Tensor:
        """Return the network's input for some rows; with augmentation, if it is for training."""


class NetworkClassifier(ClassifierMixin, BaseEstimator):
    """A network, and how it is trained.

    network: number of classes → untrained network, from inputs [b, ...] to logits [b, classes]
    examples: inputs X [n] → their Examples
    patience: stop after this many epochs without improvement on the held-out rows
    threads: CPU threads; None leaves the choice to PyTorch
    After `fit`: `classes_`, `network_` (on the CPU) and `history_`, one dict per epoch.
    """

    def __init__(
        self,
        network: Callable[[int], nn.Module],
        examples: Callable[[Any], Examples],
        epochs: int,
        learning_rate: float,
        batch_size: int = 64,
        weight_decay: float = 0.01,
        patience: int = 3,
        threads: int | None = None,
        seed: int = 0,
    ) -> None:
        self.network, self.examples = network, examples
        self.epochs, self.learning_rate, self.batch_size = epochs, learning_rate, batch_size
        self.weight_decay, self.patience = weight_decay, patience
        self.threads, self.seed = threads, seed

    def fit(self, X: Any, y: np.ndarray) -> Self:
        """Train on X [n] and its classes y [n]; keep the weights of the best epoch."""
        torch.manual_seed(self.seed)
        torch.set_num_threads(self.threads or torch.get_num_threads())
        random = np.random.default_rng(self.seed)
        self.classes_, classes = np.unique(y, return_inverse=True)
        count = max(math.ceil(HELD_OUT * len(y)), len(self.classes_))  # at least one of each class
        rows, held_out = train_test_split(
            np.arange(len(y)), test_size=count, stratify=y, random_state=self.seed
        )
        examples, target = self.examples(X), torch.from_numpy(classes)  # target [n]
        network = self.network(len(self.classes_)).to(DEVICE)
        optimizer = torch.optim.AdamW(
            network.parameters(), self.learning_rate, weight_decay=self.weight_decay, fused=True
        )
        steps = self.epochs * math.ceil(len(rows) / self.batch_size)
        schedule = OneCycleLR(optimizer, self.learning_rate, total_steps=steps, pct_start=0.2)

        best_loss, best_epoch, best_weights = math.inf, 0, network.state_dict()
        self.history_: list[dict[str, float]] = []
        for epoch in range(1, self.epochs + 1):
            parts = batches(examples.lengths, rows, self.batch_size, random)
            pairs = ((examples.batch(part, training=True), target[part]) for part in parts)
            loss = train_epoch(network, pairs, optimizer, schedule)
            logits = forward(network, examples, held_out)  # [held out, classes]
            held_out_loss = cross_entropy(logits, target[held_out]).item()
            accuracy = (logits.argmax(1) == target[held_out]).double().mean().item()
            losses = {"loss": loss, "held_out_loss": held_out_loss}
            self.history_.append({"epoch": epoch, **losses, "held_out_accuracy": accuracy})
            if held_out_loss < best_loss:
                best_loss, best_epoch = held_out_loss, epoch
                best_weights = copy.deepcopy(network.state_dict())
            elif epoch - best_epoch >= self.patience:
                break
        network.load_state_dict(best_weights)
        self.network_ = network.cpu().eval()
        return self

    def predict_proba(self, X: Any) -> np.ndarray:
        """The probabilities of the classes [n, classes]."""
        logits = forward(self.network_.to(DEVICE), self.examples(X), np.arange(len(X)))
        self.network_.cpu()
        return logits.softmax(1).numpy()

    def predict(self, X: Any) -> np.ndarray:
        return self.classes_[self.predict_proba(X).argmax(1)]


def train_epoch(
    network: nn.Module,
    pairs: Iterable[tuple[Tensor, Tensor]],
    optimizer: torch.optim.Optimizer,
    schedule: OneCycleLR,
) -> float:
    """Take a step down the loss of each batch (inputs, target); return the mean loss."""
    network.train()
    losses = []
    for inputs, target in pairs:
        with torch.autocast(DEVICE.type, torch.bfloat16, enabled=DEVICE.type == "cuda"):
            logits = network(inputs.to(DEVICE))  # [b, classes]
            loss = cross_entropy(logits, target.to(DEVICE))  # the mean of the batch
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    return float(np.mean(losses))


@torch.inference_mode()
def forward(network: nn.Module, examples: Examples, rows: np.ndarray) -> Tensor:
    """The logits of some rows [rows, classes], on the CPU, in the order of `rows`."""
    network.eval()
    order = np.argsort(np.asarray(examples.lengths)[rows], kind="stable")
    parts = np.array_split(rows[order], math.ceil(len(rows) / 256))
    logits = [network(examples.batch(part, training=False).to(DEVICE)).cpu() for part in parts]
    return torch.cat(logits)[torch.from_numpy(np.argsort(order))]


def batches(
    lengths: Sequence[int], rows: np.ndarray, size: int, random: np.random.Generator
) -> Iterator[np.ndarray]:
    """Yield the rows in batches of similar length, in random order.

    Their sizes differ by at most one: batch normalization cannot use a single row left over.
    """
    pools = np.array_split(random.permutation(rows), max(1, len(rows) // (size * 20)))
    sizes = np.asarray(lengths)
    ordered = np.concatenate([pool[np.argsort(sizes[pool], kind="stable")] for pool in pools])
    parts = np.array_split(ordered, math.ceil(len(rows) / size))
    yield from (parts[place] for place in random.permutation(len(parts)))
