"""Messages that wish for nothing: empty, signs alone, noise, and what breaks careless programs. Knows no assistant."""

from __future__ import annotations

from collections.abc import Mapping

JUNK: Mapping[str, str] = {
    "empty": "",
    "spaces": "   \n\t ",
    "dots": "...",
    "marks": "？？？！！!?",
    "emoji": "🎁🎁🎁",
    "faces": "😀 👍🏽 👨‍👩‍👧‍👦",
    "invisible": "\u200b\u200c\u2060\ufeff",
    "zero": "0",
    "number": "99999999999999999999999999",
    "brackets": "{}[]()<>",
    "template": "{{ 7 * 7 }} {% for x in y %} ${price} %s %n",
    "quotes": "'; DROP TABLE products; -- \" OR 1=1",
    "control": "\x00\x01\x07\x1b[31m",
    "surrogate": "\ud83d \udc00",
    "right_to_left": "\u202eabc\u202c",
    "combining": "a" + "\u0301" * 300,
    "keys": "asdfghjkl qwertyuiop zxcvbnm",
    "one_letter": "a" * 5_000,
    "long_emoji": "🔥" * 5_000,
    "long_digits": "1" * 5_000,
    "another_script": "Здравствуйте, γειά σου, สวัสดี, مرحبا",
    "tags": "<script>alert(1)</script><img src=x onerror=alert(1)>",
}
"""By name, what is sent."""
