"""3D bodies: KiCad must read what we write, with its size and volume."""

import re

from hardware.footprints import bodies, library


def test_a_prism_has_closed_shell_of_shared_edges() -> None:
    text = bodies.step("box", [bodies.Prism(bodies.box(-1, -2, 1, 2), 0.0, 0.9, (1, 0, 0))])

    assert text.count("ADVANCED_FACE(") == 6
    assert text.count("EDGE_CURVE(") == 12
    # Closed: each edge is walked once each way by the two faces that it joins.
    forward, backward = (re.findall(rf"ORIENTED_EDGE\('',\*,\*,(#\d+),\.{way}\.\)", text) for way in "TF")
    assert sorted(forward) == sorted(backward)
    assert len(set(forward)) == 12


def test_points_reach_the_given_heights() -> None:
    text = bodies.step("box", [bodies.Prism(bodies.box(-1, -2, 1, 2), 0.25, 0.9, (1, 0, 0))])

    heights = {point.split(",")[2] for point in re.findall(r"CARTESIAN_POINT\('',\((.*?)\)\)", text)}
    assert heights >= {"0.25", "0.9"}


def test_every_own_model_has_a_body() -> None:
    assert {footprint.model for footprint in library.FOOTPRINTS if footprint.model} == set(library.BODIES)
