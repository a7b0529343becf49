"""A PyTorch network behind scikit-learn's `fit` and `predict_proba`: one training loop for all.

AdamW (Loshchilov & Hutter 2019), a one-cycle learning rate (Smith & Topin 2018), early stopping on
rows set aside from those it is given, and on a GPU mixed precision (Micikevicius et al. 2018).
"""

import copy
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, Self

import numpy as np
import torch
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import train_test_split
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

SET_ASIDE = 0.1  # of the rows to fit on, to see when to stop


class Examples(Protocol):
    """Raw inputs, made ready to be put together into batches."""

    lengths: Sequence[int]  # batches are of like lengths, so that little is padded

    def batch(self, rows: np.ndarray, training: bool) -> Tensor:
        """Return the network's input for some rows; augmented, if it is for training."""


class Learner(ClassifierMixin, BaseEstimator):
    """Trains a network.

    network: makes the untrained network, of inputs [batch, ...] to logits [batch, classes],
        given the number of classes
    examples: makes Examples of raw inputs X
    device: "auto" for a GPU where there is one
    threads: of the processor, or None for as many as PyTorch takes
    After `fit`: `classes_`, `network_` (on the CPU) and `history_`, one dict an epoch.
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
        device: str = "auto",
        threads: int | None = None,
        seed: int = 0,
    ) -> None:
        self.network = network
        self.examples = examples
        self.epochs = epochs
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.weight_decay = weight_decay
        self.patience = patience
        self.device = device
        self.threads = threads
        self.seed = seed

    def fit(self, X: Any, y: np.ndarray) -> Self:
        """Learn from raw inputs X [n] and their classes y [n]; keep the best epoch's weights."""
        torch.manual_seed(self.seed)
        torch.set_num_threads(self.threads or torch.get_num_threads())
        random = np.random.default_rng(self.seed)
        self.classes_, truth = np.unique(y, return_inverse=True)
        count = max(math.ceil(SET_ASIDE * len(y)), len(self.classes_))  # one of each class
        learnt_from, set_aside = train_test_split(
            np.arange(len(y)), test_size=count, stratify=y, random_state=self.seed
        )
        device = find_device(self.device)
        examples, answers = self.examples(X), torch.from_numpy(truth)
        network = self.network(len(self.classes_)).to(device)
        steps = self.epochs * -(-len(learnt_from) // self.batch_size)
        advance = self.make_optimizer(network, steps)

        best_loss, best_epoch, best_weights = float("inf"), 0, network.state_dict()
        self.history_: list[dict[str, float]] = []
        for epoch in range(self.epochs):
            network.train()
            losses = []
            for rows in batches(examples.lengths, learnt_from, self.batch_size, random):
                with torch.autocast(device.type, enabled=device.type == "cuda"):
                    logits = network(examples.batch(rows, training=True).to(device))  # [b, classes]
                    loss = cross_entropy(logits, answers[rows].to(device))
                advance(loss)
                losses.append(loss.item())
            logits = self.forward(network, examples, set_aside, device)
            held_out = cross_entropy(logits, answers[set_aside]).item()
            right = (logits.argmax(1) == answers[set_aside]).double().mean().item()
            seen = {"epoch": epoch + 1, "loss": float(np.mean(losses))}
            self.history_.append(seen | {"held_out_loss": held_out, "held_out_accuracy": right})
            if held_out < best_loss:
                best_loss, best_epoch = held_out, epoch
                best_weights = copy.deepcopy(network.state_dict())
            elif epoch - best_epoch >= self.patience:
                break
        network.load_state_dict(best_weights)
        self.network_ = network.cpu().eval()
        return self

    def make_optimizer(self, network: nn.Module, steps: int) -> Callable[[Tensor], None]:
        """Return what moves the weights one step against a loss, `steps` times at most."""
        learnt = [weights for weights in network.parameters() if weights.requires_grad]
        optimizer = torch.optim.AdamW(
            learnt, self.learning_rate, weight_decay=self.weight_decay, fused=True
        )
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, self.learning_rate, total_steps=steps, pct_start=0.2
        )
        scaler = torch.amp.GradScaler(enabled=learnt[0].is_cuda)  # small gradients survive float16

        def advance(loss: Tensor) -> None:
            optimizer.zero_grad()
            scaler.scale(loss).backward()
            scaler.step(optimizer)
            scaler.update()
            schedule.step()

        return advance

    def predict_proba(self, X: Any) -> np.ndarray:
        """The probabilities of the classes [n, classes]."""
        device = find_device(self.device)
        logits = self.forward(self.network_.to(device), self.examples(X), np.arange(len(X)), device)
        self.network_.cpu()
        return logits.softmax(1).numpy()

    def predict(self, X: Any) -> np.ndarray:
        return self.classes_[self.predict_proba(X).argmax(1)]

    @torch.inference_mode()
    def forward(
        self, network: nn.Module, examples: Examples, rows: np.ndarray, device: torch.device
    ) -> Tensor:
        """The logits of some rows [rows, classes], on the CPU, in the order of `rows`."""
        network.eval()
        order = np.argsort(np.asarray(examples.lengths)[rows], kind="stable")
        parts = np.array_split(rows[order], -(-len(rows) // 256))
        logits = [network(examples.batch(part, training=False).to(device)).cpu() for part in parts]
        return torch.cat(logits)[torch.from_numpy(np.argsort(order))]


def batches(
    lengths: Sequence[int], rows: np.ndarray, size: int, random: np.random.Generator
) -> Iterator[np.ndarray]:
    """Shuffle rows into batches in random order, each of rows of like length.

    A last row alone joins the batch before it: of one row, batch normalisation can learn nothing.
    """
    pools = np.array_split(random.permutation(rows), max(1, len(rows) // (size * 20)))
    ordered = np.concatenate(
        [pool[np.argsort(np.asarray(lengths)[pool], kind="stable")] for pool in pools]
    )
    starts = np.arange(0, len(rows), size)
    if len(rows) > size and len(rows) % size == 1:
        starts = starts[:-1]
    parts = np.split(ordered, starts[1:])
    yield from (parts[start // size] for start in random.permutation(starts))


def find_device(wanted: str) -> torch.device:
    if wanted != "auto":
        return torch.device(wanted)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
