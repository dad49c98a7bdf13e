import re

import pytest

from assistant.wording.phrases import UnknownPhrase, names, notices, say


def test_both_languages_have_the_same_notices():
    assert notices("en").keys() == notices("zh").keys()


@pytest.mark.parametrize("key", sorted(notices("en")))
def test_both_languages_name_the_same_values(key):
    assert names(key, "en") == names(key, "zh")


@pytest.mark.parametrize("key", sorted(notices("zh")))
def test_chinese_notices_are_chinese(key):
    said = re.sub(r"{{.*?}}|{%.*?%}", "", notices("zh")[key])
    assert re.search(r"[\u4e00-\u9fff]", said) or not re.search(r"\w", said)


def test_missing_and_unknown_values_are_errors():
    with pytest.raises(UnknownPhrase, match="takes"):
        say("need_unknown", "en", name="Lamp")
    with pytest.raises(UnknownPhrase, match="takes"):
        say("need_unknown", "en", name="Lamp", need="x", colour="red")
    with pytest.raises(UnknownPhrase, match="no notice"):
        say("sing", "en")


def test_values_stay_as_they_are():
    assert "“under $5 {{ x }}”" in say("need_unmet", "en", name="Lamp", need="under $5 {{ x }}")
