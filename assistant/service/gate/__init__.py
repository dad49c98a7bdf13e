"""The gate: who is identified, what was proposed, and whether the shopper said yes. Every tool lies behind it."""

from assistant.service.gate.service import Service
from assistant.service.gate.turn import ServiceTurn

__all__ = ["Service", "ServiceTurn"]
