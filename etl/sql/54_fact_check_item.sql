-- 八有, one row per check and item.
SELECT
  t.from_on, NULLIF(t.to_on, DATE '2100-01-01') AS to_on, s.town, i.item, CAST(1 AS BIGINT) AS item_checked,
  CAST(CASE WHEN i.answer = 'yes' THEN 1 ELSE 0 END AS BIGINT) AS item_pass,
  s.station_no, s.name, i.file, i.sheet, i.row_no
FROM (
  SELECT station_no, checked_on, 'has_sign' AS item, has_sign AS answer, file, sheet, row_no FROM src_station_check
  UNION ALL
  SELECT station_no, checked_on, 'has_site', has_site, file, sheet, row_no FROM src_station_check
  UNION ALL
  SELECT station_no, checked_on, 'has_facilities', has_facilities, file, sheet, row_no FROM src_station_check
  UNION ALL
  SELECT station_no, checked_on, 'has_functions', has_functions, file, sheet, row_no FROM src_station_check
  UNION ALL
  SELECT station_no, checked_on, 'has_rules', has_rules, file, sheet, row_no FROM src_station_check
  UNION ALL
  SELECT station_no, checked_on, 'has_online_map', has_online_map, file, sheet, row_no FROM src_station_check
  UNION ALL
  SELECT station_no, checked_on, 'has_publicity', has_publicity, file, sheet, row_no FROM src_station_check
  UNION ALL
  SELECT station_no, checked_on, 'has_activities', has_activities, file, sheet, row_no FROM src_station_check
) AS i
INNER JOIN check_term AS t ON t.station_no = i.station_no AND t.checked_on = i.checked_on
INNER JOIN src_station AS s ON s.station_no = i.station_no
ORDER BY t.from_on, s.town, s.station_no, i.item
