"""What the page needs of a shop, and how this page is set up. Knows no route and no markup."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol

from assistant.behaviour.forecasts.outlook import Outlook
from assistant.behaviour.intake import Intake
from assistant.behaviour.recorder import Recorder
from assistant.conversation.parts import Part
from assistant.conversation.turn import TurnRequest
from assistant.llm.contract import Engine
from assistant.people.portrait import Portraits
from assistant.people.sessions import SessionTokens
from assistant.people.sign_in import DemoSignIn
from assistant.service.cart import CartService
from assistant.store.conversations import Conversations
from assistant.store.feedback import FeedbackBook
from assistant.store.tickets import Tickets
from assistant.web.chatwoot.notes import ChatwootSettings
from index.catalogue import Catalogue


class Talks(Protocol):
    """Answers one message with parts, as they are ready."""

    def prepare(self) -> None:
        """Make ready what the first message would wait for."""

    async def warm(self) -> None:
        """Have the model read what every prompt begins with."""

    def turn(self, request: TurnRequest, /) -> AsyncIterator[Part]:
        """Yield the parts of one turn."""


class Storefront(Protocol):
    """The pieces of an open shop that its pages use."""

    @property
    def name(self) -> str:
        """The shop's name as shown."""

    @property
    def conversation(self) -> Talks:
        """Who answers."""

    @property
    def conversations(self) -> Conversations:
        """Where turns are kept."""

    @property
    def catalogue(self) -> Catalogue:
        """What is sold."""

    @property
    def carts(self) -> CartService:
        """The carts."""

    @property
    def feedback(self) -> FeedbackBook:
        """Where thumbs are kept."""

    @property
    def portraits(self) -> Portraits:
        """What is known of each shopper."""

    @property
    def tickets(self) -> Tickets:
        """The conversations that went to a person."""

    @property
    def outlook(self) -> Outlook:
        """What is expected of each shopper."""

    @property
    def recorder(self) -> Recorder:
        """Who writes down what visitors do."""

    @property
    def intake(self) -> Intake:
        """Who takes in the events of other systems."""

    @property
    def sign_in(self) -> DemoSignIn:
        """Who lets visitors in as customers."""

    @property
    def tokens(self) -> SessionTokens:
        """Who writes and reads the cookie."""

    @property
    def engine(self) -> Engine:
        """The language model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """How the pages are set up. `language` is the first one shown; a visitor's own choice beats it.

    `load_engine` loads the language model in the background as soon as the app runs. `events_key` is what a system must
    show that sends events; without a key only programs on this machine may, and those only where `local` says that
    nobody else can reach the app. `chatwoot` says where drafts go as private notes, `None` where there is no Chatwoot.
    `timezone` is the shop's, in whose days visitors are counted.
    `evals` is the folder in which evaluations keep their runs and labels, `None` where there is none.
    """

    language: str = "en"
    timezone: str = "UTC"
    load_engine: bool = True
    events_key: str = ""
    local: bool = True
    chatwoot: ChatwootSettings | None = None
    evals: Path | None = None


def is_loopback(host: str) -> bool:
    """Return whether a host name or `Host` header names this very machine.

    >>> is_loopback("127.0.0.1:7860"), is_loopback("[::1]:80"), is_loopback("shop.example"), is_loopback("0.0.0.0")
    (True, True, False, False)
    """
    name = host.rsplit(":", 1)[0] if host.count(":") == 1 or "]:" in host else host
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
