"""How the per-document stages are driven: in batches of bounded size, with progress."""

from statement_nlp.engine.batches import Batch, batches
from statement_nlp.engine.progress import Progress, quiet

__all__ = ["Batch", "Progress", "batches", "quiet"]
