import pytest

from kikori.host.requirement import at_least, judge, numbers


@pytest.mark.parametrize(
    ("version", "expected"),
    [("v2.26.1-4", (2, 26, 1)), ("26.1.5+dfsg1", (26, 1, 5)), (" 1.45\n", (1, 45)), ("dev", ()), ("", ())],
)
def test_leading_numbers_of_a_version(version, expected):
    assert numbers(version) == expected


def test_ten_is_more_than_nine():
    assert numbers("2.9.0") < numbers("2.10.0")


def test_nonsense_is_older_than_everything():
    assert numbers("dev") < (0, 1)


def test_only_a_bad_fact_carries_its_hint():
    assert judge("disk", True, "9 GB", "5 GB", "df -h").hint == ""
    assert judge("disk", False, "1 GB", "5 GB", "df -h").hint == "df -h"


def test_a_minimum_in_words():
    assert at_least((2, 20)) == "2.20 or newer"
