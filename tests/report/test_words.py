"""Scores, changes, people and days in words."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bt_assess.core.comparison import ThemeChange, Verdict, compare
from bt_assess.core.rubric import Stage
from bt_assess.core.scoring import Confidence, Pattern, Status, ThemeScore, score_theme
from bt_assess.report.words import change_sentence, day, status_sentence, status_words, who
from tests.core import builders


def scored(row: str, lasting: str = "") -> tuple[ThemeScore, str, str]:
    """The score of a row of answers, in words and in a sentence."""
    theme = builders.theme(row, lasting=lasting)
    score = score_theme(theme, builders.answers(row))
    return score, status_words(score), status_sentence(score, theme)


class TestScores:
    def test_firm(self) -> None:
        score, words, sentence = scored("323232 101010 000100")
        assert score.confidence is Confidence.FIRM
        assert words == "starting"
        assert sentence == "We are starting."

    def test_tentative_says_between_which_stages(self) -> None:
        score, words, sentence = scored("22222 22222 00000")
        assert score.confidence is Confidence.TENTATIVE
        assert words == "starting ?"
        assert sentence == (
            "We are starting. The answers leave it open between starting and developing."
        )

    def test_tentative_at_the_other_border(self) -> None:
        score, words, sentence = scored("010100 333333 233323", lasting="...... LLL... ......")
        assert score.confidence is Confidence.TENTATIVE
        assert words == "consolidating ?"
        assert sentence.endswith("open between developing and consolidating.")

    def test_an_interval_that_reaches_over_both_borders(self) -> None:
        score, words, sentence = scored("3030 3303 0330")
        assert score.low is not None
        assert score.high is not None
        assert score.low <= 1.5
        assert score.high > 2.5
        assert words == "developing ?"
        assert sentence.endswith("open between starting and consolidating.")

    def test_provisional_says_that_there_are_few_answers(self) -> None:
        score, words, sentence = scored("33kkk 00kkk 000kk")
        assert score.status is Status.NOT_ENOUGH
        score, words, sentence = scored("333kk 000kk 000kk")
        assert score.confidence is Confidence.PROVISIONAL
        assert words == "starting ?"
        assert "Few answers stand behind this (9 of 15 rated)" in sentence
        assert "first impression" in sentence

    def test_a_split_picture(self) -> None:
        score, words, sentence = scored("32322 010010 232232")
        assert score.pattern is Pattern.SPLIT
        assert words == "mixed picture"
        assert "the first and of the last stage are both true" in sentence
        assert "talking through" in sentence

    def test_a_flat_picture(self) -> None:
        score, words, sentence = scored("222 222 222")
        assert score.pattern is Pattern.FLAT
        assert words == "mixed picture"
        assert "equally true" in sentence
        assert "Talk it through" in sentence

    def test_not_recognised(self) -> None:
        score, words, sentence = scored("01010 00100 00001")
        assert score.status is Status.NOT_RECOGNISED
        assert words == "not recognised"
        assert "None of the three stages describes you" in sentence

    @pytest.mark.parametrize(
        ("row", "start"),
        [
            ("1kkkkk 22kkkk 1kkkkk", "4 of 18 statements rated so far: too few to say."),
            ("------ ------ ------", "0 of 18 statements rated so far: too few to say."),
            (
                "333333 333333 1kkkkk",
                "13 of 18 statements rated, but too few of at least one stage",
            ),
            ("nnn nnn nnn", "Nothing in this theme applies to you"),
        ],
    )
    def test_not_enough(self, row: str, start: str) -> None:
        score, words, sentence = scored(row)
        assert score.status is Status.NOT_ENOUGH
        assert words == "not enough answers"
        assert sentence.startswith(start)

    @pytest.mark.parametrize("stage", Stage)
    def test_a_stage_is_told_in_the_rubrics_own_words(self, stage: Stage) -> None:
        row = " ".join("333" if s is stage else "000" for s in Stage)
        assert scored(row)[2].startswith(f"We are {stage.value}.")


class TestChanges:
    @pytest.mark.parametrize(
        ("delta", "verdict", "sentence"),
        [
            (0.64, Verdict.CLEAR_CHANGE, "+0.6  clear change"),
            (-0.35, Verdict.CHANGE, "−0.3  change"),
            (0.1, Verdict.WITHIN_NOISE, "+0.1  within noise"),
            (-0.04, Verdict.WITHIN_NOISE, "0.0  within noise"),
            (0.04, Verdict.WITHIN_NOISE, "0.0  within noise"),
            (0.0, Verdict.WITHIN_NOISE, "0.0  within noise"),
            (-2.0, Verdict.CLEAR_CHANGE, "−2.0  clear change"),
            (None, None, "cannot be compared: one of the two has no position"),
        ],
    )
    def test_a_change(self, delta: float | None, verdict: Verdict | None, sentence: str) -> None:
        score = scored("333 000 000")[0]
        assert change_sentence(ThemeChange("x", score, score, delta, 0.1, verdict, 0)) == sentence

    def test_a_real_one(self) -> None:
        rubric = builders.rubric(builders.theme_data("333 333 333"))
        before = builders.session(builders.answers("333 000 000"))
        after = builders.session(builders.answers("000 000 333"))
        (change,) = compare(rubric, before, after).themes
        assert change_sentence(change) == "+2.0  clear change"


class TestPeople:
    @pytest.mark.parametrize(
        ("respondent", "team", "said"),
        [
            ("Area manager", "Housing", "Area manager · Housing"),
            ("Area manager", "", "Area manager"),
            ("", "Housing", "Housing"),
            ("", "", "No name given"),
            (" ", "\t", "No name given"),
        ],
    )
    def test_who(self, respondent: str, team: str, said: str) -> None:
        assert who(builders.session(respondent=respondent, team=team)) == said


class TestDays:
    @pytest.fixture(autouse=True)
    def _far_east(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with monkeypatch.context() as zone:
            zone.setenv("TZ", "XXX-11")
            time.tzset()
            yield
        time.tzset()

    def test_a_day_is_a_local_one(self) -> None:
        assert day(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == "21 Nov 2026"
        assert day(datetime(2026, 11, 1, 12, 0, tzinfo=UTC)) == "1 Nov 2026"

    def test_the_ends_of_the_calendar(self) -> None:
        last = datetime.max.replace(tzinfo=UTC)
        assert day(last) == "31 Dec 9999"
        assert day(last - timedelta(days=2)) == "30 Dec 9999"
