"""Synthesis: what delegations ask for in common, who backs it, and what was agreed before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from statement_nlp.corpus import Spoken
    from statement_nlp.embed import Encoder
    from statement_nlp.engine import Progress
    from statement_nlp.framework import Framework
    from statement_nlp.model import Commitment, Proposal
    from statement_nlp.synthesis.agreed import Agreed
    from statement_nlp.synthesis.bring import Synthesis

__all__ = ["bring_together", "read_agreed"]


def read_agreed(paths: Sequence[Path]) -> Agreed:
    """Read earlier presidential statements or resolutions; see ``synthesis.agreed``.

    Raises:
        AgreedError: a file cannot be read, or is no agreed text.
    """
    from statement_nlp.synthesis.agreed import read_agreed as read

    return read(paths)


def bring_together(
    spoken: Spoken,
    commitments: Sequence[Commitment],
    proposals: Sequence[Proposal],
    framework: Framework,
    encoder: Encoder,
    agreed: Agreed,
    progress: Progress,
) -> Synthesis:
    """Bring a debate together into key points, needs and agreed language; see ``synthesis.bring``.

    Raises:
        EmbedError: the encoder cannot be loaded.
    """
    from statement_nlp.synthesis.bring import bring_together as bring

    return bring(spoken, commitments, proposals, framework, encoder, agreed, progress)
