"""What a watchman asks: does it live, is it ready?"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from digests.metrics import CONTENT_TYPE

LOG = structlog.get_logger()


@dataclass(frozen=True)
class Finding:
    """How one part is, and how old the sign of it is."""

    ok: bool
    age_seconds: float


Probe = Callable[[], Awaitable[Finding]]


async def live(_request: Request) -> JSONResponse:
    """200 while the process turns, whatever else is down: a restart would not help."""
    return JSONResponse({"ok": True})


async def ready(request: Request) -> JSONResponse:
    """200 when every configured part is ok, else 503."""
    probes = request.app.state.doors.probes
    findings = await asyncio.gather(*(_found(probe) for probe in probes.values()))
    told = {
        name: {"ok": finding.ok, "age_seconds": round(finding.age_seconds, 1)}
        for name, finding in zip(probes, findings, strict=True)
    }
    return JSONResponse(told, 200 if all(finding.ok for finding in findings) else 503)


async def metrics(request: Request) -> Response:
    """What is counted, for Prometheus."""
    return Response(await asyncio.to_thread(request.app.state.doors.metrics), media_type=CONTENT_TYPE)


async def _found(probe: Probe) -> Finding:
    """A probe that breaks has found its part broken."""
    try:
        return await probe()
    except Exception:
        LOG.exception("probe.failed")
        return Finding(ok=False, age_seconds=0.0)
