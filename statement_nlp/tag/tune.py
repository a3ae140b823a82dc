# ruff: noqa: ANN401 - models of transformers have no types
"""Tune the sentence encoder to the annotation guide's labels (training only).

Method: LoRA (Hu et al. 2021, arXiv:2106.09685). The encoder's weights stay as shipped; what is
learnt is a product of two thin matrices for each dense layer, and a linear head that sees a
sentence's vector and those of its neighbours. Each sentence is read alone, so that its vector is
the same in any company and can be kept; context comes in behind the encoder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from statement_nlp.tag.context import ContextHead

if TYPE_CHECKING:
    import torch


@attrs.frozen
class TuneOptions:
    """How the encoder is tuned; chosen on the validation part."""

    rank: int = 16
    scale: float = 2.0
    epochs: int = 4
    batch: int = 32
    """Sentences in one step, made of runs of consecutive ones."""
    rate: float = 1e-3
    head_rate: float = 3e-3
    dropout: float = 0.15
    positive_weight: float = 1.5
    """What an annotated label counts for against its absence: most labels are rare."""
    max_tokens: int = 96
    seed: int = 23
    threads: int = 2


@attrs.frozen(eq=False)
class TuneExamples:
    """Sentences in order, those that are annotated and what stands around them."""

    plain: Sequence[str]
    masked: Sequence[str]
    """The same with the speaker's own name made "our delegation"; each is read half the time."""
    statement: NDArray[np.int64]
    """Run of consecutive sentences each belongs to, not decreasing."""
    targets: NDArray[np.float32]
    """Shape (sentences, labels): 0, 1, or NaN where a sentence is context or a label not asked."""


def tune(
    folder: Path,
    examples: TuneExamples,
    options: TuneOptions | None = None,
    note: Callable[[int], None] = lambda _: None,
) -> tuple[dict[str, NDArray[np.float32]], ContextHead]:
    """Learn the changes and the head; takes about three minutes an epoch for 9,000 sentences.

    Returns ``<layer>.a`` (rank, in) and ``<layer>.b`` (out, rank) by name of the dense layer (the
    new weight is ``weight + b @ a``), and the head. ``note`` is given the number of epochs done.
    """
    options = options or TuneOptions()
    import torch

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    generator = np.random.default_rng(options.seed)
    trainer = _Trainer(folder, examples, options)
    rows = _with_neighbours(examples)
    order = _steps(rows, examples.statement, options.batch, np.random.default_rng(0))
    optimizer = torch.optim.AdamW(
        [
            {"params": trainer.parameters, "lr": options.rate},
            {"params": trainer.head.parameters(), "lr": options.head_rate},
        ],
        weight_decay=0.01,
    )
    total = max(1, int(len(order) * options.epochs * 1.02))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (0.1 * total)) * max(0.02, 1 - s / total)
    )
    for epoch in range(options.epochs):
        masked = generator.random(len(examples.plain)) < 0.5
        for step in _steps(rows, examples.statement, options.batch, generator):
            loss = trainer.loss(step, masked)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(trainer.parameters, 1.0)
            optimizer.step()
            schedule.step()
        note(epoch + 1)
    return trainer.changes(), trainer.context_head()


class _Trainer:
    """The encoder with its changes, and the head."""

    def __init__(self, folder: Path, examples: TuneExamples, options: TuneOptions) -> None:
        import torch
        from tokenizers import Tokenizer
        from transformers import BertModel

        self._examples, self._options = examples, options
        self._model = BertModel.from_pretrained(str(folder), attn_implementation="sdpa")
        self._layers = _add_changes(self._model, options)
        self.parameters = [p for layer in self._layers.values() for p in (layer.a, layer.b)]
        self.head = torch.nn.Linear(
            ContextHead.parts * self._model.config.hidden_size, examples.targets.shape[1]
        )
        self._drop = torch.nn.Dropout(options.dropout)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(options.max_tokens)
        self._plain = [item.ids for item in tokenizer.encode_batch_fast(list(examples.plain))]
        self._masked = [item.ids for item in tokenizer.encode_batch_fast(list(examples.masked))]
        self._model.train()

    def loss(self, rows: NDArray[np.int64], masked: NDArray[np.bool_]) -> torch.Tensor:
        """Return the loss of one step; sentences that are mere context have none."""
        import torch

        ids = [(self._masked if masked[row] else self._plain)[row] for row in rows.tolist()]
        vectors = self._drop(self._vectors(ids))
        seen = torch.cat([vectors, *self._around(vectors, rows)], 1)
        logits = self.head(seen)
        wanted = torch.tensor(self._examples.targets[rows])
        known = ~torch.isnan(wanted)
        return torch.nn.functional.binary_cross_entropy_with_logits(
            logits[known],
            wanted[known],
            pos_weight=torch.tensor(self._options.positive_weight),
        )

    def _vectors(self, ids: list[list[int]]) -> torch.Tensor:
        """Return vectors of the length that the head takes; texts of like length go together."""
        import torch

        from statement_nlp.embed.processor import has_bf16

        order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        found = []
        for start in range(0, len(order), 16):
            part = [ids[row] for row in order[start : start + 16]]
            width = max(map(len, part))
            padded = torch.tensor([row + [0] * (width - len(row)) for row in part])
            mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in part])
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bf16()):
                states = self._model(input_ids=padded, attention_mask=mask).last_hidden_state
            weight = mask.unsqueeze(-1).float()
            found.append((states.float() * weight).sum(1) / weight.sum(1))
        back = torch.tensor(np.argsort(order))
        unit = torch.nn.functional.normalize(torch.cat(found)[back], dim=1)
        return unit * ContextHead.length

    def _around(self, vectors: torch.Tensor, rows: NDArray[np.int64]) -> list[torch.Tensor]:
        import torch

        from statement_nlp.tag.context import neighbour

        statement = self._examples.statement[rows]

        def beside(offset: int) -> torch.Tensor:
            index = neighbour(statement, offset)
            there = torch.tensor((index >= 0).astype(np.float32))[:, None]
            return vectors[torch.tensor(index)] * there

        near = {offset: beside(offset) for offset in (-2, -1, 1, 2)}
        mean = (near[-2] + near[-1] + near[1] + near[2]) / 4
        return [near[-1], near[1], mean]

    def changes(self) -> dict[str, NDArray[np.float32]]:
        """Return the low-rank changes by layer."""
        found: dict[str, NDArray[np.float32]] = {}
        for name, layer in self._layers.items():
            found[f"{name}.a"] = layer.a.detach().numpy().copy()
            found[f"{name}.b"] = (layer.b.detach() * self._options.scale).numpy().copy()
        return found

    def context_head(self) -> ContextHead:
        """Return the head as plain arrays."""
        return ContextHead(
            self.head.weight.detach().numpy().T.copy(), self.head.bias.detach().numpy().copy()
        )


def _add_changes(model: Any, options: TuneOptions) -> dict[str, Any]:
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    layers: dict[str, Any] = {}
    for name, module in list(model.encoder.named_modules()):
        if module.__class__.__name__ == "Linear":
            parent = model.encoder.get_submodule(name.rpartition(".")[0])
            layers[f"encoder.{name}"] = _changed(module, options)
            setattr(parent, name.rpartition(".")[2], layers[f"encoder.{name}"])
    return layers


def _changed(base: torch.nn.Linear, options: TuneOptions) -> Any:
    import torch

    class Changed(torch.nn.Module):
        """A dense layer with a low-rank change beside it."""

        def __init__(self) -> None:
            super().__init__()
            self.base = base
            self.a = torch.nn.Parameter(
                torch.randn(options.rank, base.in_features) / base.in_features**0.5
            )
            self.b = torch.nn.Parameter(torch.zeros(base.out_features, options.rank))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            change: torch.Tensor = (x @ self.a.T) @ self.b.T
            result: torch.Tensor = self.base(x) + options.scale * change
            return result

    return Changed()


def _with_neighbours(examples: TuneExamples) -> NDArray[np.int64]:
    """Return the rows of annotated sentences and those next to them."""
    annotated = np.flatnonzero(~np.isnan(examples.targets[:, 0]))
    kept = np.zeros(len(examples.plain), np.bool_)
    for offset in (-1, 0, 1):
        kept[np.clip(annotated + offset, 0, len(kept) - 1)] = True
    statements = np.unique(examples.statement[annotated])
    return np.flatnonzero(kept & np.isin(examples.statement, statements))


def _steps(
    rows: NDArray[np.int64],
    statement: NDArray[np.int64],
    size: int,
    generator: np.random.Generator,
) -> list[NDArray[np.int64]]:
    """Deal runs of consecutive sentences, long ones cut, to steps of at least ``size``."""
    pieces: list[NDArray[np.int64]] = []
    first = int(generator.integers(1, size))
    for run in np.split(rows, np.flatnonzero(np.diff(statement[rows])) + 1):
        cuts = range(first, len(run) - size // 2, size) if len(run) > size else ()
        pieces += np.split(run, list(cuts))
    steps: list[NDArray[np.int64]] = []
    held: list[NDArray[np.int64]] = []
    for number in generator.permutation(len(pieces)).tolist():
        held.append(pieces[number])
        if sum(map(len, held)) >= size:
            steps.append(np.concatenate(held))
            held = []
    return [*steps, np.concatenate(held)] if held else steps
