"""Reading a skops archive without scikit-learn, and a hash of what it holds rather than of its bytes."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
import skops.io
from sklearn.linear_model import LogisticRegression

from pipeline.classify.archive import content_hash, read_archive
from pipeline.errors import NotFoundError, ReferenceDataError


def estimator(seed: int = 0) -> LogisticRegression:
    chance = np.random.default_rng(seed)
    return LogisticRegression().fit(chance.random((60, 4)), np.arange(60) % 3)


def saved(path: Path, held: object) -> Path:
    skops.io.dump(held, path, compression=zipfile.ZIP_DEFLATED)
    return path


def names_in(path: Path) -> list[str]:
    """The files in the zip: skops calls an array's by where it lay in memory."""
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_arrays_scalars_lists_and_estimators_come_back(tmp_path: Path) -> None:
    model = estimator()
    held = {"model": model, "words": np.array(["法治", "行政"]), "t": 0.5, "names": ["a"], "deep": {"none": None}}
    read = read_archive(saved(tmp_path / "m.skops", held))
    assert np.array_equal(read["model"]["coef_"], model.coef_)
    assert read["model"]["C"] == model.C
    assert list(read["words"]) == ["法治", "行政"]
    assert (read["t"], read["names"], read["deep"]) == (0.5, ["a"], {"none": None})


def test_same_content_saved_later_has_the_same_hash_and_other_bytes(tmp_path: Path) -> None:
    one, two = estimator(), estimator()  # both alive, so that they lie in different places
    first = saved(tmp_path / "a.skops", {"model": one, "t": 0.5})
    second = saved(tmp_path / "b.skops", {"model": two, "t": 0.5})
    assert names_in(first) != names_in(second)
    assert content_hash(first) == content_hash(second)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"model": estimator(1), "t": 0.5}, id="another array"),
        pytest.param({"model": estimator(), "t": 0.6}, id="another number"),
        pytest.param({"model": estimator(), "s": 0.5}, id="another name"),
        pytest.param({"model": estimator(), "t": "0.5"}, id="a string for a number"),
    ],
)
def test_other_content_has_another_hash(tmp_path: Path, other: object) -> None:
    first = saved(tmp_path / "a.skops", {"model": estimator(), "t": 0.5})
    assert content_hash(first) != content_hash(saved(tmp_path / "b.skops", other))


def test_a_missing_file_and_a_file_that_is_no_archive_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no such model"):
        read_archive(tmp_path / "none.skops")
    (tmp_path / "text.skops").write_text("no zip")
    with pytest.raises(ReferenceDataError, match=r"text\.skops: expected a skops archive"):
        read_archive(tmp_path / "text.skops")
    good = saved(tmp_path / "good.skops", {"model": estimator()}).read_bytes()
    (tmp_path / "bad.skops").write_bytes(good[:200] + bytes([good[200] ^ 255]) + good[201:])
    with pytest.raises(ReferenceDataError, match=r"bad\.skops: expected a skops archive"):
        read_archive(tmp_path / "bad.skops")
    with pytest.raises(ReferenceDataError, match="expected a skops archive"):
        read_archive(tmp_path)
    saved(tmp_path / "set.skops", {1, 2})
    with pytest.raises(ReferenceDataError, match="a node SetNode"):
        read_archive(tmp_path / "set.skops")
