import stat
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.people.sessions import Session, SessionTokens, kept_secret, new_session
from assistant.store.principal import GUEST, Principal


@given(st.text(min_size=1), st.none() | st.text(min_size=1))
def test_what_was_issued_is_read(session_id, customer_id):
    session = Session(session_id, Principal("shopper", customer_id) if customer_id else GUEST)
    tokens = SessionTokens("secret")
    assert tokens.read(tokens.issue(session)) == session


def test_new_sessions_differ_and_are_guests():
    assert new_session().id != new_session().id and new_session().principal == GUEST


@given(st.text())
def test_what_was_not_issued_is_nobody(token):
    assert SessionTokens("secret").read(token) is None


def test_a_changed_token_is_nobody():
    tokens = SessionTokens("secret")
    token = tokens.issue(Session("s", Principal("shopper", "c-1")))
    for at in range(len(token) - 1):  # the very last character holds bits that base64 ignores
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert tokens.read(changed) is None


def test_another_shops_token_is_nobody():
    assert SessionTokens("other").read(SessionTokens("secret").issue(Session("s"))) is None


def test_an_old_token_is_nobody():
    assert SessionTokens("secret", lifetime_s=-1).read(SessionTokens("secret").issue(Session("s"))) is None


def test_the_kept_secret_stays_and_is_for_the_owner_alone(tmp_path):
    home = tmp_path / "var"
    secret = kept_secret(home)
    assert kept_secret(home) == secret and len(secret) >= 32
    assert stat.S_IMODE((home / "secret").stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["secret"]


def test_processes_that_start_at_once_share_one_secret(tmp_path):
    program = (
        "import sys; from pathlib import Path; from assistant.people.sessions import kept_secret;"
        "print(kept_secret(Path(sys.argv[1])))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in started}) == 1


@pytest.mark.parametrize("principal", [GUEST, Principal("shopper", "c-1")])
def test_a_token_is_safe_in_a_cookie(principal):
    token = SessionTokens("secret").issue(Session("s", principal))
    assert token.isascii() and not set(token) & set(' ;,"\\')
