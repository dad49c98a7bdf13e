"""What can go wrong with a feed, the catalogue or the index, each said in one sentence with what to do."""

from __future__ import annotations


class IndexProblem(Exception):
    """Base of every error that this package raises on purpose."""


class BadProduct(IndexProblem):
    """A row of a feed that cannot become a product."""

    def __init__(self, row: int, field: str, value: object, reason: str) -> None:
        self.row, self.field, self.value, self.reason = row, field, value, reason
        super().__init__(f"row {row}: {field} {value!r} {reason}")


class BadFeed(IndexProblem):
    """A feed that cannot be read at all."""

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"cannot read the feed {str(path)!r}: {reason}")


class BadPlace(IndexProblem):
    """A setting of the command line that says where the shop lies and cannot be used."""

    def __init__(self, key: str, value: object, expected: str) -> None:
        self.key, self.value, self.expected = key, value, expected
        super().__init__(f"{key}={value!r} cannot be used: {expected}")


class BadMapping(IndexProblem):
    """A mapping file that cannot be used."""

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"cannot use the mapping {str(path)!r}: {reason}")


class IndexMissing(IndexProblem):
    """Nothing has been indexed yet at this place."""

    def __init__(self, path: object) -> None:
        self.path = path
        super().__init__(f"there is no index at {str(path)!r}: build it with `python -m index import FEED`")


class IndexMismatch(IndexProblem):
    """The index was built by another embedder than the one asked for."""

    def __init__(self, built_with: str, asked: str) -> None:
        self.built_with, self.asked = built_with, asked
        super().__init__(
            f"the index was built with {built_with!r} but {asked!r} was asked for: "
            "run `python -m index build`, or set SHOP_EMBEDDER back"
        )


class TooManyWithdrawn(IndexProblem):
    """A feed that would withdraw more than a fifth of what it carried before."""

    def __init__(self, feed: str, withdrawn: int, carried: int) -> None:
        self.feed, self.withdrawn, self.carried = feed, withdrawn, carried
        super().__init__(
            f"the feed {feed!r} would withdraw {withdrawn} of its {carried} products, more than a fifth: "
            "check the file, or repeat with --force"
        )


class EmbedderUnavailable(IndexProblem):
    """An embedding model that is neither at hand nor to be had."""

    def __init__(self, model: str, reason: str) -> None:
        self.model, self.reason = model, reason
        super().__init__(
            f"the embedder {model!r} cannot be had ({reason}): "
            "put its files under SHOP_WEIGHTS, or set SHOP_EMBEDDER to a folder or a hub model"
        )


class WrongHash(IndexProblem):
    """A model file whose content is not the one that was published."""

    def __init__(self, path: object, expected: str, found: str) -> None:
        self.path, self.expected, self.found = path, expected, found
        super().__init__(
            f"the file {str(path)!r} has SHA-256 {found} where {expected} is expected: "
            "delete it and fetch it again, or set SHOP_WEIGHTS to a folder that has the right one"
        )


class WeightsMissing(IndexProblem):
    """A model file that is not there and could not be fetched."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"the model file {name!r} could not be fetched: {reason}")


class BadRanking(IndexProblem):
    """A file of ranking weights that cannot be used."""

    def __init__(self, path: object, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"cannot rank with {str(path)!r}: {reason}")


class BadJudgments(IndexProblem):
    """A file of judgments that cannot be used."""

    def __init__(self, path: object, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(
            f"line {line} of {str(path)!r} {reason}: "
            'a line such as {"query": "red mug", "ratings": {"PRODUCT-ID": 1.0}} is expected'
        )


class InUse(IndexProblem):
    """The files of a shop are open in another process that writes them."""

    def __init__(self, home: object) -> None:
        self.home = home
        super().__init__(f"the shop at {str(home)!r} is open in another process: stop that one first, then repeat this")
