"""What can go wrong between interactions and a list of recommendations. Knows the base error and nothing else."""

from __future__ import annotations

from assistant.errors import RegularsError


class RecommendError(RegularsError):
    """Base of the errors of this room."""


class BadInteractions(RecommendError):
    """Interactions that no model can be fitted to."""

    def __init__(self, what: str, value: object, expected: str) -> None:
        self.what, self.value, self.expected = what, value, expected
        super().__init__(f"{what} {value!r} cannot be used: {expected}")


class TooManyItems(RecommendError):
    """A catalogue beyond what a model's memory allows."""

    def __init__(self, model: str, items: int, most: int) -> None:
        self.model, self.items, self.most = model, items, most
        super().__init__(
            f"the model {model!r} takes at most {most:,} items and was given {items:,}: "
            "leave it out of the blend, or raise max_items where the memory (4 bytes times items squared) is there"
        )


class UnknownItem(RecommendError):
    """An item that a model was not fitted with."""

    def __init__(self, item: str, model: str) -> None:
        self.item, self.model = item, model
        super().__init__(f"the model {model!r} does not know the item {item!r}: fit it again, or take the item out")


class BadModel(RecommendError):
    """Model files that are missing or cannot be read."""

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"the model files at {str(path)!r} cannot be used ({reason}): train again")
