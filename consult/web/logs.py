"""Logs as JSON lines that name routes, never people, codes, bodies or query strings."""

import logging
import sys
from time import perf_counter

import structlog
from flask import Flask, Response, g, request

_BUCKETS_MS = (10, 30, 100, 300, 1_000, 3_000)


def configure() -> None:
    """Write structured logs to standard error, one JSON object a line."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%MZ", utc=True),
            _frames_only,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )


def _frames_only(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Where an error happened, without its message: a message may quote what somebody typed."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        frames, trace = [], error.__traceback__
        while trace is not None:
            frames.append(f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}")
            trace = trace.tb_next
        event["frames"] = frames[-12:]
    return event


def init_app(app: Flask) -> None:
    """Log every request by its route."""
    log = structlog.get_logger()
    app.extensions["consult.log"] = log

    @app.before_request
    def start() -> None:
        g.started = perf_counter()

    @app.after_request
    def finish(response: Response) -> Response:
        took = (perf_counter() - g.get("started", perf_counter())) * 1000
        bucket = next((f"<{edge}" for edge in _BUCKETS_MS if took < edge), f">={_BUCKETS_MS[-1]}")
        route = request.url_rule.rule if request.url_rule else None
        log.info(
            "request", method=request.method, route=route, status=response.status_code, ms=bucket
        )
        return response
