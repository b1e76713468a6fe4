-- 八有达标: all eight items of the check are met.
SELECT
  t.from_on, NULLIF(t.to_on, DATE '2100-01-01') AS to_on, s.town, s.type AS station_type,
  CAST(1 AS BIGINT) AS checked, p.eight_pass, t.checked_on, s.station_no, s.name,
  c.checker_unit, c.file, c.sheet, c.row_no
FROM check_term AS t
INNER JOIN (
  SELECT station_no, from_on, MIN(item_pass) AS eight_pass FROM fact_check_item GROUP BY station_no, from_on
) AS p ON p.station_no = t.station_no AND p.from_on = t.from_on
INNER JOIN src_station_check AS c ON c.station_no = t.station_no AND c.checked_on = t.checked_on
INNER JOIN src_station AS s ON s.station_no = t.station_no
ORDER BY t.from_on, s.town, s.station_no
