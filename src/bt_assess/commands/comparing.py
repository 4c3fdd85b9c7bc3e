"""compare, comparisons."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bt_assess.commands.desk import folder_of, rubric_of, session_of
from bt_assess.commands.out import Refusal, say, say_json, tell, width
from bt_assess.commands.rounds import open_round
from bt_assess.core.compared import Compared, Kind, of_round, of_session
from bt_assess.core.comparison import NotComparable
from bt_assess.core.courses import first_view, why_unfinished
from bt_assess.core.rubric import Rubric
from bt_assess.core.saved_comparison import LEAST_TARGET, MOST_COMPARED, MOST_TARGET, Ref
from bt_assess.core.text import clean_line
from bt_assess.report.compare_json import Files, compared_data
from bt_assess.report.compare_text import compare_text
from bt_assess.report.words import date_words
from bt_assess.store.comparisons import ComparisonsFolder, NameTaken, StoredComparison
from bt_assess.store.files import UnreadableFile, reason, shortened, shown_name
from bt_assess.store.folder import NotFound, SessionFolder
from bt_assess.store.rounds import RoundsFolder

_SESSION, _ROUND, _SAVED = Kind.SESSION.value, Kind.ROUND.value, "comparison"


@dataclass(frozen=True)
class ToCompare:
    """What was named, ready to compare; the sessions' files go with them.

    Of a saved one some may be `missing`: they are part of it still, and may come back.
    """

    items: tuple[Compared, ...]
    targets: Mapping[str, float]
    files: Files
    saved: StoredComparison | None = None
    missing: tuple[Ref, ...] = ()


def run_compare(arguments: Namespace) -> None:
    """Two of one person or team are before and after, more a trend; others side by side."""
    rubric = rubric_of(arguments)
    targets = _targets(arguments.target, rubric)
    name = _name_to_save(arguments)
    found = to_compare(arguments, arguments.words, rubric)
    targets = {**found.targets, **targets}
    items = found.items
    if name is not None:
        _save(arguments, name, found, targets)
    if not arguments.json:
        say(compare_text(rubric, items, width(), targets), end="")
        return
    say_json(compared_data(rubric, found.items, targets, found.files, missing=found.missing))


def run_comparisons(arguments: Namespace) -> None:
    """The saved comparisons, newest first, and files that cannot be used; or forget one."""
    folder = ComparisonsFolder(arguments.where.path)
    if arguments.forget is not None:
        try:
            stored = folder.resolve(arguments.forget)
            folder.remove(stored)
        except (NotFound, UnreadableFile) as error:
            raise Refusal(str(error)) from None
        except OSError as error:
            raise Refusal(reason(error)) from None
        tell(f"forgotten: {stored.comparison.name}; what it compared is still there")
        return
    known, damaged = _all(folder)
    if arguments.json:
        say_json(
            {
                "comparisons": [
                    {**s.comparison.model_dump(mode="json"), "file": s.path.name} for s in known
                ],
                "damaged": [{"file": fault.path.name, "why": fault.why} for fault in damaged],
            }
        )
        return
    for stored in known:
        one = stored.comparison
        what = ", ".join(f"{ref.kind.value}:{ref.id}" for ref in one.what[:4])
        more = f" and {len(one.what) - 4} more" if len(one.what) > 4 else ""
        say(f"{one.id}  {date_words(one.created):>11}  {one.name}  ({what}{more})")
    for fault in damaged:
        tell(f"bt-assess: {fault}")
    if not known and not damaged:
        tell("no comparisons saved yet: 'bt-assess compare A B --save NAME' keeps one")


def to_compare(arguments: Namespace, words: list[str], rubric: Rubric) -> ToCompare:
    """What the words name: sessions and rounds, or one saved comparison. Raises Refusal.

    Rounds are opened with their passphrases, taken from `arguments.passphrase_fd` in their order,
    else asked for.
    """
    if len(words) > MOST_COMPARED:
        raise Refusal(f"at most {MOST_COMPARED} at a time")
    kinds = [kind_of(arguments, word, one_of=len(words)) for word in words]
    saved = None
    if kinds[0][0] == _SAVED:
        saved = _saved(arguments, kinds[0][1])
        kinds = [(ref.kind.value, ref.id) for ref in saved.comparison.what]
    if len(kinds) < 2:
        raise Refusal("what with? Name two or more sessions or rounds, or one saved comparison")
    _each_round_once(arguments, [word for kind, word in kinds if kind == _ROUND])
    descriptors = list(arguments.passphrase_fd or [])
    files: Files = {}
    items: list[Compared] = []
    missing: list[tuple[Ref, str]] = []
    for kind, word in kinds:
        try:
            items.append(_one(arguments, kind, word, rubric, descriptors, files))
        except NotComparable as error:
            raise Refusal(str(error)) from None
        except Refusal as error:
            # What a saved one compares may be gone since; a passphrase that is wrong is no such thing.
            if saved is None or kind != _SESSION:
                raise
            missing.append((Ref(kind=Kind(kind), id=word), str(error)))
    if saved and missing:
        name = shortened(saved.comparison.name)
        if len(items) < 2:
            raise Refusal(f"{name}: fewer than two are left of what it compares: {missing[0][1]}")
        for _, why in missing:
            tell(f"{name}: without one that it compares: {why}")
    if descriptors:
        raise Refusal("there are more passphrases than rounds that need one")
    targets = dict(saved.comparison.targets) if saved else {}
    return ToCompare(tuple(items), targets, files, saved, tuple(ref for ref, _ in missing))


def _one(
    arguments: Namespace,
    kind: str,
    word: str,
    rubric: Rubric,
    descriptors: list[int],
    files: Files,
) -> Compared:
    if kind == _SESSION:
        stored = session_of(arguments, word, rubric)
        if why := why_unfinished(rubric, stored.session):
            raise Refusal(f"{shown_name(stored.path)}: {why}")
        files[id(stored.session)] = stored.path
        return of_session(rubric, stored.session)
    descriptor = descriptors.pop(0) if descriptors else None
    if descriptor is None:
        tell(f"round {shortened(word)}:")
    asked = Namespace(**{**vars(arguments), "round": word, "passphrase_fd": descriptor})
    _, opened, shown, head = open_round(asked)
    for line in head[1:]:
        # The first says how many answered; the others, what is not as it should be.
        tell(f"{opened.round.title}: {line}")
    return of_round(rubric, opened.round, shown)


def _each_round_once(arguments: Namespace, words: list[str]) -> None:
    """Raises Refusal where a round is named twice, before any passphrase is asked for."""
    folder = RoundsFolder(arguments.where.path)
    ids = set()
    for word in words:
        try:
            ids.add(folder.resolve(word).round.id)
        except (NotFound, UnreadableFile) as error:
            raise Refusal(str(error)) from None
        except OSError as error:
            raise Refusal(reason(error)) from None
    if len(ids) < len(words):
        raise Refusal("a round is not compared with itself")


def kind_of(arguments: Namespace, word: str, *, one_of: int) -> tuple[str, str]:
    """Whether a word means a session, a round or a saved comparison, and which. Raises Refusal."""
    said, _, rest = word.partition(":")
    if said in (_SESSION, _ROUND, _SAVED) and rest:
        if said == _SAVED and one_of > 1:
            raise Refusal("a saved comparison stands alone: it says what is compared")
        return said, rest
    folder, where = folder_of(arguments), arguments.where.path
    why_not: list[str] = []

    def is_there(look: Callable[[], object]) -> bool:
        """Also when it is damaged: that is told when it is opened."""
        try:
            look()
        except NotFound as error:
            why_not.append(str(error))
            return False
        except (UnreadableFile, OSError, ValueError):
            return True
        return True

    if word == "latest" and is_there(folder.files) and folder.files():
        return _SESSION, word
    # Rounds and comparisons are few, so they are looked through first; sessions may be many.
    found = [_ROUND] if is_there(lambda: RoundsFolder(where).resolve(word)) else []
    if one_of == 1 and is_there(lambda: ComparisonsFolder(where).resolve(word)):
        found.append(_SAVED)
    if (not found or _has_file(folder, word)) and is_there(lambda: folder.resolve(word)):
        found.append(_SESSION)
    if not found:
        raise Refusal("; ".join(reversed(why_not)))
    if len(found) > 1:
        ways = " or ".join(f"'{kind}:{shortened(word)}'" for kind in reversed(found))
        raise Refusal(f"{shortened(word)!r} could be several things: say {ways}")
    return found[0], word


def _has_file(folder: SessionFolder, word: str) -> bool:
    """Whether a session's file is named so. Not one that was renamed: that needs all to be read."""
    try:
        paths = (*folder.files(), *folder.files(archived=True))
    except OSError:
        return False
    return any(path.stem.rsplit("-", 1)[-1].startswith(word) for path in paths)


def _saved(arguments: Namespace, word: str) -> StoredComparison:
    try:
        return ComparisonsFolder(arguments.where.path).resolve(word)
    except (NotFound, UnreadableFile) as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(reason(error)) from None


def _all(folder: ComparisonsFolder) -> tuple[list[StoredComparison], list[UnreadableFile]]:
    try:
        return folder.all()
    except OSError as error:
        raise Refusal(f"{folder.path}: {reason(error)}") from None


def _name_to_save(arguments: Namespace) -> str | None:
    """The name to save under, before any passphrase is asked for. Raises Refusal."""
    if arguments.save is None:
        return None
    name = clean_line(arguments.save)
    if not name:
        raise Refusal("the name to save under is empty")
    known, _ = _all(ComparisonsFolder(arguments.where.path))
    if any(s.comparison.name.casefold() == name.casefold() for s in known):
        raise Refusal(
            f"there is a comparison called {name!r} already;"
            f" 'bt-assess comparisons --forget NAME' deletes one"
        )
    return name


def _save(arguments: Namespace, name: str, found: ToCompare, targets: Mapping[str, float]) -> None:
    what = [Ref(kind=item.kind, id=item.id) for item in found.items]
    view = first_view(found.items)
    today = datetime.now().astimezone().date()
    try:
        stored = ComparisonsFolder(arguments.where.path).new(
            name, what, today=today, view=view, targets=targets
        )
    except NameTaken as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(f"the comparison cannot be saved: {reason(error)}") from None
    except ValueError:
        raise Refusal("nothing is compared with itself under a name") from None
    tell(f"saved: 'bt-assess compare {stored.comparison.id}' shows it again")


def _targets(words: list[str], rubric: Rubric) -> dict[str, float]:
    """The places that were given as THEME=POSITION. Raises Refusal."""
    known = {theme.id for theme in rubric.themes}
    found: dict[str, float] = {}
    for word in words:
        theme_id, _, place = word.partition("=")
        if theme_id not in known:
            raise Refusal(
                f"--target {shortened(word)}: no theme goes by {shortened(theme_id)!r}; there are"
                f" {', '.join(sorted(known))}"
            )
        try:
            position = float(place)
        except ValueError:
            position = 0.0
        if not LEAST_TARGET <= position <= MOST_TARGET or round(position, 1) != position:
            raise Refusal(
                f"--target {shortened(word)}: the position is a number from 1 to 3, to a tenth"
            )
        found[theme_id] = position
    return found
