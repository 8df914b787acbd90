"""The network's C, on this machine and on the emulated core, against its integers in Python."""

from pathlib import Path

import numpy as np
import pytest
from host_c import SANITIZED
from random_networks import Host, features, network

from firmware.model.network.quantised import QuantisedNetwork
from firmware.model.target import Target

CONTEXT = (56, 32, 32)
NETWORKS = {
    "8 bits": network(1, (120, 16, 5), (8, 8), CONTEXT),
    "4 bits": network(2, (120, 16, 5), (4, 4), CONTEXT),
    "2 and 4 bits, inputs that fill no word": network(3, (97, 31, 9), (2, 4)),
    "4 and 8 bits, one unit": network(4, (9, 1, 2), (4, 8)),
    "linear": network(5, (30, 3), (8,)),
    "two hidden layers": network(6, (7, 5, 9, 3), (2, 8, 4)),
    "offsets of 16 bits": network(7, (20, 4, 3), (4, 4), offset=2**15 - 1),
    "8 bits at their limits": network(8, (120, 16, 5), (8, 8), extreme=True),
    "4 bits at their limits": network(9, (120, 16, 5), (4, 4), extreme=True),
    "logits far apart": network(11, (12, 8, 4), (4, 8), last_shift=0),
    "logits that are multiplied": network(12, (12, 8, 4), (4, 2), last_shift=-2),
    "2 bits at their limits": network(10, (120, 17, 5), (2, 2), extreme=True),
}


@pytest.mark.parametrize("kind", NETWORKS)
def test_it_computes_what_python_does(kind: str, tmp_path: Path) -> None:
    model = NETWORKS[kind]
    rows = features(model, 1, 400)
    found, by_proba, by_predict = Host(model, tmp_path, tuple(SANITIZED)).predict_proba(rows)
    expected = model.predict_proba(rows)
    assert (found == expected).all()
    assert by_proba == by_predict == model.predict(rows).tolist() == np.argmax(expected, axis=1).tolist()


@pytest.mark.parametrize("kind", ["8 bits", "4 bits", "2 and 4 bits, inputs that fill no word", "4 bits at their limits"])
def test_the_chip_computes_the_same(kind: str, tmp_path: Path) -> None:
    model = NETWORKS[kind]
    model.save(tmp_path / "net", "net")
    target = Target((tmp_path / "net", "divide"), ("net_predict_proba", "net_predict"))
    rows = features(model, 3, 6)
    expected = model.predict_proba(rows)
    for row, probabilities in zip(rows, expected, strict=True):
        out = np.zeros(len(model.classes), np.uint16)
        assert target.call("net_predict_proba", row, len(row), out, len(out)).result == probabilities.argmax()
        assert (out == probabilities).all()
        assert target.call("net_predict", row, len(row)).result == probabilities.argmax()


def test_a_wrong_length_gives_no_class(tmp_path: Path) -> None:
    host = Host(NETWORKS["linear"], tmp_path, tuple(SANITIZED))
    row, out = host.ffi.new("int16_t[]", 31), host.ffi.new("uint16_t[]", [7, 7, 7, 7])
    for features_length, classes in ((29, 3), (31, 3), (30, 2), (30, 4), (-1, 3)):
        assert host.lib.net_predict_proba(row, features_length, out, classes) == -1
    assert host.lib.net_predict(row, 31) == -1
    assert list(out) == [7, 7, 7, 7]


def test_names_and_counts_of_the_header(tmp_path: Path) -> None:
    linear = NETWORKS["linear"]
    model = QuantisedNetwork(("sitting", '"a\\b"??/', "Gähnen"), linear.scaling, linear.layers)
    host = Host(model, tmp_path, tuple(SANITIZED))
    assert (host.lib.net_FEATURES, host.lib.net_CLASSES) == (30, 3)
    assert tuple(host.ffi.string(name).decode() for name in host.lib.net_class_names) == model.classes


def test_the_same_network_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        network(2, (120, 16, 5), (4, 4), CONTEXT).save(tmp_path / folder / "net", "net", "Made of\ntwo lines")
    for suffix in (".h", ".c"):
        first, second = ((tmp_path / folder / f"net{suffix}").read_bytes() for folder in ("a", "b"))
        assert first == second
        assert first.startswith(b"/* Made of\n * two lines */\n")
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["net.c", "net.h"]


@pytest.mark.parametrize(("name", "about"), [("1st", ""), ("a-b", ""), ("", ""), ("net", "all */ done"), ("net", "bell\a")])
def test_what_is_no_c_is_refused(name: str, about: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"C: use letters|the comment has"):
        NETWORKS["linear"].save(tmp_path / "net", name, about)
    assert list(tmp_path.iterdir()) == []
