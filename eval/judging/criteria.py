"""What a reply is judged by: criteria with their choices, the worst first, as numbers, labels and words of a prompt.

A judgment is kept as a number from 0 (the first choice) to the number of choices less one. Knows neither the judge nor
the people who label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_YES_NO = {"en": ("no", "yes"), "zh": ("否", "是")}
_STARS = ("1", "2", "3", "4", "5")
_SAME = {"true": "yes", "false": "no", "good": "yes", "bad": "no", "是": "yes", "否": "no", "1": "yes", "0": "no"}
"""Other spellings of a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One question about a reply. `words` are its choices by language, as a judge reads and says them."""

    name: str
    words: Mapping[str, tuple[str, ...]]

    @property
    def best(self) -> float:
        """The number of the best choice."""
        return float(len(self.words["en"]) - 1)

    def number_of(self, label: object) -> float | None:
        """Return the number of a label in any spelling, `None` where it is none of this criterion's.

        >>> CRITERIA["helpful"].number_of(True), CRITERIA["overall"].number_of(4), CRITERIA["clear"].number_of("blue")
        (1.0, 3.0, None)
        """
        said = str(label).strip().lower().removesuffix(".0")
        for words in self.words.values():
            for spelling in (said, _SAME.get(said)):
                if spelling in words:
                    return float(words.index(spelling))
        return None

    def word_of(self, number: float) -> str:
        """Return what a judgment is called in English; between two choices where it turned with their order."""
        words = self.words["en"]
        low, high = words[int(number)], words[min(int(number + 0.5), len(words) - 1)]
        return low if low == high else f"between {low} and {high}"


CRITERIA: Mapping[str, Criterion] = {
    "helpful": Criterion(name="helpful", words=_YES_NO),
    "clear": Criterion(name="clear", words=_YES_NO),
    "overall": Criterion(name="overall", words={"en": _STARS, "zh": _STARS}),
}
"""`helpful`: answers all that was asked, about the right thing. `clear`: understood at once, without rambling or
contradiction. `overall`: 1 to 5, all things considered, its tone too."""
