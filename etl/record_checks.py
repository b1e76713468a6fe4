"""Checks on the records of a build: none lost, doubled or foreign, and the main stocks counted twice."""

from collections.abc import Iterator

from etl.load import RENAMED
from etl.sources import SOURCES

Check = tuple[str, str]  # (query for offenders, sentence about the first of {how_many})

# Fact table -> source: every current record must come out of the joins exactly once.
KEPT = {
    "certificate": "certificate",
    "training": "training",
    "contest": "contest",
    "union_new": "union",
    "member": "member_event",
    "station_new": "station",
    "visit": "station_visit",
}
# The recount goes another way than etl/sql: what holds on the data date, straight from the records.
BEGUN = "COALESCE({0}, k.data_date) <= k.data_date"
LASTS = "COALESCE({0}, k.data_date + 1) > k.data_date"
LIVING = (
    f"src_enterprise AS e CROSS JOIN clock AS k WHERE {BEGUN.format('e.opened_on')} "
    f"AND {LASTS.format('e.closed_on')}"
)
UNDER = (
    "SELECT v.uscc FROM src_contract_coverage AS v JOIN src_contract AS c USING (contract_id) "
    "CROSS JOIN clock AS k WHERE COALESCE(c.effective_on, c.filed_on + 15) <= k.data_date "
    f"AND {LASTS.format('c.ends_on')} AND {LASTS.format('c.terminated_on')} "
    f"AND {BEGUN.format('v.covered_from')} AND {LASTS.format('v.covered_to')}"
)
ACTIVE = f"{BEGUN.format('u.approved_on')} AND {LASTS.format('u.dissolved_on')}"
ORGANISED = (
    f"SELECT u.uscc FROM src_union AS u CROSS JOIN clock AS k WHERE u.uscc IS NOT NULL AND {ACTIVE} UNION "
    "SELECT v.uscc FROM src_union_coverage AS v JOIN src_union AS u USING (union_id) CROSS JOIN clock AS k "
    f"WHERE {ACTIVE} AND {BEGUN.format('v.covered_from')} AND {LASTS.format('v.covered_to')}"
)
RECOUNTED = {
    "enterprises": f"SELECT COUNT(*) FROM {LIVING}",
    "workers": f"SELECT COALESCE(SUM(e.employees), 0) FROM {LIVING}",
    "unionised": f"SELECT COUNT(*) FROM {LIVING} AND e.uscc IN ({ORGANISED})",
    "covered": f"SELECT COUNT(*) FROM {LIVING} AND e.uscc IN ({UNDER} AND c.topic IN ('wage', 'nengji'))",
    "nengji": f"SELECT COUNT(*) FROM {LIVING} AND e.uscc IN ({UNDER} AND c.topic = 'nengji')",
}


def checks() -> list[Check]:
    """All of them, for a connection that holds the src_ tables, `stored`, `clock` and the facts and marts."""
    return [_stored(), *_keys(), *_places(), *_references(), *_kept(), *_recounted()]


def _stored() -> Check:
    return (
        "SELECT i.file, i.accepted, COALESCE(s.row_count, 0) AS found FROM input AS i "
        "LEFT JOIN stored AS s ON s.seq = i.seq "
        "WHERE i.accepted <> COALESCE(s.row_count, 0) ORDER BY i.seq",
        "{file}：登记接受{accepted}行，存储里有{found}行。data/store 可能被改动过，请从备份恢复。",
    )


def _keys() -> Iterator[Check]:
    for source in SOURCES.values():
        key = ", ".join(RENAMED.get(column, column) for column in source.key)
        yield (
            f"SELECT {key} FROM src_{source.name} GROUP BY {key} HAVING COUNT(*) > 1",
            f"“{source.label}”有{{how_many}}个编号对应不止一条现行记录。",
        )


def _places() -> Iterator[Check]:
    for source in SOURCES.values():
        for column in source.columns:
            if column.type in ("town", "district"):
                yield _in_city(source.name, source.label, column.key)


def _in_city(name: str, label: str, column: str) -> Check:
    known = "town" if column == "town" else "city, county, town"
    places = " UNION ".join(f"SELECT {level} FROM src_division" for level in known.split(", "))
    return (
        f"SELECT file, row_no, {column} AS place, (SELECT MIN(city_name) FROM src_division) AS city "
        f"FROM src_{name} WHERE {column} NOT IN ({places}) ORDER BY file, row_no",
        f"“{label}”有{{how_many}}条记录不在{{city}}，例如{{file}}第{{row_no}}行的区划代码{{place}}。请更正后重报。",
    )


def _references() -> Iterator[Check]:
    for source in SOURCES.values():
        for column in source.columns:
            if column.references:
                parent, key = column.references
                yield (
                    f"SELECT r.file, r.row_no FROM src_{source.name} AS r ANTI JOIN src_{parent} AS p "
                    f"ON p.{key} = r.{column.key} WHERE r.{column.key} IS NOT NULL ORDER BY r.file, r.row_no",
                    f"“{source.label}”有{{how_many}}条记录的{column.label}在“{SOURCES[parent].label}”里找不到，"
                    "例如{file}第{row_no}行。",
                )


def _kept() -> Iterator[Check]:
    for fact, source in KEPT.items():
        yield (
            f"SELECT f.n AS facts, s.n AS records FROM (SELECT COUNT(*) AS n FROM fact_{fact}) AS f "
            f"CROSS JOIN (SELECT COUNT(*) AS n FROM src_{source}) AS s WHERE f.n <> s.n",
            f"“{SOURCES[source].label}”有{{records}}条记录，计入统计的却是{{facts}}条。",
        )


def _recounted() -> Iterator[Check]:
    for measure, recount in RECOUNTED.items():
        yield (
            f"SELECT m.n AS summed, r.n AS recounted FROM (SELECT COALESCE(SUM({measure}), 0) AS n "
            "FROM mart_enterprise CROSS JOIN clock WHERE day <= data_date) AS m "
            f"CROSS JOIN (SELECT x AS n FROM ({recount}) AS t(x)) AS r WHERE m.n <> r.n",
            f"mart_enterprise 的 {measure} 累计为{{summed}}，直接数记录为{{recounted}}。",
        )
