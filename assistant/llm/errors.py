"""What can be wrong with one request to a model, as opposed to the model being absent (`ModelUnavailable`)."""

from __future__ import annotations

from assistant.errors import RegularsError


class RequestRefused(RegularsError):
    """A request that this engine cannot carry out as it stands: a bad schema or grammar, or a prompt too long."""

    def __init__(self, model: str, reason: str) -> None:
        self.model, self.reason = model, reason
        super().__init__(f"the model {model!r} cannot carry out this request: {reason}")


class EngineClosed(RegularsError):
    """An engine that was asked after it had been closed."""

    def __init__(self, model: str) -> None:
        self.model = model
        super().__init__(f"the engine of {model!r} is closed: make a new one to ask again")
