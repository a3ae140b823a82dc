from __future__ import annotations

from xml.etree import ElementTree as ET

from statement_nlp.topics.figures import MapPoint, topic_map, topic_matrix

SVG = "{http://www.w3.org/2000/svg}"
POINTS = [
    MapPoint("Clean water", -1, 1, 40),
    MapPoint("Fishing <boats> & nets", 1, -1, 10, outside_framework=True),
    MapPoint("Harbours", 0.98, -1, 9),
]


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_map_names_and_numbers_every_topic():
    svg = topic_map(POINTS)
    written = texts(svg)
    for point in POINTS:
        assert any(text.startswith(f"{point.label} ({point.size}") for text in written)
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Topic map"
    for point in POINTS:
        assert f"{point.label}: {point.size} sentences" in root.find(f"{SVG}desc").text


def test_what_is_outside_the_framework_shows_without_colour():
    root = ET.fromstring(topic_map(POINTS))
    dashed = [c for c in root.iter(f"{SVG}circle") if c.get("stroke-dasharray")]
    assert len(dashed) == 1
    assert "outside" in dashed[0].find(f"{SVG}title").text
    assert sum("; outside)" in text for text in texts(topic_map(POINTS))) == 1


def test_labels_do_not_lie_on_each_other():
    crowd = [MapPoint(f"Crowded topic {n}", 0, 0, 5) for n in range(6)]
    lines = [e.get("y") for e in ET.fromstring(topic_map(crowd)).iter(f"{SVG}text")]
    assert len(set(lines)) == len(crowd)


def test_area_grows_with_size():
    circles = ET.fromstring(topic_map(POINTS)).iter(f"{SVG}circle")
    radii = [float(circle.get("r")) for circle in circles]
    assert radii == sorted(radii, reverse=True)
    assert abs(radii[0] / radii[1] - 2) < 0.05  # 40 and 10 sentences: four times the area


def test_matrix_prints_every_count():
    counts = {("Arvania", "Water"): 3, ("Arvania", "Boats"): 1, ("Belvor", "Boats"): 7}
    svg = topic_matrix(["Water", "Boats"], ["Arvania", "Belvor"], counts)
    written = texts(svg)
    for expected in ("Water", "Boats", "Arvania", "Belvor", "3", "1", "7"):
        assert expected in written
    titles = [e.find(f"{SVG}title").text for e in ET.fromstring(svg).iter(f"{SVG}rect")]
    assert "Arvania: Water: 3 sentences, 75% of its own" in titles
    assert len(titles) == 3


def test_empty_figures_are_valid():
    for figure in (topic_map([]), topic_matrix([], [], {})):
        assert ET.fromstring(figure).tag == f"{SVG}svg"
