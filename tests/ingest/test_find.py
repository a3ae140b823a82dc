"""Finding files: folders, patterns, archives, and what is refused."""

import io
import os
import tarfile
import zipfile

import pytest

from statement_nlp.ingest import Source, find
from statement_nlp.model import Failure


def codes(found):
    return [one.code for one in found if isinstance(one, Failure)]


def paths(found):
    return [one.path for one in found if isinstance(one, Source)]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text("Second text.")
    (tmp_path / "a.txt").write_text("First text.")
    (tmp_path / ".hidden.txt").write_text("Hidden text.")
    return tmp_path


def test_folder_is_searched_in_order_without_hidden_files(folder):
    assert paths(find([folder])) == [str(folder / "a.txt"), str(folder / "b" / "two.txt")]


def test_results_of_earlier_runs_are_no_statements(folder):
    out = folder / "out"
    (out / "data" / "documents").mkdir(parents=True)
    for name in ("run.json", "report.html", "data/documents.parquet", "data/documents/d.txt"):
        (out / name).write_text("Written by an analysis.")
    assert paths(find([folder])) == [str(folder / "a.txt"), str(folder / "b" / "two.txt")]
    (failure,) = find([out])
    assert failure.code == "nothing-readable"
    assert "earlier run" in failure.message


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are always text")
def test_names_that_are_not_utf8_are_shown_so_that_they_can_be_written(folder):
    name = os.fsdecode(b"d\xe9bat.txt")
    try:
        (folder / name).write_text("Third text.")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    with tarfile.open(folder / "set.tar", "w") as archive:
        info = tarfile.TarInfo(name)
        info.size = 4
        archive.addfile(info, io.BytesIO(b"Four"))
    found = list(find([folder, folder / name]))
    assert str(folder / "d\\xe9bat.txt") in paths(found)
    assert f"{folder / 'set.tar'}!/d\\xe9bat.txt" in paths(found)
    for one in found:
        one.path.encode("utf-8")
    (third,) = (one for one in find([folder / name]))
    assert third.read_bytes() == b"Third text."


def test_a_name_too_long_for_the_system_is_missing(folder):
    assert codes(find([folder / ("x" * 300)])) == ["missing-file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="may open everything")
def test_folders_that_cannot_be_looked_into_are_named(folder):
    (folder / "b").chmod(0)
    try:
        assert codes(find([folder])) == ["missing-file"]
    finally:
        (folder / "b").chmod(0o755)


def test_pattern_and_missing(folder):
    assert paths(find([str(folder / "**" / "*.txt")])) == [
        str(folder / "a.txt"),
        str(folder / "b" / "two.txt"),
    ]
    assert codes(find([folder / "absent.txt", str(folder / "*.pdf")])) == ["missing-file"] * 2


def test_same_bytes_are_read_once(folder):
    (folder / "c.txt").write_text("First text.")
    found = list(find([folder]))
    assert codes(found) == ["duplicate"]
    assert len(paths(found)) == 2


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz", "tar.xz"])
def test_archive_members_are_sorted_and_read(tmp_path, suffix):
    path = tmp_path / f"set.{suffix}"
    names = {"z.txt": b"Last.", "in/a.txt": b"First.", "../../evil.txt": b"Evil.", ".x": b"no"}
    if suffix == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in names.items():
                archive.writestr(name, data)
    else:
        with tarfile.open(path, "w:" + suffix.partition(".")[2]) as archive:
            for name, data in names.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    found = list(find([path]))
    assert paths(found) == [f"{path}!/../../evil.txt", f"{path}!/in/a.txt", f"{path}!/z.txt"] or (
        paths(found) == [f"{path}!/in/a.txt", f"{path}!/z.txt"]
    )
    assert {one.read_bytes() for one in found} <= set(names.values())
    assert not (tmp_path.parent / "evil.txt").exists()


def test_bomb_ends_in_one_failure(tmp_path, monkeypatch):
    from statement_nlp.ingest import archives

    limits = {"file_bytes": 10_000, "archive_members": 10, "archive_bytes": 20_000}
    monkeypatch.setattr(archives, "load_data", lambda _: limits)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"x" * 1_000_000)
    assert codes(find([path])) == ["too-large", "nothing-readable"]


def test_nothing_readable(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "junk").mkdir()
    (tmp_path / "junk" / "a.bin").write_bytes(bytes(range(256)) * 10)
    with zipfile.ZipFile(tmp_path / "none.zip", "w"):
        pass
    assert codes(find([tmp_path / "empty"])) == ["nothing-readable"]
    assert codes(find([tmp_path / "junk"])) == ["unknown-format", "nothing-readable"]
    assert codes(find([tmp_path / "none.zip"])) == ["nothing-readable"]


def test_cut_archive_keeps_what_could_be_read(tmp_path):
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w:gz", compresslevel=0) as archive:
        for name in ("a.txt", "b.txt"):
            data = name.encode() * 4000
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    path = tmp_path / "cut.tar.gz"
    path.write_bytes(whole.getvalue()[:30_000])
    found = list(find([path]))
    assert paths(found) == [f"{path}!/a.txt"]
    assert codes(found) == ["unknown-format"]
