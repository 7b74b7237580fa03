"""`actes translate` begun: a run with nothing changed ends here, before anything else is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import files, program
from pipeline.translation.pretranslate import ledger
from pipeline.translation.pretranslate.wish import Report, Wish
from pipeline.workspace import digests

if TYPE_CHECKING:
    from pipeline.translation.engines.exchange import OnExchange
    from pipeline.translation.sending import OnProgress


def translate(
    root: Path,
    wish: Wish,
    environment: Mapping[str, str],
    on_progress: OnProgress | None = None,
    on_exchange: OnExchange | None = None,
) -> Report:
    """Bring the counterparts that ``wish`` names up to date with their originals.

    Nothing is read again that has not changed, nothing sent that was answered before, and nothing
    a person wrote is replaced. Raises ActesError: ``workspace-busy``, ``path-unknown``,
    ``language-unknown``, the problems of an invalid event.yaml, and as `registry.engine`.
    """
    with files.locked(root, root / "build"):
        inputs = digests.inputs(root)
        last = ledger.load(root / "build", program.code())
        if last.inputs == ledger.whole(inputs) and not wish.retranslate:
            return Report()
        from pipeline.translation.pretranslate import run

        return run.translate(root, wish, environment, on_progress, on_exchange, inputs, last)
