"""The log: one JSON object a line, with ids and actions, never with what people wrote."""

import logging
import sys
from typing import TextIO

import structlog


def configure(level: str, out: TextIO = sys.stderr) -> None:
    """Log from `level` on, UTC, to `out`. Libraries may only warn: at DEBUG some of them tell secrets."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        level=logging.WARNING, stream=out, format='{"event": "library", "logger": "%(name)s"}', force=True
    )
