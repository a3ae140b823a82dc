# ruff: noqa: ANN401 - models of transformers have no types
"""Tune the sentence encoder to speech acts: low-rank changes of its weights (training only).

Method: LoRA (Hu et al. 2021, arXiv:2106.09685). The encoder's weights stay as shipped; what is
learnt is a product of two thin matrices for each dense layer, small enough to ship beside the
heads and added to the weights when they are loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch


@attrs.frozen
class TuneOptions:
    """How the encoder is tuned."""

    rank: int = 16
    scale: float = 2.0
    from_layer: int = 2
    """First layer that is changed; those below keep the shipped weights."""
    epochs: int = 5
    batch: int = 24
    rate: float = 1.2e-3
    dropout: float = 0.15
    max_tokens: int = 96
    seed: int = 23
    threads: int = 2


def tune(
    folder: Path,
    texts: Sequence[str],
    targets: NDArray[np.float32],
    options: TuneOptions | None = None,
    note: Callable[[str], None] = lambda _: None,
    keep: Callable[[dict[str, NDArray[np.float32]]], None] = lambda _: None,
) -> dict[str, NDArray[np.float32]]:
    """Learn the changes that let a linear head read ``targets`` off the mean of the tokens.

    ``targets`` has shape (texts, tasks) with 0, 1, or NaN where a task does not apply. Returns
    ``<layer>.a`` (rank, in) and ``<layer>.b`` (out, rank) by name of the dense layer; the new
    weight is ``weight + b @ a``. ``note`` hears of every epoch, ``keep`` is given its changes.
    """
    options = options or TuneOptions()
    import torch

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    model, tokenizer, layers = _prepare(folder, options)
    head = torch.nn.Linear(model.config.hidden_size, targets.shape[1])
    parameters = [p for layer in layers.values() for p in (layer.a, layer.b)]
    optimizer = torch.optim.AdamW(
        [
            {"params": parameters, "lr": options.rate},
            {"params": head.parameters(), "lr": options.rate * 4},
        ],
        weight_decay=0.01,
    )
    steps = options.epochs * -(-len(texts) // options.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [options.rate, options.rate * 4], total_steps=steps, pct_start=0.1
    )
    ids = [tokenizer(t, truncation=True, max_length=options.max_tokens)["input_ids"] for t in texts]
    generator = np.random.default_rng(options.seed)
    drop = torch.nn.Dropout(options.dropout)
    model.train()
    for epoch in range(options.epochs):
        total = 0.0
        for rows in _batches([len(i) for i in ids], options.batch, generator):
            loss = _loss(model, head, drop, [ids[r] for r in rows], targets[rows])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(rows)
        note(f"epoch {epoch + 1} of {options.epochs}: loss {total / len(texts):.4f}")
        keep(_changes(layers, options))
    return _changes(layers, options)


def _changes(layers: dict[str, Any], options: TuneOptions) -> dict[str, NDArray[np.float32]]:
    found: dict[str, NDArray[np.float32]] = {}
    for name, layer in layers.items():
        found[f"{name}.a"] = layer.a.detach().numpy().copy()
        found[f"{name}.b"] = (layer.b.detach() * options.scale).numpy().copy()
    return found


def _prepare(folder: Path, options: TuneOptions) -> tuple[Any, Any, dict[str, Any]]:
    from transformers import AutoTokenizer, BertModel

    model = BertModel.from_pretrained(str(folder), attn_implementation="sdpa")
    tokenizer = AutoTokenizer.from_pretrained(str(folder))
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    layers: dict[str, Any] = {}
    for name, module in list(model.encoder.named_modules()):
        number = int(name.split(".")[1]) if name.startswith("layer.") and "." in name[6:] else -1
        if module.__class__.__name__ != "Linear" or number < options.from_layer:
            continue
        parent = model.encoder.get_submodule(name.rpartition(".")[0])
        layers[f"encoder.{name}"] = _changed(module, options)
        setattr(parent, name.rpartition(".")[2], layers[f"encoder.{name}"])
    return model, tokenizer, layers


def _changed(base: torch.nn.Linear, options: TuneOptions) -> Any:
    import torch

    class Changed(torch.nn.Module):
        """A dense layer with a low-rank change beside it."""

        def __init__(self) -> None:
            super().__init__()
            self.a = torch.nn.Parameter(
                torch.randn(options.rank, base.in_features) / base.in_features**0.5
            )
            self.b = torch.nn.Parameter(torch.zeros(base.out_features, options.rank))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            change: torch.Tensor = (x @ self.a.T) @ self.b.T
            result: torch.Tensor = base(x) + options.scale * change
            return result

    return Changed()


def _batches(
    lengths: Sequence[int], size: int, generator: np.random.Generator
) -> list[NDArray[np.int64]]:
    """Return shuffled batches of texts of like length, so that little padding is computed."""
    noisy = np.array(lengths) * generator.uniform(0.9, 1.1, len(lengths))
    order = np.argsort(noisy)
    batches = [order[i : i + size] for i in range(0, len(order), size)]
    generator.shuffle(batches)
    return batches


def _loss(
    model: Any, head: Any, drop: Any, ids: list[list[int]], targets: NDArray[np.float32]
) -> torch.Tensor:
    import torch

    from statement_nlp.embed.processor import has_bf16

    width = max(map(len, ids))
    padded = torch.tensor([row + [0] * (width - len(row)) for row in ids])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in ids])
    half = has_bf16()
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
        states = model(input_ids=padded, attention_mask=mask).last_hidden_state
    states = states.float()
    weight = mask.unsqueeze(-1).to(states.dtype)
    mean = (states * weight).sum(1) / weight.sum(1)
    logits = head(drop(mean))
    wanted = torch.tensor(targets)
    known = ~torch.isnan(wanted)
    return torch.nn.functional.binary_cross_entropy_with_logits(logits[known], wanted[known])
