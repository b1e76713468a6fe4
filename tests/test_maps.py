"""Maps: boundaries as delivered, text where it belongs, nothing that asks another host."""

import json
import re

import pandas as pd
import pytest

from cockpit import districts, maps, theme
from cockpit.districts import REFERENCE
from cockpit.maps import colours, overlay, shapes
from cockpit.maps.view import Box, View
from tests.readings_made import children

WIDTH, HEIGHT = 590, 430
COUNTIES = maps.area_map(
    children("skill_promotions", "330500", [50.0, 10.0, 30.0, None, 20.0]), WIDTH, HEIGHT
)


def spec(picture: maps.Picture) -> dict:
    return json.loads(picture.deck.to_json())


def layer(picture: maps.Picture, name: str) -> dict:
    return next(each for each in spec(picture)["layers"] if each["id"] == name)


def stations(*towns: str) -> pd.DataFrame:
    """One station per town code, a little apart from one another."""
    rows = [
        {
            **{
                "town": town,
                "town_name": districts.get(town).name,
                "station_no": f"ZD{i}",
                "name": f"{i}号驿站",
            },
            **{"station_type": "basic", "type": "基本型", "lon": 119.9 + i / 50, "lat": 30.5 + i / 80},
            **{"around_the_clock": "否", "offers": "空调", "checked": "达标", "eight_pass": float(i > 0)},
        }
        for i, town in enumerate(towns)
    ]
    return pd.DataFrame(rows)


def test_no_map_names_a_style_a_provider_or_an_address() -> None:
    for picture in (
        COUNTIES,
        maps.station_map(stations("330521102"), districts.get("330521"), WIDTH, HEIGHT),
    ):
        found = spec(picture)
        assert found.get("mapProvider") is None
        assert found.get("mapStyle") in (None, "__MAP_STYLE__"), "a named style is fetched from outside"
        assert "http" not in picture.deck.to_json()


def test_the_json_is_compact_and_the_same_object_every_time() -> None:
    text = COUNTIES.deck.to_json()
    assert text is COUNTIES.deck.to_json()
    assert "\n" not in text and ": " not in text


def test_county_shapes_are_those_delivered() -> None:
    delivered = {
        f["properties"]["adcode"]: f["geometry"]
        for f in json.loads((REFERENCE / "boundaries_county.geojson").read_text("utf-8"))["features"]
    }
    drawn = layer(COUNTIES, "county")["data"]["features"]
    assert [f["properties"]["code"] for f in drawn] == ["330502", "330503", "330521", "330522", "330523"]
    assert all(f["geometry"] == delivered[f["properties"]["code"]] for f in drawn)


def test_the_highest_value_has_the_brightest_fill_and_a_missing_one_is_grey() -> None:
    fills = {
        f["properties"]["code"]: f["properties"]["fill"]
        for f in layer(COUNTIES, "county")["data"]["features"]
    }
    assert fills["330502"] == colours.rgba(colours.RAMP[-1], 235)
    assert fills["330503"] == colours.rgba(colours.RAMP[0], 235)
    assert fills["330522"] == colours.rgba(theme.MISSING, 90)


def test_every_county_has_its_label_with_value_and_lamp() -> None:
    labels = re.findall(r'<div class="map-label strong"[^>]*>(.*?)</div>', COUNTIES.labels)
    told = sorted(re.sub(r"<[^>]+>", "", label) for label in labels)
    assert told == ["南浔区○ 10人次", "吴兴区○ 50人次", "安吉县○ 20人次", "德清县○ 30人次", "长兴县○ —"]


def test_a_real_spread_of_values_leaves_no_county_without_its_label() -> None:
    values: list[float | None] = [1715.0, 1277.0, 1643.0, 1679.0, 986.0]
    picture = maps.area_map(children("skill_promotions", "330500", values, lamp="green"), WIDTH, HEIGHT)
    assert picture.labels.count("map-label strong") == 5


def test_towns_without_a_position_are_named_and_not_placed() -> None:
    towns = districts.children("330521")
    picture = maps.area_map(children("unions_new", "330521", [1.0] * len(towns)), WIDTH, HEIGHT)
    placed = {row["code"] for row in layer(picture, "town")["data"]}
    missing = [town.name for town in towns if town.code not in shapes.towns()]
    assert placed == {town.code for town in towns} & set(shapes.towns())
    assert missing and f"没有位置资料、未上图：{'、'.join(missing)}" in picture.labels


def test_the_chosen_town_is_rimmed() -> None:
    towns = districts.children("330521")
    picture = maps.area_map(children("unions_new", "330521", [1.0] * len(towns)), WIDTH, HEIGHT, "330521102")
    rims = {row["code"]: row["line"] for row in layer(picture, "town")["data"]}
    assert rims["330521102"] == colours.rgba(theme.AMBER) != rims["330521103"]


@pytest.mark.parametrize("key", ["wage_bargain_rate", "eight_have_rate"])
def test_bubbles_of_a_rate_are_all_alike(key: str) -> None:
    count = len(districts.children("330521"))
    picture = maps.area_map(children(key, "330521", [float(n) for n in range(count)]), WIDTH, HEIGHT)
    assert len({row["radius"] for row in layer(picture, "town")["data"]}) == 1


def test_labels_never_cover_one_another() -> None:
    view = View.fit(Box(119.5, 30.3, 120.3, 31.0), WIDTH, HEIGHT)
    labels = [overlay.Label(119.6 + n / 100, 30.6, (f"第{n}个镇", "12人次"), radius=8) for n in range(40)]
    rects = [rect for _, rect in overlay.placed(labels, view)]
    assert 3 < len(rects) < 40
    for i, one in enumerate(rects):
        assert all(overlay._apart(one, other) for other in rects[i + 1 :])


def test_a_view_holds_the_whole_box_above_its_foot() -> None:
    box = shapes.box(("330521",))
    view = View.fit(box, WIDTH, HEIGHT, margin=16, foot=40)
    left, top = view.place(box.west, box.north)
    right, bottom = view.place(box.east, box.south)
    assert left >= -WIDTH / 2 + 15.9 and right <= WIDTH / 2 - 15.9
    assert top >= -HEIGHT / 2 + 15.9 and bottom <= HEIGHT / 2 - 40 - 15.9


def test_a_city_s_stations_are_added_up_by_town() -> None:
    picture = maps.station_map(stations("330521102", "330521102", "330521103"), districts.ROOT, WIDTH, HEIGHT)
    assert {row["code"]: row["count"] for row in layer(picture, "town")["data"]} == {
        "330521102": "2",
        "330521103": "1",
    }
    assert "德清县 3家" in picture.labels and "吴兴区 0家" in picture.labels


def test_a_county_s_stations_stand_one_by_one_and_one_that_failed_its_check_has_a_red_rim() -> None:
    picture = maps.station_map(stations("330521102", "330521103"), districts.get("330521"), WIDTH, HEIGHT)
    rims = [row["line"] for row in layer(picture, "station")["data"]]
    assert rims == [colours.rgba(theme.LAMPS["red"].colour), colours.rgba(theme.GROUND)]


def test_a_town_s_stations_carry_their_names() -> None:
    picture = maps.station_map(stations("330521102", "330521102"), districts.get("330521102"), WIDTH, HEIGHT)
    assert "0号驿站" in picture.labels and "1号驿站" in picture.labels


def test_a_place_without_stations_is_still_a_map() -> None:
    empty = stations("330521102").iloc[:0]
    for code in ("330500", "330521", "330521102"):
        assert (
            spec(maps.station_map(empty, districts.get(code), WIDTH, HEIGHT))["layers"][0]["id"] == "ground"
        )


def test_where_no_station_is_known_the_map_does_not_say_that_there_are_none() -> None:
    unknown = maps.station_map(stations("330521102").iloc[:0], districts.ROOT, WIDTH, HEIGHT)
    assert "德清县" in unknown.labels and "家" not in re.sub(r"站点.*", "", unknown.labels)


def test_a_county_s_name_makes_room_for_the_numbers_of_its_towns() -> None:
    view = View.fit(Box(119.5, 30.3, 120.3, 31.0), WIDTH, HEIGHT)
    name = overlay.Label(119.9, 30.65, ("德清县 3家",), strong=True)
    count = overlay.Label(119.9, 30.65, ("3",))
    assert [label.lines for label, _ in overlay.placed([name], view)] == [name.lines]
    (_, alone), *_ = overlay.placed([name], view)
    (_, beside), (label, rect) = overlay.placed([name, count], view)
    assert label is count and beside != alone and overlay._apart(beside, rect)


def test_the_approval_number_is_shown_when_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "审图号" not in COUNTIES.labels
    monkeypatch.setitem(districts.SITE, "map_approval", "示例S(2099)1号")
    picture = maps.area_map(children("skill_promotions", "330500", [1.0] * 5), WIDTH, HEIGHT)
    assert "审图号：示例S(2099)1号" in picture.labels
