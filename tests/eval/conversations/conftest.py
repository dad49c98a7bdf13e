"""What goldens are tested with: the demo store's products, policies and people, as its generator makes them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from assistant.demo.build import POLICIES
from assistant.demo.customers import customers
from assistant.demo.orders import orders
from assistant.demo.products import products
from assistant.service.policy_text import read_policies
from eval.conversations.casting import People
from eval.conversations.golden import read_goldens
from eval.conversations.shelf import Shelf


@pytest.fixture(scope="session")
def shelf():
    """The demo store's products and policies."""
    texts = {}
    for policy in read_policies(POLICIES):
        for one in policy.paragraphs:
            texts.setdefault(one.language, {})[one.id] = one.text
    return Shelf({product.id: product for product in products()}, texts)


@pytest.fixture(scope="session")
def people(shelf):
    """The demo store's customers and orders, of today."""
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    known = {customer.id: customer for customer in customers(7, today)}
    return People(known, orders(7, today), shelf.products, datetime.now(UTC))


@pytest.fixture
def golden(tmp_path):
    """Make a golden conversation of turns, as its file would give it."""

    def make(*turns, **given):
        written = {"id": "lamp", "language": "en", "turns": list(turns)} | given
        folder = Path(tmp_path)
        (folder / "finding.yaml").write_text(yaml.safe_dump([written], allow_unicode=True), encoding="utf-8")
        return read_goldens(folder)[0]

    return make
