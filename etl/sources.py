"""The one declaration of every kind of file that districts send.

Templates, validation, the store's schema, the handbook's data dictionary and the demonstration data all
come from here. Order is load order: a source stands after those it refers to.
"""

from etl.column import Source
from etl.declared import bargaining, enterprises, skills, stations, targets, unions

SOURCES: dict[str, Source] = {
    s.name: s
    for s in (
        enterprises.ENTERPRISE,
        unions.UNION,
        unions.UNION_COVERAGE,
        unions.CLEARANCE_LEDGER,
        unions.MEMBER_EVENT,
        skills.CERTIFICATE,
        skills.TRAINING,
        skills.CONTEST,
        bargaining.CONTRACT,
        bargaining.CONTRACT_COVERAGE,
        stations.STATION,
        stations.STATION_VISIT,
        stations.STATION_CHECK,
        targets.TARGET,
    )
}
