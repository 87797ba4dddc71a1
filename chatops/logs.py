"""The log: one JSON object a line, with ids and actions, never with what people wrote."""

import contextlib
import io
import logging
import sys
from typing import Any, TextIO, cast

import structlog
from structlog.typing import EventDict, Processor


def configure(level: str, out: TextIO | None = None) -> None:
    """Log from `level` on, in UTC, to `out` (standard error). Libraries may only warn: at DEBUG some tell secrets."""
    stream = _Unfailing(out or sys.stderr)
    shared: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
        _without_words,
    ]
    as_json = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*shared, as_json],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(cast(TextIO, stream)),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(as_json, foreign_pre_chain=[_named, *shared]))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _Unfailing(io.TextIOBase):
    """A stream that loses a line rather than stop the program, as on a full disk."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError):
            self._out.write(text)
            self._out.flush()
        return len(text)


def _without_words(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The message of an exception may quote what somebody wrote; its kind and its place are enough."""
    for exception in event.get("exception", ()):
        exception.pop("exc_value", None)
        exception.pop("exc_notes", None)
    return event


def _named(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """A library's line: its logger alone, for its words may quote somebody's."""
    record = event["_record"]
    event["event"], event["logger"] = "library", record.name
    return event
